"""Antiderivatives of sin(u)^m cos(u)^n and of exp(a x) sin(b x), for a linear u."""

from __future__ import annotations

from fractions import Fraction
from math import comb

from grader.expressions.build import add, call, div, mul, neg, number, power, sub
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols

_MAX_POWER = 12


def product_of_waves(body: Expr, x: Expr) -> Expr | None:
    """An antiderivative of such a product; None for anything else."""
    counted = _powers(body)
    if counted is not None:
        inside, m, n = counted
        slope = _slope(inside, x)
        if slope is None or m + n > _MAX_POWER:
            return None
        return div(_of_powers(inside, m, n), slope)
    return _damped(body, x)


def _slope(tree: Expr, x: Expr) -> Expr | None:
    slope = differentiate(tree, x)
    return slope if slope is not None and x not in free_symbols(slope) and free_symbols(tree) else None


def _powers(body: Expr) -> tuple[Expr, int, int] | None:
    """u, m and n of sin(u)^m cos(u)^n."""
    inside: Expr | None = None
    counts = {"sin": 0, "cos": 0}
    for factor in body.args if body.head == "mul" else (body,):
        base, n = factor, 1
        if factor.head == "pow" and factor.args[1].head == "number":
            base, exponent = factor.args[0], factor.args[1].value
            if exponent.denominator != 1 or exponent < 1:
                return None
            n = int(exponent)
        if base.head != "call" or base.value not in counts or inside not in (None, base.args[0]):
            return None
        inside = base.args[0]
        counts[base.value] += n
    return None if inside is None else (inside, counts["sin"], counts["cos"])


def _of_powers(u: Expr, m: int, n: int) -> Expr:
    if m % 2:
        return neg(_odd(u, "cos", (m - 1) // 2, n))
    if n % 2:
        return _odd(u, "sin", (n - 1) // 2, m)
    return _even(u, m, n)


def _odd(u: Expr, name: str, k: int, n: int) -> Expr:
    """The integral of (1 - w^2)^k w^n dw for w = sin(u) or cos(u)."""
    wave = call(name, u)
    terms = []
    for j in range(k + 1):
        c = Fraction(comb(k, j) * (-1) ** j, n + 2 * j + 1)
        terms.append(mul(number(c), power(wave, number(n + 2 * j + 1))))
    return add(*terms)


def _even(u: Expr, m: int, n: int) -> Expr:
    """By multiple angles: sin^m cos^n = sum c_k cos(k u), from powers of z = e^(i u)."""
    found = {0: Fraction((-1) ** (m // 2), 2 ** (m + n))}
    for sign, times in ((-1, m), (1, n)):
        for _ in range(times):
            found = _times(found, sign)
    terms = [mul(number(found.get(0, Fraction(0))), u)]
    for k, c in sorted(found.items()):
        if k > 0 and c:
            terms.append(mul(number(2 * c / k), call("sin", mul(number(k), u))))
    return add(*terms)


def _times(p: dict[int, Fraction], sign: int) -> dict[int, Fraction]:
    """A Laurent polynomial times (z + sign / z)."""
    total: dict[int, Fraction] = {}
    for k, c in p.items():
        total[k + 1] = total.get(k + 1, Fraction(0)) + c
        total[k - 1] = total.get(k - 1, Fraction(0)) + sign * c
    return total


def _damped(body: Expr, x: Expr) -> Expr | None:
    """exp(a x) sin(b x) and exp(a x) cos(b x), with linear arguments."""
    if body.head != "mul" or len(body.args) != 2:
        return None
    calls = {f.value: f for f in body.args if f.head == "call" and f.value in ("exp", "sin", "cos")}
    if len(calls) != 2 or "exp" not in calls:
        return None
    rising = calls.pop("exp")
    name, wave = next(iter(calls.items()))
    a, b = _slope(rising.args[0], x), _slope(wave.args[0], x)
    if a is None or b is None:
        return None
    sine, cosine = call("sin", wave.args[0]), call("cos", wave.args[0])
    turned = sub(mul(a, sine), mul(b, cosine)) if name == "sin" else add(mul(a, cosine), mul(b, sine))
    return div(mul(rising, turned), add(power(a, number(2)), power(b, number(2))))
