"""Sums in closed form: polynomials by undetermined coefficients, geometric sums, short ones term by term."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq_poly

from grader.equivalence.asking import Ask, ask, bounds_of
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.ball import exact_at
from grader.equivalence.field import Beyond, Frac, rational
from grader.equivalence.infinite import total
from grader.equivalence.membership import is_infinite
from grader.equivalence.normal import Normalizer
from grader.equivalence.polynomial import coefficients_of
from grader.equivalence.series import closed_series
from grader.expressions.build import INFINITY, ONE, add, call, div, mul, neg, number, power, sub
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, rebuild, replace

_MAX_WRITTEN = 60
_MAX_DEGREE = 12


def closed_sum(tree: Expr, assumptions: Assumptions, asking: Ask = ask) -> Expr | None:
    """A sum or product without its sign, where a formula is known; else None. Raises `asking.Stopped`."""
    body, bound, low, high = tree.args
    if bound.head != "symbol":
        return None
    short = _written_out(tree)
    if short is not None:
        return short
    if tree.head == "product":
        return _product(body, bound, low, high)
    if is_infinite(high):
        return _series(tree, assumptions, asking)
    return (
        _constant(body, bound, low, high)
        or _polynomial(body, bound, low, high)
        or _geometric(body, bound, low, high)
    )


def _series(tree: Expr, assumptions: Assumptions, asking: Ask) -> Expr | None:
    body, bound, low, _ = tree.args
    if body.head == "add":
        parts = [_series(rebuild(tree, (a, *tree.args[1:])), assumptions, asking) for a in body.args]
        known = [p for p in parts if p is not None]
        whole = total(known) if len(known) == len(parts) else None
        if whole is not None:
            return whole
    first = exact_at(low, {})
    exponent = _exponent(body, bound)
    if exponent is not None and exponent >= -1 and first is not None and first > 0:
        return INFINITY
    if first is not None and first.denominator == 1:
        found = closed_series(body, bound, first, assumptions)
        if found is not None:
            return found
    free = [s for s in free_symbols(tree) if s.kind in ("scalar", "integer")]
    return asking("summation", tree.args, "", bounds_of({s: assumptions.domain(s) for s in free}))


def _exponent(body: Expr, bound: Expr) -> Fraction | None:
    """The e of k^e, where the body is a power of the counter."""
    if body is bound:
        return Fraction(1)
    if body.head != "pow" or body.args[1].head != "number":
        return None
    inner = _exponent(body.args[0], bound)
    return None if inner is None else inner * Fraction(body.args[1].value)


def _constant(body: Expr, bound: Expr, low: Expr, high: Expr) -> Expr | None:
    """A body without the counter: how often it stands there."""
    return mul(add(sub(high, low), ONE), body) if bound not in free_symbols(body) else None


def _written_out(tree: Expr) -> Expr | None:
    body, bound, low, high = tree.args
    if low.head != "number" or high.head != "number":
        return None
    first, last = low.value, high.value
    if first.denominator != 1 or last.denominator != 1 or not -1 <= last - first < _MAX_WRITTEN:
        return None
    parts = [replace(body, {bound: number(k)}) for k in range(int(first), int(last) + 1)]
    return add(*parts) if tree.head == "sum" else mul(*parts)


def _product(body: Expr, bound: Expr, low: Expr, high: Expr) -> Expr | None:
    """The product of k is a factorial, of a constant a power."""
    count = add(sub(high, low), ONE)
    if bound not in free_symbols(body):
        return power(body, count)
    if body is bound and low is ONE:
        return call("factorial", high)
    return None


def _polynomial(body: Expr, bound: Expr, low: Expr, high: Expr) -> Expr | None:
    """Faulhaber: F with F(k) - F(k - 1) = f(k), then F(high) - F(low - 1)."""
    coefficients = coefficients_of(body, bound)
    if coefficients is None or len(coefficients) > _MAX_DEGREE:
        return None
    terms = []
    for degree, c in enumerate(coefficients):
        f = faulhaber(degree)
        upper = _evaluated(f, high)
        lower = _evaluated(f, sub(low, ONE))
        terms.append(mul(c, sub(upper, lower)))
    return add(*terms) if terms else None


def faulhaber(degree: int) -> list[Fraction]:
    """Coefficients of F with F(0) = 0 and F(k) - F(k - 1) = k^degree (J. Faulhaber, 1631).

    >>> faulhaber(1)
    [Fraction(0, 1), Fraction(1, 2), Fraction(1, 2)]
    """
    found = [Fraction(0)] * (degree + 2)
    rest = fmpq_poly([0] * degree + [1])
    for d in range(degree + 1, 0, -1):
        c = rest[d - 1] / d
        found[d] = Fraction(int(c.numerator), int(c.denominator))
        step = fmpq_poly([0] * d + [1])
        rest = rest - c * (step - step(fmpq_poly([-1, 1])))
    return found


def _evaluated(f: list[Fraction], place: Expr) -> Expr:
    return add(*(mul(number(c), power(place, number(d))) for d, c in enumerate(f) if c))


def _geometric(body: Expr, bound: Expr, low: Expr, high: Expr) -> Expr | None:
    """c r^k: c r^low (r^(n) - 1) / (r - 1); the ratio must be a number other than 1."""
    ratio = _ratio(body, bound)
    if ratio is None or ratio == 1:
        return None
    r = number(ratio)
    first = replace(body, {bound: low})
    count = add(sub(high, low), ONE)
    return div(mul(first, sub(ONE, power(r, count))), add(ONE, neg(r)))


def _ratio(body: Expr, bound: Expr) -> Fraction | None:
    """f(k + 1) / f(k) if it is a rational number."""
    following = replace(body, {bound: add(bound, ONE)})
    n = Normalizer(Assumptions().domain)

    def work() -> Frac:
        return n.div(n.scalar(following), n.scalar(body))

    try:
        return rational(n.attempt(work))
    except Beyond:
        return None
