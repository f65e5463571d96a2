"""Integrals of polynomials times exp(-a x^2 + b x + c) over all reals, and over half of them where b is 0."""

from __future__ import annotations

from fractions import Fraction
from math import comb

from grader.equivalence.assumptions import Assumptions
from grader.equivalence.constants import constant_sign
from grader.equivalence.field import Beyond
from grader.equivalence.membership import is_infinite
from grader.equivalence.normal import Normalizer
from grader.equivalence.polynomial import coefficients_of
from grader.equivalence.signs import never_zero
from grader.expressions.build import HALF, ONE, PI, ZERO, E, add, call, div, mul, neg, number, power, sqrt
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols

_MAX_DEGREE = 8


def gaussian(tree: Expr, assumptions: Assumptions) -> Expr | None:
    """The value of such an integral; None for any other."""
    body, x, low, high = tree.args
    if not is_infinite(high) or high.head == "mul":
        return None
    whole = is_infinite(low) and low.head == "mul"
    if not whole and low is not ZERO:
        return None
    parts = _split(body, x)
    if parts is None:
        return None
    polynomial, exponent = parts
    c, b, minus_a = exponent
    a = neg(minus_a)
    if not _is_positive(a, assumptions) or (not whole and b is not ZERO):
        return None
    return _whole(polynomial, a, b, c) if whole else _half(polynomial, a, c)


def _split(body: Expr, x: Expr) -> tuple[list[Expr], list[Expr]] | None:
    """Coefficients of the polynomial, and of the quadratic in the exponent."""
    factors = body.args if body.head == "mul" else (body,)
    exponents = [_exponent(f) for f in factors]
    held = [e for e in exponents if e is not None and x in free_symbols(e)]
    if not held:
        return None
    quadratic = coefficients_of(add(*held), x)
    rest = mul(*(f for f, e in zip(factors, exponents, strict=True) if e is None or x not in free_symbols(e)))
    polynomial = coefficients_of(rest, x)
    if quadratic is None or polynomial is None or len(quadratic) != 3 or len(polynomial) > _MAX_DEGREE + 1:
        return None
    return polynomial, quadratic


def _exponent(tree: Expr) -> Expr | None:
    if tree.head == "call" and tree.value == "exp":
        return tree.args[0]
    return tree.args[1] if tree.head == "pow" and tree.args[0] is E else None


def _is_positive(a: Expr, assumptions: Assumptions) -> bool:
    if not free_symbols(a):
        return constant_sign(a) == 1
    n = Normalizer(assumptions.domain)

    def work() -> bool:
        c, parts = n.split(n.scalar(a))
        signs = [1 if k % 2 == 0 else n.sign(f) for f, k in parts]
        return c > 0 and all(s == 1 for s in signs) and all(never_zero(f, n.kernels) for f, _ in parts)

    try:
        return n.attempt(work)
    except Beyond:
        return False


def _moment(k: int, a: Expr) -> Expr:
    """The integral of u^(2k) exp(-a u^2): (2k - 1)!! / (2a)^k sqrt(pi / a)."""
    odd = 1
    for j in range(1, k + 1):
        odd *= 2 * j - 1
    return mul(number(odd), power(mul(number(2), a), number(-k)), sqrt(div(PI, a)))


def _whole(polynomial: list[Expr], a: Expr, b: Expr, c: Expr) -> Expr:
    """With x = u + m, m = b / 2a."""
    middle = mul(HALF, div(b, a)) if b is not ZERO else ZERO
    terms = []
    for n, coefficient in enumerate(polynomial):
        for k in range(n // 2 + 1):
            if coefficient is ZERO or (middle is ZERO and 2 * k != n):
                continue
            shift = power(middle, number(n - 2 * k)) if n > 2 * k else ONE
            terms.append(mul(number(comb(n, 2 * k)), coefficient, shift, _moment(k, a)))
    top = (
        add(c, mul(number(Fraction(1, 4)), power(b, number(2)), power(a, number(-1)))) if b is not ZERO else c
    )
    return mul(call("exp", top), add(*terms)) if top is not ZERO else add(*terms)


def _half(polynomial: list[Expr], a: Expr, c: Expr) -> Expr:
    """From 0: gamma((n + 1)/2) / (2 a^((n + 1)/2)) for each power n."""
    terms = []
    for n, coefficient in enumerate(polynomial):
        if coefficient is ZERO:
            continue
        if n % 2 == 0:
            terms.append(mul(HALF, coefficient, _moment(n // 2, a)))
        else:
            k = (n - 1) // 2
            factorial = 1
            for j in range(1, k + 1):
                factorial *= j
            terms.append(mul(number(Fraction(factorial, 2)), coefficient, power(a, number(-k - 1))))
    return mul(call("exp", c), add(*terms)) if c is not ZERO else add(*terms)
