"""Systems of polynomial equations with finitely many real solutions: solved by resultants, and compared.

D. Cox, J. Little, D. O'Shea, "Ideals, Varieties, and Algorithms" (2015), chapter 3.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from flint import fmpq, fmpq_poly

from grader.equivalence.assumptions import Assumptions
from grader.equivalence.field import Beyond, Poly
from grader.equivalence.holding import holds_at
from grader.equivalence.normal import Normalizer
from grader.equivalence.precision import bits
from grader.equivalence.solutions import Place, told_apart
from grader.equivalence.solving import coefficients_in, quadratic_roots
from grader.equivalence.truths import Link, alternatives
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols
from grader.records import Equality, Evidence, EvidenceKind, Verdict

_MAX_UNKNOWNS = 3
_MAX_DEGREE = 6
_MAX_EQUATIONS = 6
_MAX_POINTS = 64
_BITS = 128


def compare_systems(left: Expr, right: Expr, assumptions: Assumptions) -> Verdict | None:
    """The verdict on two statements with finitely many solutions each; None where that is not known.

    >>> from grader.expressions.build import add, chain, number, symbol
    >>> from grader.expressions.nodes import node
    >>> x, y = symbol("x"), symbol("y")
    >>> sums = node("and", (chain((add(x, y), number(3)), ("=",)), chain((x, y), ("=",))), None, "truth")
    >>> values = node("and", (chain((x, number(1)), ("=",)), chain((y, number(2)), ("=",))), None, "truth")
    >>> compare_systems(sums, values, Assumptions()).verdict
    <Equality.DIFFERENT: 'different'>
    """
    unknowns = sorted(free_symbols(left) | free_symbols(right), key=lambda s: str(s.value))
    if not 2 <= len(unknowns) <= _MAX_UNKNOWNS or any(s.kind not in ("scalar", "integer") for s in unknowns):
        return None
    found = [_solutions(t, unknowns, assumptions) for t in (left, right)]
    if found[0] is None or found[1] is None:
        return None
    for places, other in ((found[0], right), (found[1], left)):
        for place in places:
            held = holds_at(other, place)
            if held is None:
                return None
            if not held:
                return told_apart(place, other is right)
    sentence = "Both were solved: they have the same solutions."
    return Verdict(Equality.EQUAL, Evidence(EvidenceKind.NORMAL_FORM, sentence, {"kernels": []}))


def _solutions(tree: Expr, unknowns: list[Expr], assumptions: Assumptions) -> list[Place] | None:
    """All solutions on the domain; None where there are infinitely many or they are not found."""
    ways = alternatives(tree)
    if not ways:
        return None
    places: list[Place] = []
    for way in ways:
        values = _values(way, unknowns)
        if values is None or prod(map(len, values)) * len(ways) > _MAX_POINTS:
            return None
        places.extend(dict(zip(unknowns, row, strict=True)) for row in product(*values))
    kept = []
    for place in places:
        lies, held = _lies_inside(place, assumptions), holds_at(tree, place)
        if lies is None or held is None:
            return None
        if lies and held:
            kept.append(place)
    return kept


def _lies_inside(place: Place, assumptions: Assumptions) -> bool | None:
    for symbol, value in place.items():
        domain = assumptions.domain(symbol)
        if value.head != "number" and (domain.low is not None or domain.high is not None or domain.integer):
            return None
        if value.head == "number" and not domain.holds(value.value):
            return False
    return True


def _values(way: tuple[Link, ...], unknowns: list[Expr]) -> list[list[Expr]] | None:
    """For every unknown the values that it can have."""
    equations = [link for link in way if link.operator == "="]
    if not len(unknowns) <= len(equations) <= _MAX_EQUATIONS:
        return None
    listed = {k.left: k.right for k in equations if k.left in unknowns and not free_symbols(k.right)}
    if len(listed) == len(unknowns):
        return [[listed[s]] for s in unknowns]
    n = Normalizer(lambda s: Assumptions().domain(s))

    def work() -> list[list[Expr]] | None:
        slots = [n.scalar(s).top.degrees().index(1) for s in unknowns]
        gaps = [n.sub(n.scalar(k.left), n.scalar(k.right)).top for k in equations]
        if any(_is_strange(gap, slots) for gap in gaps):
            return None
        values = []
        for slot in slots:
            alone = _eliminated(gaps, [s for s in slots if s != slot])
            found = None if alone is None else _roots(n, alone, slot)
            if found is None:
                return None
            values.append(found)
        return values

    try:
        return n.attempt(work)
    except Beyond:
        return None


def _is_strange(poly: Poly, slots: list[int]) -> bool:
    """Whether it is 0, of high degree, or in more than the unknowns."""
    degrees = poly.degrees()
    return (
        poly == 0
        or any(d > _MAX_DEGREE for d in degrees)
        or any(d and i not in slots for i, d in enumerate(degrees))
    )


def _eliminated(polys: list[Poly], slots: list[int]) -> Poly | None:
    """A polynomial without the variables of these slots that vanishes where all the others do."""
    for slot in slots:
        with_it = [p for p in polys if p.degrees()[slot]]
        without = [p for p in polys if not p.degrees()[slot]]
        if with_it:
            first = min(with_it, key=lambda p: (p.degrees()[slot], len(p)))
            without += [first.resultant(p, slot) for p in with_it if p is not first]
        polys = [p for p in without if p != 0]
        if not polys or any(max(p.degrees(), default=0) > _MAX_DEGREE**2 for p in polys):
            return None
    return min(polys, key=lambda p: max(p.degrees(), default=0))


def _roots(n: Normalizer, poly: Poly, slot: int) -> list[Expr] | None:
    """The real roots; None where one is no sum of square roots."""
    found: list[Expr] = []
    if poly.is_constant():
        return found
    for factor, _ in n.factors(poly)[1]:
        coefficients = coefficients_in(factor, slot)
        roots = quadratic_roots(coefficients)
        if roots is None and _has_real_root(coefficients):
            return None
        found.extend(roots or ())
    return found


def _has_real_root(coefficients: list[Fraction]) -> bool:
    """Whether a polynomial certainly or possibly has one."""
    whole: Any = fmpq_poly([fmpq(c.numerator, c.denominator) for c in coefficients]).numer()
    with bits(_BITS):
        return any(root.imag.contains(0) for root, _ in whole.complex_roots())
