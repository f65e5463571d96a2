"""Antiderivatives with a quadratic a x^2 + c: its root, one over its root, and one over it."""

from __future__ import annotations

from fractions import Fraction

from grader.equivalence.constants import constant_sign
from grader.equivalence.polynomial import coefficients_of
from grader.expressions.build import HALF, ZERO, add, call, div, mul, neg, number, power, sqrt
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols

_HALF = Fraction(1, 2)


def root_of_quadratic(body: Expr, x: Expr) -> Expr | None:
    """An antiderivative of (a x^2 + c)^(1/2), ^(-1/2) or ^(-1); None for anything else.

    Where a and c have symbols in them, their signs are read off their spelling; who asks checks the result.
    """
    base, exponent = _flat(body)
    coefficients = coefficients_of(base, x) if exponent in (_HALF, -_HALF, Fraction(-1)) else None
    if coefficients is None or len(coefficients) != 3 or _sign(coefficients[1]) != 0:
        return None
    c, _, a = coefficients
    signs = _sign(a), _sign(c)
    if exponent == -1:
        return _reciprocal(x, a, c) if signs == (1, 1) else None
    inverse = _inverse_root(x, a, c, signs)
    if inverse is None or exponent == -_HALF:
        return inverse
    return add(mul(HALF, x, sqrt(base)), mul(HALF, c, inverse))


def _flat(body: Expr) -> tuple[Expr, Fraction | None]:
    exponent = Fraction(1)
    while body.head == "pow" and body.args[1].head == "number":
        exponent *= body.args[1].value
        body = body.args[0]
    return body, exponent if exponent != 1 else None


def _sign(tree: Expr) -> int | None:
    """The sign of a coefficient; squares and plain symbols count as positive, as they are meant."""
    if tree is ZERO:
        return 0
    if not free_symbols(tree):
        return constant_sign(tree)
    if tree.head == "mul" and tree.args[0].head == "number":
        return -1 if tree.args[0].value < 0 else 1
    return 1 if tree.head in ("symbol", "pow", "mul") else None


def _reciprocal(x: Expr, a: Expr, c: Expr) -> Expr:
    return div(call("arctan", mul(x, sqrt(div(a, c)))), sqrt(mul(a, c)))


def _inverse_root(x: Expr, a: Expr, c: Expr, signs: tuple[int | None, int | None]) -> Expr | None:
    if signs == (-1, 1):
        return div(call("arcsin", mul(x, sqrt(div(neg(a), c)))), sqrt(neg(a)))
    if signs == (1, 1):
        return div(call("arsinh", mul(x, sqrt(div(a, c)))), sqrt(a))
    if signs == (1, -1):
        whole = add(mul(sqrt(a), x), sqrt(add(mul(a, power(x, number(2))), c)))
        return div(call("ln", call("abs", whole)), sqrt(a))
    return None
