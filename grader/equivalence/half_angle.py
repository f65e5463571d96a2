"""Equations in sines and cosines of multiples of one angle, as equations in the tangent of half of it.

With t = tan(u/2) is sin u = 2t/(1 + t^2) and cos u = (1 - t^2)/(1 + t^2) (K. Weierstrass's
substitution), so that `sin 2x = cos x` is a polynomial in t. It leaves out u = pi, where t has no value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from grader.equivalence.assumptions import NOTHING
from grader.equivalence.ball import exact_at
from grader.equivalence.field import POLY_ONE, Beyond, Frac
from grader.equivalence.normal import Normalizer
from grader.equivalence.polynomial import coefficients_of
from grader.equivalence.tree_of import tree_of
from grader.expressions.build import ONE, PI, ZERO, add, call, div, mul, number, power, sub, symbol
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, replace

TANGENT = symbol("\u2220")
_PI = symbol("\u03c0")  # stands for the number
_MAX_MULTIPLE = 8
_SQUARE = add(ONE, power(TANGENT, number(2)))
_SINE = div(mul(number(2), TANGENT), _SQUARE)
_COSINE = div(sub(ONE, power(TANGENT, number(2))), _SQUARE)
_MADE: dict[str, Callable[[Expr, Expr], Expr]] = {
    "sin": lambda s, c: s,
    "cos": lambda s, c: c,
    "tan": div,
    "cot": lambda s, c: div(c, s),
    "sec": lambda s, c: div(ONE, c),
    "csc": lambda s, c: div(ONE, s),
}


@dataclass(frozen=True, slots=True)
class HalfAngle:
    """`polynomial` in TANGENT vanishes where the part does; the angle is `rate` times the symbol."""

    polynomial: Expr
    rate: Expr

    def place(self, tangent: Expr | None, turns: int) -> Expr:
        """The value of the symbol that belongs to a tangent (None: to the angle pi), so many turns on."""
        start = PI if tangent is None else mul(number(2), call("arctan", tangent))
        return div(add(start, mul(number(2 * turns), PI)), self.rate)


def in_half_angle(part: Expr, variable: Expr) -> HalfAngle | None:
    """A part written in t; None where it is no rational function of sines and cosines of one angle.

    >>> x = symbol("x")
    >>> in_half_angle(sub(call("sin", x), call("cos", x)), x).rate is ONE
    True
    """
    waves = {p for p in walk(part) if p.head == "call" and p.value in _MADE and variable in free_symbols(p)}
    angles = {p: _angle(p.args[0], variable) for p in waves}
    known = [a for a in angles.values() if a is not None]
    if not waves or len(known) != len(waves) or len({unit for _, unit, _ in known}) != 1:
        return None
    unit = known[0][1]
    scale = _common([rate for rate, _, _ in known])
    table = {}
    for wave, found in angles.items():
        assert found is not None
        multiple = found[0] / scale
        if abs(multiple) > _MAX_MULTIPLE:
            return None
        table[wave] = _MADE[wave.value](*_shifted(int(multiple), found[2]))
    written = replace(part, table)
    if variable in free_symbols(written):
        return None
    top = _numerator(written)
    return None if top is None else HalfAngle(top, mul(number(scale), unit))


_Angle = tuple[Fraction, Expr, Expr]


def _angle(tree: Expr, variable: Expr) -> _Angle | None:
    """The rational rate, its unit (1 or pi) and the phase of an angle that is linear in the variable."""
    line = coefficients_of(tree, variable)
    if line is None or len(line) != 2:
        return None
    rate = exact_at(line[1], {})
    if rate:
        return rate, ONE, line[0]
    turns = coefficients_of(replace(line[1], {PI: _PI}), _PI)
    rate = exact_at(turns[1], {}) if turns is not None and len(turns) == 2 and turns[0] is ZERO else None
    return (rate, PI, line[0]) if rate else None


def _common(rates: list[Fraction]) -> Fraction:
    """The greatest number of which all rates are whole multiples."""
    below = lcm(*(r.denominator for r in rates))
    return Fraction(gcd(*(int(r * below) for r in rates)), below)


def _shifted(multiple: int, phase: Expr) -> tuple[Expr, Expr]:
    """Sine and cosine of a multiple of the angle plus a constant."""
    s, c = ZERO, ONE
    for _ in range(abs(multiple)):
        s, c = add(mul(s, _COSINE), mul(c, _SINE)), sub(mul(c, _COSINE), mul(s, _SINE))
    s = s if multiple > 0 else mul(number(-1), s)
    if phase is ZERO:
        return s, c
    sine, cosine = call("sin", phase), call("cos", phase)
    return add(mul(s, cosine), mul(c, sine)), sub(mul(c, cosine), mul(s, sine))


def _numerator(tree: Expr) -> Expr | None:
    n = Normalizer(NOTHING.domain)
    try:
        return n.attempt(lambda: tree_of(n, Frac(n.scalar(tree).top, POLY_ONE)))
    except Beyond:
        return None
