"""Layer 1: look for a rational point where the enclosures of two trees do not meet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from flint import arb, fmpq

from grader.equivalence import arrays as A
from grader.equivalence.ball import Tape, Unsupported, compile_tape
from grader.equivalence.ball_relations import same
from grader.equivalence.points import Point, Space
from grader.equivalence.precision import bits
from grader.equivalence.scalars import Unclear, Undefined
from grader.equivalence.settled import NO_VALUE
from grader.expressions.nodes import Expr

QUICK_BITS = 96
DEEP_BITS = (320, 1200, 4000)
_AGREED_BITS = 40

Kind = Literal["value", "domain"]


@dataclass(frozen=True, slots=True)
class Separation:
    """A point that tells two trees apart; `domain` if only one of them has a value there."""

    kind: Kind
    point: Point
    left: Any
    right: Any


@dataclass(slots=True)
class Trial:
    """What comparing at some points gave."""

    separation: Separation | None = None
    agreed: int = 0
    tried: int = 0
    bits: int = 0
    exact: bool = False
    left_values: int = 0
    right_values: int = 0
    missing: int = 0


def value_at(tape: Tape, space: Space, point: Point) -> Any:
    """The value, or NO_VALUE; raises `Unclear`."""
    try:
        return tape.run(space.environment(point))
    except Undefined:
        return NO_VALUE


def compare_at(
    left: Tape, right: Tape, space: Space, point: Point, trial: Trial | None = None
) -> Separation | bool | None:
    """Told apart, or True for agreement, None where neither has a value; raises `Unclear`."""
    return _compared(*_values(left, right, space, point, trial), point)


def _values(left: Tape, right: Tape, space: Space, point: Point, trial: Trial | None) -> tuple[Any, Any]:
    env = space.environment(point)
    try:
        a = left.run(env)
    except Undefined:
        a = NO_VALUE
    try:
        b = right.run(env)
    except Undefined:
        b = NO_VALUE
    if trial is not None:
        trial.left_values += a is not NO_VALUE
        trial.right_values += b is not NO_VALUE
        trial.missing += a is b and a is NO_VALUE
        trial.exact = type(a) is fmpq and type(b) is fmpq
    return a, b


def _compared(a: Any, b: Any, point: Point) -> Separation | bool | None:
    if a is NO_VALUE or b is NO_VALUE:
        return None if a is b else Separation("domain", point, a, b)
    return True if same(a, b) else Separation("value", point, a, b)


def compare_deeply(
    left: Tape, right: Tape, space: Space, point: Point, levels: Iterable[int], trial: Trial | None = None
) -> tuple[Separation | bool | None, bool, int]:
    """`compare_at` with more and more bits: (result, whether the balls still met at the end, bits).

    They meet where both are narrow: that is agreement to the working precision.
    """
    used = 0
    met = False
    for level in levels:
        used = level
        with bits(level):
            try:
                a, b = _values(left, right, space, point, trial)
            except Undefined:
                return None, False, used
            except Unclear:
                met = False
                continue
            try:
                return _compared(a, b, point), False, used
            except Unclear:
                met = all(map(_is_narrow, _entries(a), _entries(b)))
    return None, met, used


def _entries(value: Any) -> tuple[Any, ...]:
    return value.entries if type(value) is A.Array else (value,)


def _is_narrow(a: Any, b: Any) -> bool:
    """Whether the difference is certainly tiny, both as it is and beside the values."""
    if isinstance(a, bool) or isinstance(b, bool):
        return True
    gap = arb(abs(a - b)).upper()
    size = arb(abs(a)).lower()
    edge = arb(2) ** -_AGREED_BITS
    return bool(gap < edge and (gap < size * edge or not size > 0))


def refute(
    left: Expr,
    right: Expr,
    space: Space,
    points: Iterable[Point],
    levels: tuple[int, ...],
    ignore_domain: bool,
) -> Trial:
    """Compare at the points, in order; a difference in value wins over one in domain.

    Raises `Unsupported` or `ShapeError` if a tree cannot be evaluated at all.
    """
    a, b = compile_tape(left, space.complexes), compile_tape(right, space.complexes)
    trial = Trial()
    for point in points:
        if not admits(space, point):
            continue
        trial.tried += 1
        found, met, used = compare_deeply(a, b, space, point, levels, trial)
        if isinstance(found, Separation):
            if found.kind == "domain" and ignore_domain:
                continue
            if trial.separation is None or found.kind == "value":
                trial.separation = found
            if found.kind == "value":
                return trial
        elif found or met:
            trial.agreed += 1
            trial.bits = max(trial.bits, used)
    return trial


def admits(space: Space, point: Point) -> bool:
    """Whether every side condition holds at the point."""
    for condition in space.assumptions.conditions:
        try:
            with bits(QUICK_BITS):
                if not compile_tape(condition, space.complexes).run(space.environment(point)):
                    return False
        except (Undefined, Unclear, Unsupported, A.ShapeError):
            return False
    return True
