"""`At $(1, 2)$: ...`: the values of the letters of which the answer's own function is one."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from grader.expressions.build import chain, number
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols
from grader.working import cues
from grader.working.knowledge import Fact, Knowledge
from grader.working.records import Line

_NUMBER = r"\s*-?\d+(?:\.\d+)?(?:/[1-9]\d*)?\s*"
_IN_WORDS = re.compile(rf"\b(?:at|point|from|for)\b[^.;()]*\((?P<point>{_NUMBER}(?:,{_NUMBER})+)\)[^.;()]*$")


def with_place_read(line: Line, known: Knowledge) -> Knowledge:
    """What is known, with the values that a bare point says its letters have, where words lead to it."""
    values = _written(line) or _spoken(line)
    letters = _letters(len(values), known) if values else None
    if letters is None:
        return known
    said = [chain(pair, ("=",)) for pair in zip(letters, values, strict=True)]
    kept = tuple(p for p in known.points if p.relation.args[0] not in letters)
    return replace(known, points=(*kept, *(Fact(one, line.place) for one in said)))


def _written(line: Line) -> tuple[Expr, ...]:
    """The point that the line itself is, where words lead to it."""
    tree = line.segment.tree
    if tree is None or tree.head != "tuple" or line.segment.leading or free_symbols(tree):
        return ()
    return tree.args if cues.AT.search(f"{line.sentence.lower()} {line.intro}") else ()


def _spoken(line: Line) -> tuple[Expr, ...]:
    """The point that stands in the words before the line: `At (0, 0): ...`."""
    found = _IN_WORDS.search(line.intro)
    return tuple(number(Fraction(one.strip())) for one in found["point"].split(",")) if found else ()


def _letters(count: int, known: Knowledge) -> tuple[Expr, ...] | None:
    """The letters of an own function of so many, in their order."""
    found = [own.parameters for own in known.own_symbols() if len(own.parameters) == count > 1]
    return found[-1] if found and len(set(found)) == 1 else None
