"""Letters that are whole numbers may be the same number: m = n in an integral of sin(mx) sin(nx)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from grader.equivalence.assumptions import Assumptions
from grader.equivalence.features import features
from grader.expressions.build import neg
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import replace
from grader.records import Equality, Evidence, EvidenceKind, Verdict

Decide = Callable[[Expr, Expr, Assumptions], Verdict]
_MOST = 3
_UNPROVEN = (EvidenceKind.CONSISTENT, EvidenceKind.CALCULUS)


def with_diagonals(
    found: Verdict, left: Expr, right: Expr, assumptions: Assumptions, decide: Decide
) -> Verdict:
    """The verdict, or DIFFERENT where two whole numbers that are equal (or opposite) tell them apart."""
    if not _is_open(found):
        return found
    for one, other in _pairs(left, right, assumptions):
        ours, theirs = (replace(t, {other: one}) for t in (left, right))
        there = decide(ours, theirs, assumptions)
        if there.verdict is Equality.DIFFERENT:
            return _told(there, one, other)
    return found


def _is_open(found: Verdict) -> bool:
    """Whether it is not proven, or proven with what was worked out for letters in general."""
    kind = found.evidence.kind if found.evidence is not None else None
    return found.verdict is Equality.UNKNOWN or (found.verdict is Equality.EQUAL and kind in _UNPROVEN)


def _pairs(left: Expr, right: Expr, assumptions: Assumptions) -> Iterator[tuple[Expr, Expr]]:
    """What may be the value of a whole letter: another one, or its opposite."""
    free = sorted(features(left).free | features(right).free, key=lambda s: str(s.value))
    whole = [s for s in free if s.kind in ("scalar", "integer") and assumptions.domain(s).integer]
    for one, other in combinations(whole[:_MOST], 2):
        yield one, other
        if assumptions.domain(one).low is None and assumptions.domain(other).low is None:
            yield neg(one), other


def _told(there: Verdict, one: Expr, other: Expr) -> Verdict:
    """The counterexample, with what the letters are."""
    assert there.evidence is not None
    sign, letter = ("", one) if one.head == "symbol" else ("-", one.args[-1])
    said = f"Where {other.value} = {sign}{letter.value}: {there.evidence.sentence}"
    return Verdict(Equality.DIFFERENT, Evidence(there.evidence.kind, said, there.evidence.data))
