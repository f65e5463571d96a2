"""Antiderivatives of rational functions with rational coefficients, by partial fractions."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import fmpq, fmpq_mat, fmpq_poly

from grader.equivalence.assumptions import NOTHING
from grader.equivalence.field import Beyond
from grader.equivalence.normal import Normalizer
from grader.equivalence.solving import coefficients_in
from grader.expressions.build import add, call, div, mul, number, power, sqrt
from grader.expressions.nodes import Expr

_MAX_DEGREE = 10
Term = tuple[Any, int, int]  # factor, power, degree of the numerator's monomial


def rational_antiderivative(body: Expr, x: Expr) -> Expr | None:
    """An antiderivative of a quotient of polynomials in x alone; None for anything else.

    >>> from grader.expressions.build import symbol, sub
    >>> x = symbol("x")
    >>> rational_antiderivative(power(sub(power(x, number(2)), number(1)), number(-1)), x) is not None
    True
    """
    halves = _polynomials(body, x)
    if halves is None:
        return None
    top, bottom = halves
    whole, rest = divmod(top, bottom)
    found = [_polynomial(whole, x)] if whole != 0 else []
    parts = _parts(rest, bottom) if rest != 0 else []
    if parts is None:
        return None
    for factor, k, numerator in parts:
        piece = _linear(factor, k, numerator, x) if factor.degree() == 1 else _quadratic(factor, numerator, x)
        found.append(piece)
    return add(*found)


def _polynomials(body: Expr, x: Expr) -> tuple[Any, Any] | None:
    n = Normalizer(NOTHING.domain)

    def work() -> tuple[Any, Any]:
        slot = n.scalar(x).top.degrees().index(1)
        value = n.scalar(body)
        if any(d and i != slot for poly in value for i, d in enumerate(poly.degrees())):
            raise Beyond
        return _univariate(value.top, slot), _univariate(value.bottom, slot)

    try:
        top, bottom = n.attempt(work)
    except Beyond:
        return None
    return (top, bottom) if 1 <= bottom.degree() <= _MAX_DEGREE and top.degree() <= 2 * _MAX_DEGREE else None


def _univariate(poly: Any, slot: int) -> Any:
    return fmpq_poly([fmpq(c.numerator, c.denominator) for c in coefficients_in(poly, slot)])


def _parts(rest: Any, bottom: Any) -> list[tuple[Any, int, Any]] | None:
    """rest / bottom as a sum of numerator / factor^k; None for factors that are not integrated here."""
    terms: list[Term] = []
    for factor, multiplicity in _factors(bottom):
        if factor.degree() > 2 or (factor.degree() == 2 and multiplicity > 1):
            return None
        terms += [(factor, k, j) for k in range(1, multiplicity + 1) for j in range(factor.degree())]
    size = bottom.degree()
    columns = [bottom // factor**k * fmpq_poly([0] * j + [1]) for factor, k, j in terms]
    system = fmpq_mat(size, size, [column[i] for i in range(size) for column in columns])
    solved = system.solve(fmpq_mat(size, 1, [rest[i] for i in range(size)]))
    found: dict[tuple[Any, int], tuple[Any, int, Any]] = {}
    for row, (factor, k, j) in enumerate(terms):
        key = (tuple(factor.coeffs()), k)
        before = found[key][2] if key in found else fmpq_poly([0])
        found[key] = (factor, k, before + solved[row, 0] * fmpq_poly([0] * j + [1]))
    return [part for part in found.values() if part[2] != 0]


def _factors(bottom: Any) -> list[tuple[Any, int]]:
    """Monic irreducible factors."""
    found = []
    for factor, multiplicity in bottom.numer().factor()[1]:
        lead = factor[factor.degree()]
        found.append(
            (fmpq_poly([fmpq(factor[i], lead) for i in range(factor.degree() + 1)]), int(multiplicity))
        )
    return found


def _number(c: Any) -> Expr:
    return number(Fraction(int(c.numerator), int(c.denominator)))


def _polynomial(poly: Any, x: Expr) -> Expr:
    terms = [mul(_number(poly[k] / (k + 1)), power(x, number(k + 1))) for k in range(poly.degree() + 1)]
    return add(*terms)


def _linear(factor: Any, k: int, numerator: Any, x: Expr) -> Expr:
    """c / (x - r)^k."""
    inside = add(x, _number(factor[0]))
    c = _number(numerator[0])
    if k == 1:
        return mul(c, call("ln", call("abs", inside)))
    return mul(c, number(Fraction(1, 1 - k)), power(inside, number(1 - k)))


def _quadratic(factor: Any, numerator: Any, x: Expr) -> Expr:
    """(b x + c) / (x^2 + p x + q): a logarithm, and an arc tangent or the logarithm of a quotient."""
    q, p = factor[0], factor[1]
    b, c = numerator[1], numerator[0]
    inside = add(power(x, number(2)), mul(_number(p), x), _number(q))
    first = mul(_number(b / 2), call("ln", call("abs", inside)))
    rest = _number(c - b * p / 2)
    gap = 4 * q - p * p
    middle = add(mul(number(2), x), _number(p))
    if gap > 0:
        root = sqrt(_number(gap))
        return add(first, mul(rest, number(2), div(call("arctan", div(middle, root)), root)))
    root = sqrt(_number(-gap))
    quotient = div(add(middle, mul(number(-1), root)), add(middle, root))
    return add(first, mul(rest, div(call("ln", call("abs", quotient)), root)))
