"""Letters that are whole numbers may be the same number: m = n in an integral of sin(mx) sin(nx)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations

from grader.equivalence.assumptions import Assumptions
from grader.equivalence.features import features
from grader.expressions.build import ZERO, neg, number
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import replace, transform
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
        if there.verdict is Equality.DIFFERENT and _of_domain(there):
            there = _at_that_number(there, ours, theirs, assumptions, decide)
            if there.verdict is Equality.UNKNOWN:
                return there
        if there.verdict is Equality.DIFFERENT:
            return _told(there, one, other)
    return found


def _is_open(found: Verdict) -> bool:
    """Whether it is not proven, or proven with what was worked out for letters in general."""
    kind = found.evidence.kind if found.evidence is not None else None
    return found.verdict is Equality.UNKNOWN or (found.verdict is Equality.EQUAL and kind in _UNPROVEN)


def _of_domain(there: Verdict) -> bool:
    """Whether one side only has a value there: what was worked out for letters in general may have none."""
    return there.evidence is not None and bool(there.evidence.data.get("domain_only"))


def _at_that_number(
    there: Verdict, left: Expr, right: Expr, assumptions: Assumptions, decide: Decide
) -> Verdict:
    """The verdict where the letters are the numbers of a point: an integral is worked out anew for m = 0."""
    point = there.evidence.data.get("point", {}) if there.evidence is not None else {}
    table = {s: number(Fraction(point[str(s.value)])) for s in _letters(left, right) if str(s.value) in point}
    if not table:
        return Verdict(Equality.UNKNOWN)
    ours, theirs = (transform(replace(t, table), _nought) for t in (left, right))
    found = decide(ours, theirs, assumptions)
    if found.verdict is not Equality.DIFFERENT or found.evidence is None:
        return found
    where = ", ".join(f"{name} = {value}" for name, value in point.items())
    data = {**found.evidence.data, "point": point}
    sentence = f"at {where}: {found.evidence.sentence}"
    return Verdict(Equality.DIFFERENT, Evidence(found.evidence.kind, sentence, data))


def _nought(part: Expr) -> Expr:
    """0 for `0 x`, and for what a sine makes of it."""
    gone = part.head == "mul" and part.kind == "scalar" and ZERO in part.args
    return ZERO if gone or (part.head == "call" and part.value == "sin" and part.args[0] is ZERO) else part


def _letters(left: Expr, right: Expr) -> list[Expr]:
    return sorted(features(left).free | features(right).free, key=lambda s: str(s.value))


def _pairs(left: Expr, right: Expr, assumptions: Assumptions) -> Iterator[tuple[Expr, Expr]]:
    """What may be the value of a whole letter: another one, or its opposite."""
    free = _letters(left, right)
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
