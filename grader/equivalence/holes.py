"""Places where two trees may part though they agree at all points tried so far: zeros of their turning parts.

Rational zeros, and rationals between and beyond all zeros, are points to compare at. At an irrational zero
the trees are compared exactly where it is known as a tree, and else by a ball around it: a pole there
against a finite enclosure of the other tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Any

from flint import arb

from grader.equivalence.arrays import ShapeError
from grader.equivalence.ball import Unsupported, compile_tape, to_scalar
from grader.equivalence.ball_relations import same
from grader.equivalence.points import Point, Space
from grader.equivalence.precision import bits
from grader.equivalence.refute import Separation, admits
from grader.equivalence.scalars import Unclear, Undefined
from grader.equivalence.settled import NO_VALUE, value_exactly
from grader.equivalence.turning import REAL_KINDS, Turn, turns
from grader.equivalence.zeros import Zero, along
from grader.expressions.build import number
from grader.expressions.domains import Domain
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import replace

_MAX_POINTS = 40
_MAX_LINES = 8
_MAX_PLACES = 24


@dataclass(frozen=True, slots=True)
class Line:
    """The zeros of turning parts along one symbol, the others as in `base`."""

    symbol: Expr
    base: Point
    zeros: tuple[tuple[Zero, Turn], ...]
    complete: bool


def lines(space: Space, trees: tuple[Expr, ...], bases: tuple[Point, ...]) -> tuple[Line, ...]:
    """For every base and symbol the zeros along it; none where nothing turns."""
    every = (turn for tree in trees for turn in turns(tree))
    parts = tuple(dict.fromkeys(turn for turn in every if turn.part.kind in REAL_KINDS))
    if not parts:
        return ()
    found = []
    for base in bases:
        for symbol in space.scalars:
            line = _line(space, parts, symbol, base)
            if line.zeros:
                found.append(line)
            if len(found) >= _MAX_LINES:
                return tuple(found)
    return tuple(found)


def _line(space: Space, parts: tuple[Turn, ...], symbol: Expr, base: Point) -> Line:
    found: list[tuple[Zero, Turn]] = []
    complete = True
    for turn in parts:
        zeros = along(turn.part, symbol, base.scalars)
        complete &= zeros.complete
        found.extend((zero, turn) for zero in zeros.found)
    found.sort(key=lambda pair: (pair[0].low, pair[0].high))
    return Line(symbol, base, tuple(found[:_MAX_PLACES]), complete)


def points_on(space: Space, found: tuple[Line, ...]) -> Iterator[Point]:
    """Points at the rational zeros, and between and beyond all zeros."""
    seen: set[tuple[Any, ...]] = set()
    for line in found:
        domain = space.domains[line.symbol]
        for place in _places([zero for zero, _ in line.zeros], domain):
            scalars = {**line.base.scalars, line.symbol: place}
            key = (line.base.seed, *scalars.values())
            if key not in seen and domain.holds(place):
                seen.add(key)
                yield Point(scalars, line.base.seed)
                if len(seen) >= _MAX_POINTS:
                    return


def _places(zeros: list[Zero], domain: Domain) -> list[Fraction]:
    inside = [z for z in zeros if _may_hold(domain, z)]
    found = [z.exact for z in inside if z.exact is not None]
    ends = [(z.low, z.high) for z in inside]
    if domain.low is not None:
        ends.insert(0, (domain.low, domain.low))
    if domain.high is not None:
        ends.append((domain.high, domain.high))
    for (_, low), (high, _) in pairwise(ends):
        if high > low:
            found.append(simplest_between(low, high))
    if ends and domain.low is None:
        found += [Fraction(floor(ends[0][0]) - 1)]
    if ends and domain.high is None:
        found += [Fraction(ceil(ends[-1][1]) + 1)]
    return found


def _may_hold(domain: Domain, zero: Zero) -> bool:
    return (domain.low is None or zero.high >= domain.low) and (
        domain.high is None or zero.low <= domain.high
    )


def simplest_between(low: Fraction, high: Fraction) -> Fraction:
    """The rational with the smallest denominator strictly between two rationals (Stern-Brocot).

    >>> simplest_between(Fraction(1, 3), Fraction(1, 2))
    Fraction(2, 5)
    """
    if low < 0 < high:
        return Fraction(0)
    if high <= 0:
        return -simplest_between(-high, -low)
    whole = floor(low)
    if whole + 1 < high:
        return Fraction(whole + 1)
    rest = low - whole
    if rest == 0:
        return whole + Fraction(1, floor(1 / (high - whole)) + 1)
    return whole + 1 / simplest_between(1 / (high - whole), 1 / rest)


def hole(space: Space, left: Expr, right: Expr, found: tuple[Line, ...]) -> Separation | None:
    """A zero that is no rational number at which the trees part, with certainty."""
    for line in found:
        domain = space.domains[line.symbol]
        if domain.integer:
            continue
        for zero, turn in line.zeros:
            if zero.exact is None and _inside(domain, zero):
                parted = _parted(space, left, right, line, zero, turn)
                if parted is not None:
                    return parted
    return None


def _inside(domain: Domain, zero: Zero) -> bool:
    low = domain.low is None or zero.low > domain.low
    return low and (domain.high is None or zero.high < domain.high)


def _parted(space: Space, left: Expr, right: Expr, line: Line, zero: Zero, turn: Turn) -> Separation | None:
    middle = Fraction((zero.low + zero.high) / 2).limit_denominator(10**9)
    shown = ((line.symbol, zero.tree),) if zero.tree is not None else ()
    point = Point({**line.base.scalars, line.symbol: middle}, line.base.seed, shown)
    if not admits(space, point):
        return None
    if zero.tree is not None and not (space.vectors or space.matrices or space.coordinates or space.calls):
        return _parted_exactly(space, left, right, line, zero.tree, point)
    return _parted_by_ball(space, left, right, line, zero, turn, point) if turn.how == "pole" else None


def _parted_exactly(
    space: Space, left: Expr, right: Expr, line: Line, place: Expr, point: Point
) -> Separation | None:
    table = {s: number(v) for s, v in line.base.scalars.items()} | {line.symbol: place}
    values = [value_exactly(replace(tree, table), space.complexes) for tree in (left, right)]
    if values[0] is None or values[1] is None:
        return None
    if (values[0] is NO_VALUE) != (values[1] is NO_VALUE):
        return Separation("domain", point, *values)
    if values[0] is NO_VALUE:
        return None
    try:
        return None if same(*values) else Separation("value", point, *values)
    except Unclear:
        return None


def _parted_by_ball(
    space: Space, left: Expr, right: Expr, line: Line, zero: Zero, turn: Turn, point: Point
) -> Separation | None:
    """The tree with the pole has no value at the zero; has the other one a value all around it?"""
    for tree, other, swap in ((left, right, False), (right, left, True)):
        if turn not in turns(tree) or turn in turns(other):
            continue
        try:
            with bits(128):
                env = space.environment(point)
                env[line.symbol] = arb(to_scalar(zero.low)).union(arb(to_scalar(zero.high)))
                value = compile_tape(other, space.complexes).run(env)
        except (Undefined, Unclear, Unsupported, ShapeError):
            continue
        return Separation("domain", point, *((value, NO_VALUE) if swap else (NO_VALUE, value)))
    return None
