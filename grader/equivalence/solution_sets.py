"""Statements in one real variable compared as sets: at, between and beyond the places where they change."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from grader.equivalence import sentences
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.bars import branches
from grader.equivalence.holding import holds_at
from grader.equivalence.holes import simplest_between
from grader.equivalence.plain import constant_text
from grader.equivalence.turning import turns
from grader.equivalence.windows import joined, window_of
from grader.equivalence.zeros import Zero, zeros_of
from grader.equivalence.zeros_within import zeros_within
from grader.expressions.build import number
from grader.expressions.domains import Domain
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols
from grader.records import Equality, Evidence, EvidenceKind, Verdict

_UNKNOWN = Verdict(Equality.UNKNOWN)
_MAX_TURNS = 24
_MAX_WHOLE = 60
_MAX_PLACES = 200


def compare_statements(left: Expr, right: Expr, assumptions: Assumptions) -> Verdict:
    """Whether two statements (relations joined by and, or, not) hold for the same values of one variable."""
    free = free_symbols(left) | free_symbols(right)
    if len(free) > 1 or any(s.kind not in ("scalar", "integer") for s in free):
        return _UNKNOWN
    if not free:
        return _without_variable(left, right)
    variable = next(iter(free))
    domain = assumptions.domain(variable)
    zeros, complete = _changes(left, right, variable, _window(left, right, variable, domain))
    if len(zeros) > _MAX_PLACES:
        return _UNKNOWN
    whole = domain.integer or _has_whole_numbers(left) or _has_whole_numbers(right)
    for place in _places(zeros, domain, whole):
        a, b = (holds_at(t, {variable: place}) for t in (left, right))
        if a is None or b is None:
            complete = False
        elif a is not b:
            return _told_apart(str(variable.value), place, a)
    if not complete or any(zero.tree is None for zero in zeros):
        return _UNKNOWN
    sentence = "They hold for the same values: they change at the same places and agree between them."
    return Verdict(Equality.EQUAL, Evidence(EvidenceKind.INEQUALITY, sentence, {}))


def _without_variable(left: Expr, right: Expr) -> Verdict:
    """Statements about constants: both true, or both false."""
    a, b = holds_at(left, {}), holds_at(right, {})
    if a is None or b is None:
        return _UNKNOWN
    words = {True: "true", False: "false"}
    if a is b:
        return Verdict(Equality.EQUAL, Evidence(EvidenceKind.INEQUALITY, f"Both are {words[a]}.", {}))
    sentence = f"The first is {words[a]} and the second is {words[b]}."
    data = {"point": {}, "left": words[a], "right": words[b], "domain_only": False}
    return Verdict(Equality.DIFFERENT, Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, data))


def _window(left: Expr, right: Expr, variable: Expr, domain: Domain) -> tuple[Fraction, Fraction] | None:
    """Rationals outside of which neither statement holds, or the variable does not go."""
    low, high = joined([window_of(left, variable), window_of(right, variable)])
    low = domain.low if low is None else low
    high = domain.high if high is None else high
    return None if low is None or high is None else (low, high)


def _changes(
    left: Expr, right: Expr, variable: Expr, window: tuple[Fraction, Fraction] | None
) -> tuple[list[Zero], bool]:
    """Where the truth of either may change (in the window), in order, and whether that is all."""
    parts = dict.fromkeys(b for tree in (left, right) for turn in turns(tree) for b in branches(turn.part))
    found: dict[tuple[Fraction, Fraction], Zero] = {}
    complete = len(parts) <= _MAX_TURNS
    for part in list(parts)[:_MAX_TURNS]:
        zeros = zeros_of(part, variable) if window is None else zeros_within(part, variable, *window)
        complete &= zeros.complete
        for zero in zeros.found:
            found.setdefault((zero.low, zero.high), zero)
    return [found[key] for key in sorted(found)], complete


def _has_whole_numbers(tree: Expr) -> bool:
    return any(part.head == "constant" and part.value in ("integers", "naturals") for part in walk(tree))


def _places(zeros: list[Zero], domain: Domain, whole: bool) -> list[Expr]:
    """The zeros themselves, and rationals between and beyond them (with integers, if these matter)."""
    inside = [z for z in zeros if z.exact is None or domain.holds(z.exact)]
    rationals: list[Fraction] = []
    ends = [(z.low, z.high) for z in inside]
    if domain.low is not None:
        ends = [(domain.low, domain.low), *(e for e in ends if e[0] > domain.low)]
    if domain.high is not None:
        ends = [*(e for e in ends if e[1] < domain.high), (domain.high, domain.high)]
    rationals += [e for low, high in ends if low == high for e in (low,)]
    for (_, low), (high, _) in pairwise(ends):
        rationals += _between(low, high, whole)
    first, last = (ends[0][0], ends[-1][1]) if ends else (Fraction(0), Fraction(0))
    rationals += [] if ends else [Fraction(0)]
    rationals += [Fraction(floor(first) - 1), Fraction(2 * floor(first) - 3, 2)]
    rationals += [Fraction(ceil(last) + 1), Fraction(2 * ceil(last) + 3, 2)]
    exact = [z.tree for z in inside if z.exact is None and z.tree is not None and _within(domain, z)]
    return [number(r) for r in dict.fromkeys(rationals) if domain.holds(r)] + exact


def _within(domain: Domain, zero: Zero) -> bool:
    if domain.integer:
        return False
    low = domain.low is None or zero.low > domain.low
    return low and (domain.high is None or zero.high < domain.high)


def _between(low: Fraction, high: Fraction, whole: bool) -> list[Fraction]:
    if high <= low:
        return []
    simple = simplest_between(low, high)
    if not whole:
        return [simple]
    first, last = floor(low) + 1, ceil(high) - 1
    integers = [Fraction(k) for k in range(first, min(last, first + _MAX_WHOLE) + 1)]
    broken = simple if simple.denominator != 1 else simplest_between(simple, high)
    return [*integers, broken]


def _told_apart(name: str, place: Expr, first: bool) -> Verdict:
    point = {name: constant_text(place) or "a constant"}
    who, other = ("first", "second") if first else ("second", "first")
    sentence = f"At {sentences.place_text(point)} the {who} holds and the {other} does not."
    data = {"point": point, "left": str(first).lower(), "right": str(not first).lower(), "domain_only": False}
    return Verdict(Equality.DIFFERENT, Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, data))
