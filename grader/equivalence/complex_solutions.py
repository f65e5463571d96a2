"""Equations for one complex number: the roots of polynomials, and lists of values."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq, fmpq_poly

from grader.equivalence.assumptions import Assumptions
from grader.equivalence.constants import constant_zero
from grader.equivalence.field import Beyond
from grader.equivalence.normal import Normalizer
from grader.equivalence.plain import constant_text
from grader.equivalence.solving import coefficients_in
from grader.equivalence.truths import Link, alternatives
from grader.expressions.build import add, mul, number, power, sub, symbol
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, replace
from grader.records import Equality, Evidence, EvidenceKind, Verdict

_MAX_DEGREE = 40
_Roots = tuple[fmpq_poly | None, list[Expr]]  # those of a polynomial without double roots, and single values


def compare_complex(left: Expr, right: Expr) -> Verdict | None:
    """The verdict on two equations for a complex symbol; None where they are of another kind.

    >>> from grader.expressions.build import ONE, chain, number, symbol
    >>> z = symbol("z", "complex")
    >>> compare_complex(chain((power(z, number(3)), ONE), ("=",)), chain((z, ONE), ("=",))).verdict
    <Equality.DIFFERENT: 'different'>
    """
    solved = _both_solved(left, right)
    if solved is None:
        return None
    unknown, first, second = solved
    if first[0] is not None and second[0] is not None:
        return None if first[1] or second[1] else _of_polynomials(first[0], second[0])
    for k, ((_, values), (poly, others)) in enumerate(((first, second), (second, first))):
        for value in values:
            found = _is_among(value, poly, others)
            if found is None:
                return None
            if not found:
                return _apart(unknown, value, k == 0)
    sizes = [_count(*side) for side in (first, second)]
    if None in sizes:
        return None
    if sizes[0] != sizes[1]:
        return _without_point(f"The first has {sizes[0]} solutions and the second has {sizes[1]}.")
    return _SAME


def _both_solved(left: Expr, right: Expr) -> tuple[Expr, _Roots, _Roots] | None:
    """The one complex unknown, and the solutions of both; None where they are of another kind."""
    free = free_symbols(left) | free_symbols(right)
    if len(free) != 1 or next(iter(free)).kind != "complex":
        return None
    (unknown,) = free
    first, second = (_solutions(t, unknown) for t in (left, right))
    if first is None or second is None:
        return None
    return unknown, first, second


def over_complex(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """Both with their unknown, where there is one, as a complex number."""
    table = {s: symbol(str(s.value), "complex") for s in free_symbols(left) | free_symbols(right)}
    return (replace(left, table), replace(right, table)) if len(table) == 1 else (left, right)


def follows_complex(premise: Expr, conclusion: Expr) -> Verdict | None:
    """Whether every complex solution of the one equation solves the other; None where that is open.

    >>> from grader.expressions.build import ONE, chain, number, symbol
    >>> z = symbol("z", "complex")
    >>> follows_complex(chain((z, ONE), ("=",)), chain((power(z, number(3)), ONE), ("=",))).verdict
    <Equality.EQUAL: 'equal'>
    """
    solved = _both_solved(premise, conclusion)
    if solved is None:
        return None
    unknown, first, second = solved
    if first[0] is None:
        tests = [(value, _is_among(value, *second)) for value in first[1]]
        wrong = next((value for value, found in tests if found is False), None)
        if wrong is not None:
            return _apart(unknown, wrong, True)
        return None if any(found is None for _, found in tests) else _SAME
    if second[0] is not None and not first[1] and not second[1] and not second[0] % first[0]:
        return _SAME
    return compare_complex(premise, conclusion)


_SAME = Verdict(
    Equality.EQUAL,
    Evidence(EvidenceKind.NORMAL_FORM, "Both were solved: they have the same solutions.", {"kernels": []}),
)


def _of_polynomials(first: fmpq_poly, second: fmpq_poly) -> Verdict:
    """Two polynomials without double roots."""
    if first * second.leading_coefficient() == second * first.leading_coefficient():
        return _SAME
    return _without_point("They do not have the same solutions.")


def _solutions(tree: Expr, unknown: Expr) -> _Roots | None:
    poly: fmpq_poly | None = None
    values: list[Expr] = []
    for way in alternatives(tree) or ():
        if len(way) != 1 or way[0].operator != "=":
            return None
        link = way[0]
        if link.left is unknown and not free_symbols(link.right):
            values.append(link.right)
            continue
        factor = _polynomial(link, unknown)
        if factor is None:
            return None
        poly = factor if poly is None else poly * factor
    if poly is None and not values:
        return None
    if poly is not None:
        poly = poly // poly.gcd(poly.derivative())
    return poly, values


def _polynomial(link: Link, unknown: Expr) -> fmpq_poly | None:
    n = Normalizer(Assumptions().domain, complexes=True)

    def work() -> list[Fraction] | None:
        gap = n.sub(n.scalar(link.left), n.scalar(link.right))
        slot = n.scalar(unknown).top.degrees().index(1)
        alone = all(not d or i == slot for i, d in enumerate(gap.top.degrees()))
        plain = alone and gap.bottom.is_one() and 0 < gap.top.degrees()[slot] <= _MAX_DEGREE
        return coefficients_in(gap.top, slot) if plain else None

    try:
        found = n.attempt(work)
    except Beyond:
        return None
    return None if found is None else fmpq_poly([fmpq(c.numerator, c.denominator) for c in found])


def _is_among(value: Expr, poly: fmpq_poly | None, others: list[Expr]) -> bool | None:
    tests = [constant_zero(sub(value, other), True) for other in others]
    if True in tests:
        return True
    if poly is not None:
        terms = (mul(_number(c), power(value, number(k))) if k else _number(c) for k, c in enumerate(poly))
        tests.append(constant_zero(add(*terms), True))
    return True if True in tests else (None if None in tests else False)


def _number(c: fmpq) -> Expr:
    return number(Fraction(int(c.numerator), int(c.denominator)))


def _count(poly: fmpq_poly | None, values: list[Expr]) -> int | None:
    """How many different solutions there are."""
    kept: list[Expr] = []
    for value in values:
        known = _is_among(value, poly, kept)
        if known is None:
            return None
        if not known:
            kept.append(value)
    return len(kept) + (int(poly.degree()) if poly is not None else 0)


def _apart(unknown: Expr, value: Expr, first: bool) -> Verdict:
    text = constant_text(value) or "a constant"
    who, other = ("first", "second") if first else ("second", "first")
    sentence = f"At {unknown.value} = {text} the {who} holds and the {other} does not."
    data = {
        "point": {str(unknown.value): text},
        "left": str(first).lower(),
        "right": str(not first).lower(),
        "domain_only": False,
    }
    return Verdict(Equality.DIFFERENT, Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, data))


def _without_point(sentence: str) -> Verdict:
    data = {"point": {}, "left": "", "right": "", "domain_only": False}
    return Verdict(Equality.DIFFERENT, Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, data))
