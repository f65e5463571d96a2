"""A letter that nobody explains, in the place of a declared one: `(\\hat y - y)^2` for `(p - y)^2`."""

from __future__ import annotations

from collections.abc import Iterator

from grader.expressions.nodes import Expr
from grader.expressions.rewrite import replace
from grader.working.entailment import unknowns
from grader.working.knowledge import Knowledge


def explained(tree: Expr, known: Knowledge) -> Iterator[tuple[Expr, str]]:
    """The tree with its one unexplained letter as each abbreviation of the question's, and what that says."""
    strangers = [s for s in unknowns(tree) if s.kind == "scalar" and s.value not in known.table.symbols]
    if len(strangers) != 1:
        return
    (stranger,) = strangers
    for name in sorted(known.declared):
        own = known.table.symbols[name]
        short = own.kind == "scalar" and own.definition is not None and not own.parameters
        if short and own.expr not in unknowns(tree):
            yield replace(tree, {stranger: own.expr}), f"{stranger.value} is {own.name}"
