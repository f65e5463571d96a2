"""Statements in one real variable compared as sets: at, between and beyond the points where they change."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from grader.equivalence import sentences
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.ball import exact_at, truth_at
from grader.equivalence.points import Space
from grader.equivalence.prepare import Prepared
from grader.equivalence.solving import branches
from grader.equivalence.truths import Link, links_inside
from grader.equivalence.values import normalizer_for
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols
from grader.records import Equality, Evidence, EvidenceKind, Verdict

_UNKNOWN = Verdict(Equality.UNKNOWN)
_MAX_LINKS = 12


def compare_statements(left: Expr, right: Expr, assumptions: Assumptions) -> Verdict:
    """Whether two statements (relations joined by and, or, not) hold for the same values of one variable."""
    free = free_symbols(left) | free_symbols(right)
    if len(free) != 1:
        return _UNKNOWN
    variable = next(iter(free))
    if variable.kind != "scalar":
        return _UNKNOWN
    ends: set[Fraction] = set()
    certain = True
    for link in (*links_inside(left), *links_inside(right))[:_MAX_LINKS]:
        roots = _roots(link, variable, assumptions)
        certain &= roots is not None
        ends |= roots or set()
    return _compare(left, right, variable, sorted(ends), certain, assumptions)


def _roots(link: Link, variable: Expr, assumptions: Assumptions) -> set[Fraction] | None:
    """The rational solutions of left = right; None if others may exist."""
    space = Space(Prepared((link.left, link.right)), assumptions)
    found = branches(link.left, link.right, variable, normalizer_for(space))
    if found is None:
        return None
    values = [exact_at(t, {}) for t in found]
    return None if any(v is None for v in values) else {v for v in values if v is not None}


def _compare(
    left: Expr, right: Expr, variable: Expr, ends: list[Fraction], certain: bool, assumptions: Assumptions
) -> Verdict:
    places = [*ends, *((a + b) / 2 for a, b in pairwise(ends))]
    places += [ends[0] - 1, ends[-1] + 1] if ends else [Fraction(0)]
    domain = assumptions.domain(variable)
    for place in places:
        if not domain.holds(place):
            continue
        a, b = (truth_at(t, {variable: place}) for t in (left, right))
        if a is None or b is None:
            certain = False
        elif a != b:
            return _told_apart(str(variable.value), place, a)
    if not certain:
        return _UNKNOWN
    sentence = "They hold for the same values: they change at the same places and agree between them."
    return Verdict(Equality.EQUAL, Evidence(EvidenceKind.INEQUALITY, sentence, {}))


def _told_apart(name: str, place: Fraction, first: bool) -> Verdict:
    point = {name: str(place)}
    who, other = ("first", "second") if first else ("second", "first")
    sentence = f"At {sentences.place_text(point)} the {who} holds and the {other} does not."
    data = {"point": point, "left": str(first).lower(), "right": str(not first).lower(), "domain_only": False}
    return Verdict(Equality.DIFFERENT, Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, data))
