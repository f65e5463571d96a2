"""After a stated value (p = 1/3) lines are read there."""

from __future__ import annotations

from collections.abc import Iterator

from grader.equivalence import decide
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import replace
from grader.records import Equality, Remark
from grader.working.arguments.norms import MISSING_NORM, as_norms
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Trial, holds


def at_stated_point(trial: Trial) -> Judgement | None:
    """Holds when the sides are equal at a value that the student has stated."""
    link, known = trial.link, trial.known
    if link.operator != "=":
        return None
    for point in reversed(known.points):
        there = at(link.left, point.relation, known), at(link.right, point.relation, known)
        for pair, remarks in _readings(there):
            verdict = decide(*pair, known.assumptions())
            if verdict.verdict is Equality.EQUAL:
                return holds(verdict.evidence, point.line, remarks=remarks)
    return None


def _readings(pair: tuple[Expr, Expr]) -> Iterator[tuple[tuple[Expr, Expr], tuple[Remark, ...]]]:
    yield pair, ()
    normed = as_norms(*pair)
    if normed is not None:
        yield normed, (MISSING_NORM,)


def at(tree: Expr, point: Expr, known: Knowledge) -> Expr:
    """The tree where `point` (symbol = value) holds, and with it all that the symbol abbreviates."""
    name, value = (known.coordinates(side) for side in point.args)
    return replace(known.coordinates(tree), {name: value})
