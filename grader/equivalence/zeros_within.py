"""The zeros of a part between two numbers: of periodic parts too."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import ceil, pi

from grader.equivalence.constants import constant_value, constant_zero
from grader.equivalence.half_angle import TANGENT, HalfAngle, in_half_angle
from grader.equivalence.inverting import solved_by_undoing
from grader.equivalence.zeros import Zero, Zeros, in_order, placed, tried, undone_zeros, zeros_of
from grader.expressions.build import PI, div, mul, number
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import replace

_PERIODS = (2, 4, 8, 16)
_MAX_TURNS = 60
_PARTS_OF_PI = 60


@lru_cache(maxsize=1024)
def zeros_within(part: Expr, symbol: Expr, low: Fraction, high: Fraction) -> Zeros:
    """The zeros between two rationals; of a periodic part too, if there are not too many."""
    plain = zeros_of(part, symbol)
    if plain.complete:
        return plain
    return _undone(part, symbol, low, high) or _of_waves(part, symbol, low, high) or plain


def _undone(part: Expr, symbol: Expr, low: Fraction, high: Fraction) -> Zeros | None:
    """More and more periods, until they reach beyond both ends and nothing new comes in."""
    before: tuple[Zero, ...] | None = None
    for periods in _PERIODS:
        undone = solved_by_undoing(part, symbol, periods)
        if undone is None:
            return None
        found = undone_zeros(*undone).found
        inside = tuple(z for z in found if z.high >= low and z.low <= high)
        beyond = bool(found) and found[0].high < low and found[-1].low > high
        if beyond and inside == before:
            return Zeros(inside, True)
        before = inside
    return None


def _of_waves(part: Expr, symbol: Expr, low: Fraction, high: Fraction) -> Zeros | None:
    """By the tangent of half the angle; all of them, where every root of its polynomial has a name."""
    angle = in_half_angle(part, symbol)
    roots = zeros_of(angle.polynomial, TANGENT) if angle is not None else Zeros((), False)
    rate = constant_value(angle.rate) if angle is not None else None
    if angle is None or rate is None or not roots.complete or any(z.tree is None for z in roots.found):
        return None
    turns = ceil(float(max(abs(low), abs(high))) * abs(float(rate)) / (2 * pi)) + 1
    if turns > _MAX_TURNS:
        return None
    tangents = [*(z.tree for z in roots.found), None]
    trees = [angle.place(t, k) for t in tangents for k in range(-turns, turns + 1)]
    found = [placed(_plain(t, part, symbol, angle)) for t in trees]
    inside = [z for z in found if z is not None and z.high >= low and z.low <= high]
    return tried(Zeros(in_order(inside)), part, symbol)


def _plain(tree: Expr, part: Expr, symbol: Expr, angle: HalfAngle) -> Expr:
    """pi/6 for 2 arctan(2 - sqrt 3): the simple multiple of pi at the same place, if it is a zero."""
    value, rate = constant_value(tree), constant_value(angle.rate)
    if value is None or rate is None:
        return tree
    near = float(value) * float(rate) / pi
    multiple = Fraction(near).limit_denominator(_PARTS_OF_PI)
    if abs(float(multiple) - near) > 1e-12 * (1 + abs(near)):
        return tree
    simple = div(mul(number(multiple), PI), angle.rate)
    return simple if constant_zero(replace(part, {symbol: simple})) else tree
