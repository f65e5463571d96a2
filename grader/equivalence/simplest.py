"""A counterexample in small numbers that a person can check by hand."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Any

from flint import fmpq

from grader.equivalence.arrays import Array, ShapeError
from grader.equivalence.ball import Unsupported, compile_tape
from grader.equivalence.points import Point, Space, pool
from grader.equivalence.precision import bits
from grader.equivalence.refute import QUICK_BITS, Separation, admits, compare_at
from grader.equivalence.scalars import Unclear, Undefined
from grader.expressions.domains import Domain
from grader.expressions.nodes import Expr

_TRIES = 6
_PREFERRED = tuple(Fraction(v) for v in (2, 1, 3, 0, -1, 4, -2, 5))


def simplest(found: Separation, left: Expr, right: Expr, space: Space) -> Separation:
    """The same kind of separation at the first of a few small points where both values are exact.

    Where no values are exact, at the first small point that separates; `found` where none does.
    """
    if not space.scalars or found.point.exact:
        return found
    try:
        tapes = compile_tape(left, space.complexes), compile_tape(right, space.complexes)
    except Unsupported:
        return found
    plain: Separation | None = None
    for point in _points(space, found.point.seed):
        other = _separated(tapes, space, point)
        if other is None or other.kind != found.kind:
            continue
        if _is_exact(other.left) and _is_exact(other.right):
            return other
        plain = plain or other
    return found if plain is None or (_is_exact(found.left) and _is_exact(found.right)) else plain


def _separated(tapes: tuple[Any, Any], space: Space, point: Point) -> Separation | None:
    if not admits(space, point):
        return None
    try:
        with bits(QUICK_BITS):
            found = compare_at(*tapes, space, point)
    except (Unclear, Undefined, ShapeError):
        return None
    return found if isinstance(found, Separation) else None


def _points(space: Space, seed: int) -> Iterator[Point]:
    values = [_small(space.domains[s]) for s in space.scalars]
    if not all(values):
        return
    for k in range(_TRIES):
        chosen = {s: v[(k + j) % len(v)] for j, (s, v) in enumerate(zip(space.scalars, values, strict=True))}
        yield Point(chosen, seed)


@lru_cache(maxsize=512)
def _small(domain: Domain) -> tuple[Fraction, ...]:
    """The plainest numbers of a domain: integers, and else those with small denominators."""
    whole = tuple(v for v in _PREFERRED if domain.holds(v))
    if len(whole) >= 4:
        return whole
    others = sorted(pool(domain), key=lambda v: (v.denominator, abs(v.numerator)))
    return tuple(dict.fromkeys((*whole, *others)))[:6]


def _is_exact(value: Any) -> bool:
    if type(value) is Array:
        return all(_is_exact(v) for v in value.entries)
    return type(value) is fmpq or not hasattr(value, "mid")
