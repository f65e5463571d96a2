"""`(1 + 3x)^5 = 1 + 15x + 90x^2 + ...`: sums that go on, compared as far as both are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from grader.equivalence import decide
from grader.equivalence.polynomial import coefficients_of
from grader.expressions.build import ZERO
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols
from grader.notation import read
from grader.records import Equality, Evidence, EvidenceKind, StepVerdict
from grader.working.knowledge import Knowledge
from grader.working.records import Line

_GOES_ON = re.compile(r"[+-]\s*(\\[lc]?dots[bc]?|\.\.\.|…|⋯)[\s.,]*$")
_EQUALS = re.compile(r"(?<![<>!:=])=(?!=)")


APART = Evidence(EvidenceKind.COUNTEREXAMPLE, "A coefficient that both sides write is not the same.")


@dataclass(frozen=True, slots=True)
class Expansion:
    """The coefficients of a polynomial in one name, lowest first; `open`: the sum goes on behind them."""

    name: Expr
    coefficients: tuple[Expr, ...]
    open: bool


def expanded(
    line: Line, before: Expansion | None, known: Knowledge
) -> tuple[list[StepVerdict], Expansion | None]:
    """The verdicts on a line's links and what it ends in; none where no sum in it goes on."""
    source = line.segment.source.lstrip("& ")
    if not any(_GOES_ON.search(part) for part in _EQUALS.split(source)):
        return [], None
    goes_on = source.startswith("=")
    members = [_read(part, line, known) for part in _EQUALS.split(source.removeprefix("="))]
    if goes_on:
        members.insert(0, before)
    verdicts = [_compared(one, other, known) for one, other in pairwise(members)]
    return verdicts or [StepVerdict.UNKNOWN], members[-1]


def _read(text: str, line: Line, known: Knowledge) -> Expansion | None:
    shorter = _GOES_ON.sub("", text)
    tree = read(shorter, known.table, line.piece.syntax).tree
    names = free_symbols(tree) if tree is not None and tree.kind == "scalar" else frozenset()
    if tree is None or len(names) != 1:
        return None
    (name,) = names
    found = coefficients_of(tree, name)
    is_open, rounded = shorter != text, any(part.head == "decimal" for part in walk(tree))
    if found is None or rounded or (is_open and not _ascends(tree, name)):
        return None
    return Expansion(name, tuple(found), is_open)


def _ascends(tree: Expr, name: Expr) -> bool:
    """Whether the terms stand by rising powers, so that what is left out is of a higher one."""
    terms = tree.args if tree.head == "add" else (tree,)
    found = [coefficients_of(term, name) for term in terms]
    lowest = [next((k for k, c in enumerate(f) if c is not ZERO), 0) for f in found if f is not None]
    single = all(f is not None and sum(c is not ZERO for c in f) == 1 for f in found)
    return single and all(a < b for a, b in pairwise(lowest))


def _compared(one: Expansion | None, other: Expansion | None, known: Knowledge) -> StepVerdict:
    if one is None or other is None or one.name is not other.name:
        return StepVerdict.UNKNOWN
    written = [len(e.coefficients) for e in (one, other) if e.open]
    count = min(written, default=max(len(one.coefficients), len(other.coefficients)))
    pairs = zip(_padded(one.coefficients, count), _padded(other.coefficients, count), strict=True)
    verdicts = {decide(a, b, known.assumptions()).verdict for a, b in pairs}
    if Equality.DIFFERENT in verdicts:
        return StepVerdict.FAILS
    return StepVerdict.HOLDS if verdicts == {Equality.EQUAL} else StepVerdict.UNKNOWN


def _padded(coefficients: Sequence[Expr], count: int) -> list[Expr]:
    return [*coefficients[:count], *[ZERO] * (count - len(coefficients))]
