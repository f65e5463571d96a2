"""Antiderivatives: simple rules of our own first, else SymPy. What comes back is checked by who asked."""

from __future__ import annotations

from collections.abc import Callable

from grader.equivalence.asking import ask
from grader.equivalence.polynomial import coefficients_of
from grader.expressions.build import HALF, ONE, add, call, div, mul, number, power, sqrt, sub
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols

_TABLE: dict[str, Callable[[Expr], Expr]] = {
    "exp": lambda a: call("exp", a),
    "sin": lambda a: mul(number(-1), call("cos", a)),
    "cos": lambda a: call("sin", a),
    "sinh": lambda a: call("cosh", a),
    "cosh": lambda a: call("sinh", a),
    "tanh": lambda a: call("ln", call("cosh", a)),
    "ln": lambda a: sub(mul(a, call("ln", a)), a),
    "arctan": lambda a: sub(mul(a, call("arctan", a)), mul(HALF, call("ln", add(ONE, power(a, number(2)))))),
    "arcsin": lambda a: add(mul(a, call("arcsin", a)), sqrt(sub(ONE, power(a, number(2))))),
}


def antiderivative(body: Expr, x: Expr) -> Expr | None:
    """Some F with F' = body, perhaps; None if none is found. Raises `asking.Stopped`.

    >>> from grader.expressions.build import symbol
    >>> antiderivative(symbol("x"), symbol("x")) is mul(HALF, power(symbol("x"), number(2)))
    True
    """
    simple = _simple(body, x)
    return simple if simple is not None else ask("antiderivative", (body, x))


def _simple(body: Expr, x: Expr) -> Expr | None:
    if x not in free_symbols(body):
        return mul(body, x)
    if body is x:
        return mul(HALF, power(x, number(2)))
    if body.head == "add":
        parts = [_simple(a, x) for a in body.args]
        return None if any(p is None for p in parts) else add(*(p for p in parts if p is not None))
    polynomial = _polynomial(body, x)
    if polynomial is not None:
        return polynomial
    if body.head == "mul":
        moving = [a for a in body.args if x in free_symbols(a)]
        inner = _simple(moving[0], x) if len(moving) == 1 else None
        rest = [a for a in body.args if a is not moving[0]]
        return None if inner is None else mul(*rest, inner)
    if body.head == "pow":
        return _power(body, x)
    if body.head == "call" and body.value in _TABLE and len(body.args) == 1:
        slope = differentiate(body.args[0], x)
        if slope is not None and x not in free_symbols(slope):
            return div(_TABLE[body.value](body.args[0]), slope)
    return None


def _polynomial(body: Expr, x: Expr) -> Expr | None:
    coefficients = coefficients_of(body, x)
    if coefficients is None:
        return None
    terms = [div(mul(c, power(x, number(k + 1))), number(k + 1)) for k, c in enumerate(coefficients)]
    return add(*terms)


def _power(body: Expr, x: Expr) -> Expr | None:
    """(a x + b)^n, and a^(b x)."""
    base, exponent = body.args
    slope = differentiate(base, x)
    if exponent.head == "number" and slope is not None and x not in free_symbols(slope):
        n = exponent.value
        inside = call("ln", call("abs", base)) if n == -1 else div(power(base, number(n + 1)), number(n + 1))
        return div(inside, slope)
    rate = differentiate(exponent, x)
    if x not in free_symbols(base) and rate is not None and x not in free_symbols(rate):
        return div(body, mul(rate, call("ln", base)))
    return None
