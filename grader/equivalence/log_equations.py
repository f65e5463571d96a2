"""Equations part = 0 made plain: a sum of logarithms as a product, two powers by their logarithms.

`ln x + ln(x - 3) - ln 4` vanishes only where `x (x - 3) - 4` does, and `2^(x+1) - 3^x` only where
`(x + 1) ln 2 - x ln 3` does. The plain one may have more zeros; whoever asks tries them in the part itself.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from grader.equivalence.constants import constant_sign
from grader.expressions.build import E, add, call, mul, neg, number, power, sub
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols

_MAX_POWER = 12
_Logs = list[tuple[Fraction, Expr]]  # multiples, and what the logarithm is taken of


def plain_equation(part: Expr, symbol: Expr) -> Expr | None:
    """A part that vanishes wherever the given one does, without its logarithms or exponents.

    >>> from grader.expressions.build import symbol
    >>> x = symbol("x")
    >>> plain_equation(add(call("ln", x), neg(call("ln", number(2)))), x) is None  # one is undone elsewhere
    True
    """
    if part.head != "add":
        return None
    return _as_product(part, symbol) or _by_logarithms(part, symbol)


def _as_product(part: Expr, symbol: Expr) -> Expr | None:
    """c ln f + d ln g + r = 0 as f^c g^d = b^-r, negative powers on the other side."""
    moving = [a for a in part.args if symbol in free_symbols(a)]
    logs: _Logs = []
    bases = set()
    for term in moving:
        found = _multiple_of_log(term)
        if found is None:
            return None
        multiple, inside, base = found
        logs.append((multiple, inside))
        bases.add(base)
    scale = lcm(*(c.denominator for c, _ in logs)) if logs else 0
    if len(logs) < 2 or len(bases) != 1 or any(abs(c * scale) > _MAX_POWER for c, _ in logs):
        return None
    rest = [mul(number(-scale), a) for a in part.args if a not in moving]
    above = mul(*(power(f, number(c * scale)) for c, f in logs if c > 0))
    below = mul(*(power(f, number(-c * scale)) for c, f in logs if c < 0), _raised(bases.pop(), rest))
    return sub(above, below)


def _raised(base: Expr, terms: list[Expr]) -> Expr:
    """b^(sum of the terms), where a logarithm to the base is undone at once."""
    factors = []
    for term in terms:
        found = _multiple_of_log(term)
        undone = found is not None and found[2] is base
        factors.append(power(found[1], number(found[0])) if found and undone else power(base, term))
    return mul(*factors)


def _multiple_of_log(term: Expr) -> tuple[Fraction, Expr, Expr] | None:
    """(c, f, b) of c log_b f with a rational c and a base without the symbol."""
    if term.head == "mul":
        numbers = [a.value for a in term.args if a.head == "number"]
        others = [a for a in term.args if a.head != "number"]
        found = _multiple_of_log(others[0]) if len(others) == 1 else None
        factor = Fraction(1)
        for value in numbers:
            factor *= value
        return None if found is None or not factor else (factor * found[0], found[1], found[2])
    if term.head != "call" or term.value not in ("ln", "log"):
        return None
    base = term.args[1] if term.value == "log" else E
    return None if free_symbols(base) else (Fraction(1), term.args[0], base)


def _by_logarithms(part: Expr, symbol: Expr) -> Expr | None:
    """a b^f - c d^g = 0 as ln a + f ln b = ln c + g ln d."""
    if len(part.args) != 2:
        return None
    signs, sides = [], []
    for term in part.args:
        sign, side = 1, []
        for factor in term.args if term.head == "mul" else (term,):
            found = _logarithm(factor, symbol)
            if found is None:
                return None
            sign *= found[0]
            side.append(found[1])
        signs.append(sign)
        sides.append(add(*side))
    raised = all(symbol in free_symbols(side) for side in sides)
    return sub(*sides) if raised and signs[0] * signs[1] < 0 else None


def _logarithm(factor: Expr, symbol: Expr) -> tuple[int, Expr] | None:
    """The sign of a factor and the logarithm of its size: of a constant, or of a constant base raised."""
    if symbol not in free_symbols(factor):
        sign = constant_sign(factor)
        return (sign, call("ln", factor if sign > 0 else neg(factor))) if sign else None
    if factor.head == "call" and factor.value == "exp":
        return 1, factor.args[0]
    if factor.head != "pow" or symbol in free_symbols(factor.args[0]):
        return None
    base, exponent = factor.args
    return (1, mul(exponent, call("ln", base))) if constant_sign(base) == 1 else None
