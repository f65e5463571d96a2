"""`At $(1, 2)$: ...`: the values of the letters of which the answer's own function is one."""

from __future__ import annotations

from dataclasses import replace

from grader.expressions.build import chain
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols
from grader.working import cues
from grader.working.knowledge import Fact, Knowledge
from grader.working.records import Line


def with_place_read(line: Line, known: Knowledge) -> Knowledge:
    """What is known, with the values that a bare point says its letters have, where words lead to it."""
    tree = line.segment.tree
    if tree is None or tree.head != "tuple" or line.segment.leading or free_symbols(tree):
        return known
    letters = _letters(len(tree.args), known)
    if letters is None or not cues.AT.search(f"{line.sentence.lower()} {line.intro}"):
        return known
    said = [chain(pair, ("=",)) for pair in zip(letters, tree.args, strict=True)]
    kept = tuple(p for p in known.points if p.relation.args[0] not in letters)
    return replace(known, points=(*kept, *(Fact(one, line.place) for one in said)))


def _letters(count: int, known: Knowledge) -> tuple[Expr, ...] | None:
    """The letters of an own function of so many, in their order."""
    found = [own.parameters for own in known.own_symbols() if len(own.parameters) == count > 1]
    return found[-1] if found and len(set(found)) == 1 else None
