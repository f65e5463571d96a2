"""A point where an equation holds and the conclusion does not, found by bisection and certified by balls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

from flint import arb, fmpq

from grader.equivalence.arrays import ShapeError
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.ball import Tape, Unsupported, compile_tape
from grader.equivalence.conclude import Ways
from grader.equivalence.points import Point, Space, describe
from grader.equivalence.precision import bits
from grader.equivalence.prepare import Prepared
from grader.equivalence.refute import admits
from grader.equivalence.scalars import Unclear, Undefined, sign
from grader.equivalence.sentences import place_text
from grader.equivalence.truths import Link
from grader.expressions.nodes import Expr
from grader.records import Equality, Evidence, EvidenceKind, Verdict

_UNKNOWN = Verdict(Equality.UNKNOWN)
_BITS = 128
_STEPS = 60
_MAX_CHECKS = 24
_End = tuple[Fraction, int | None]  # of an interval, with the sign of the gap there


def search_witness(equations: tuple[Link, ...], wanted: Ways, assumptions: Assumptions) -> Verdict:
    """DIFFERENT with a certified point (an interval that holds a solution), else UNKNOWN."""
    if len(equations) != 1:
        return _UNKNOWN
    link = equations[0]
    goals = [w for way in wanted for w in way]
    if any(w.operator != "=" for w in goals) or any(len(way) != 1 for way in wanted):
        return _UNKNOWN
    space = Space(
        Prepared((link.left, link.right, *(t for w in goals for t in (w.left, w.right)))), assumptions
    )
    try:
        gap = compile_tape(link.gap, space.complexes)
        tapes = [compile_tape(w.gap, space.complexes) for w in goals]
        return _search(space, gap, tapes, link)
    except (Unsupported, ShapeError):
        return _UNKNOWN


def _search(space: Space, gap: Tape, goals: list[Tape], link: Link) -> Verdict:
    checks = 0
    for base in space.points(3):
        for unknown, values in zip(space.scalars, space.pools, strict=True):
            if space.domains[unknown].integer:
                continue
            for low, high in pairwise(_signed(space, gap, base, unknown, values)):
                checks += 1
                found = _between(space, gap, goals, base, unknown, low, high)
                if found is not None:
                    return _verdict(space, base, unknown, found)
                if checks > _MAX_CHECKS * 12:
                    return _UNKNOWN
    return _UNKNOWN


def _signed(
    space: Space, gap: Tape, base: Point, unknown: Expr, values: Iterable[Fraction]
) -> Iterator[_End]:
    """The values in order, each with the sign of the gap there: asked once, though two intervals meet."""
    for value in sorted(values):
        with bits(_BITS):
            found = _sign_at(space, gap, base, unknown, value)
        yield value, found


def _sign_at(space: Space, tape: Tape, base: Point, unknown: Expr, value: Fraction) -> int | None:
    point = Point({**base.scalars, unknown: value}, base.seed)
    try:
        return sign(tape.run(space.environment(point)))
    except (Undefined, Unclear):
        return None


def _between(
    space: Space, gap: Tape, goals: list[Tape], base: Point, unknown: Expr, start: _End, stop: _End
) -> tuple[Fraction, Fraction] | None:
    """An interval that holds a solution at which every goal fails."""
    (low, first), (high, last) = start, stop
    if first is None or last is None or first * last >= 0:
        return None
    with bits(_BITS):
        for _ in range(_STEPS):
            middle = (low + high) / 2
            s = _sign_at(space, gap, base, unknown, middle)
            if s is None:
                return None
            if s == 0:
                low = high = middle
                break
            low, high = (middle, high) if s == first else (low, middle)
        # Both ends have to be inside: for cos x = 0 where x < pi/2 the solution is where the condition ends.
        ends = [Point({**base.scalars, unknown: end}, base.seed) for end in (low, high)]
        if _fails_on(space, gap, goals, base, unknown, low, high) and all(admits(space, e) for e in ends):
            return low, high
    return None


def _fails_on(
    space: Space, gap: Tape, goals: list[Tape], base: Point, unknown: Expr, low: Fraction, high: Fraction
) -> bool:
    """The gap is continuous on the interval (it has a finite enclosure), and no goal comes near 0."""
    env: dict[Any, Any] = space.environment(Point({**base.scalars, unknown: low}, base.seed))
    ends = [arb(fmpq(v.numerator, v.denominator)) for v in (low, high)]
    env[unknown] = ends[0].union(ends[1]) if low != high else fmpq(low.numerator, low.denominator)
    try:
        gap.run(env)
        return all(sign(goal.run(env)) != 0 for goal in goals)
    except (Undefined, Unclear):
        return False


def _verdict(space: Space, base: Point, unknown: Expr, found: tuple[Fraction, Fraction]) -> Verdict:
    shown = describe(space, Point({**base.scalars, unknown: found[0]}, base.seed))
    middle = arb(fmpq(found[0].numerator, found[0].denominator))
    shown[str(unknown.value)] = middle.str(8, radius=False)
    sentence = f"Near {place_text(shown)} what stands before holds, but this does not."
    return Verdict(Equality.DIFFERENT, Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, {"point": shown}))
