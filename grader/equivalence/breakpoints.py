"""Points where something changes: a denominator is 0, an absolute value turns, a case ends."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Any

from flint import arb, fmpq, fmpq_poly

from grader.equivalence.arrays import ShapeError
from grader.equivalence.ball import compile_tape, exact_at
from grader.equivalence.features import features
from grader.equivalence.points import Point, Space
from grader.equivalence.polynomial import coefficients_of
from grader.equivalence.precision import bits
from grader.equivalence.refute import NO_VALUE, Separation
from grader.equivalence.scalars import Unclear, Undefined
from grader.expressions.build import sub
from grader.expressions.nodes import Expr, walk

_MAX_POINTS = 12
_MAX_DEGREE = 12
_TURNING = frozenset(["abs", "ln", "sign", "floor", "ceil", "arcsin", "arccos", "artanh", "arcosh"])


@lru_cache(maxsize=4096)
def turning_parts(tree: Expr) -> tuple[Expr, ...]:
    """Parts of the tree at whose zeros (or integers next to 0) its value or its domain may change."""
    found: dict[Expr, None] = {}
    for part in walk(tree):
        if (part.head == "pow" and part.args[1].head == "number" and _is_critical(part.args[1].value)) or (
            part.head == "call" and part.value in _TURNING
        ):
            found[part.args[0]] = None
        elif part.head == "call" and part.value in ("min", "max"):
            found.update({sub(part.args[0], other): None for other in part.args[1:]})
        elif part.head == "call" and part.value == "log":
            found.update(dict.fromkeys(part.args))
        elif part.head == "chain":
            pairs = zip(part.args, part.args[1:], strict=False)
            found.update({sub(a, b): None for a, b in pairs if a.kind == "scalar"})
    return tuple(part for part in found if part.kind == "scalar" and features(part).free)


def _is_critical(exponent: Fraction) -> bool:
    return exponent < 0 or exponent.denominator != 1


def breakpoints(space: Space, trees: tuple[Expr, ...], bases: tuple[Point, ...]) -> Iterator[Point]:
    """Points at the rational zeros of the turning parts, the other symbols as in a base point."""
    seen: set[tuple[Any, ...]] = set()
    for part in dict.fromkeys(p for t in trees for p in turning_parts(t)):
        for base in bases:
            for symbol in space.scalars:
                if symbol not in features(part).free:
                    continue
                for root in _rational_roots(part, symbol, base):
                    scalars = {**base.scalars, symbol: root}
                    key = tuple(scalars.values())
                    if key in seen or not space.domains[symbol].holds(root):
                        continue
                    seen.add(key)
                    yield Point(scalars, base.seed)
                    if len(seen) >= _MAX_POINTS:
                        return


def _polynomial(part: Expr, symbol: Expr, base: Point) -> Any | None:
    trees = coefficients_of(part, symbol)
    if trees is None or len(trees) > _MAX_DEGREE:
        return None
    values = [exact_at(t, base.scalars) for t in trees]
    if any(v is None for v in values):
        return None
    return fmpq_poly([fmpq(v.numerator, v.denominator) for v in values if v is not None])


def _rational_roots(part: Expr, symbol: Expr, base: Point) -> list[Fraction]:
    poly = _polynomial(part, symbol, base)
    if poly is None or poly.degree() < 1:
        return []
    found = []
    for factor, _ in poly.numer().factor()[1]:
        if factor.degree() == 1:
            root = fmpq(-factor[0], factor[1])
            found.append(Fraction(int(root.numerator), int(root.denominator)))
    return found


def irrational_hole(space: Space, left: Expr, right: Expr, base: Point) -> Separation | None:
    """A zero of a denominator on one side only that is no rational number, where the other has a value."""
    for tree, other, swap in ((left, right, False), (right, left, True)):
        for part in turning_parts(tree):
            if not _is_denominator(tree, part):
                continue
            for symbol in features(part).free:
                found = _hole(space, part, other, symbol, base)
                if found is not None:
                    point, value = found
                    sides = (value, NO_VALUE) if swap else (NO_VALUE, value)
                    return Separation("domain", point, *sides)
    return None


@lru_cache(maxsize=4096)
def _is_denominator(tree: Expr, part: Expr) -> bool:
    return any(
        p.head == "pow" and p.args[0] is part and p.args[1].head == "number" and p.args[1].value < 0
        for p in walk(tree)
    )


def _hole(space: Space, part: Expr, other: Expr, symbol: Expr, base: Point) -> tuple[Point, Any] | None:
    poly = _polynomial(part, symbol, base) if symbol in space.domains else None
    if poly is None or poly.degree() < 2:
        return None
    domain = space.domains[symbol]
    for factor, _ in poly.numer().factor()[1]:
        if factor.degree() < 2 or domain.integer:
            continue
        with bits(128):
            for root, _n in factor.complex_roots():
                if not root.imag.is_zero() or not _within(root.real, domain.low, domain.high):
                    continue
                env = space.environment(base)
                env[symbol] = root.real
                try:
                    value = compile_tape(other, space.complexes).run(env)
                except (Undefined, Unclear, ShapeError):
                    continue
                return Point({**base.scalars, symbol: _near(root.real)}, base.seed), value
    return None


def _within(root: Any, low: Fraction | None, high: Fraction | None) -> bool:
    above = low is None or root > arb(low.numerator) / low.denominator
    below = high is None or root < arb(high.numerator) / high.denominator
    return bool(above and below)


def _near(root: Any) -> Fraction:
    return Fraction(str(root.mid().str(8, radius=False)))
