"""Values for functions and families that nothing is known of: smooth, the same for equal arguments.

An unknown scalar function is taken as a sum of two waves c sinh(a . t + b) with seeded rational a, b, c: its
derivatives are at hand, so that f' fits f, and it fulfils no equation that a student would write. Where its
inverse occurs, one wave is taken, which can be inverted. Two points use different seeds; at each third one
the waves are sines, and the values lie between 0 and 1, so that ln f and ln(1 - f) have values.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from zlib import crc32

from flint import fmpq

from grader.equivalence import scalars as S
from grader.equivalence.arrays import Array, vector
from grader.equivalence.scalars import Undefined
from grader.expressions.nodes import Expr

SEED = "seed"
DIMENSION = "dimension"
INVERTIBLE = "invertible"
MEMBERS = "members"


def seeded(name: str, *salt: int) -> int:
    """A number that depends on the name and the salt only."""
    return crc32(("/".join([name, *map(str, salt)])).encode())


@lru_cache(maxsize=1024)  # an integral asks for the same ones at hundreds of points
def _parameters(name: str, seed: int, arguments: int, wave: int) -> tuple[tuple[fmpq, ...], fmpq, fmpq]:
    salt = 1000 * wave
    slopes = tuple(fmpq(1 + seeded(name, seed, salt + k) % 5, 6 + wave) for k in range(arguments))
    shift = fmpq(1 + seeded(name, seed, salt + 101) % 7, 5)
    scale = fmpq(1 + seeded(name, seed, salt + 102) % 6, 3)
    return slopes, shift, scale


def _flat(values: tuple[Any, ...]) -> list[Any]:
    found: list[Any] = []
    for v in values:
        if type(v) is Event:
            v = fmpq(seeded(str(v.bits)) % 211, 50)
        found.extend(v.entries if type(v) is Array else (v,))
    return found


def unknown_value(environment: Mapping[Any, Any], tree: Expr, values: tuple[Any, ...]) -> Any:
    """The value of an applied unknown function, or of a member of a family, at a point."""
    seed = environment.get(SEED, 0)
    if tree.kind == "vector":
        return _vector_value(environment, tree, values, seed)
    function = tree.args[0]
    flat = _flat(values)
    if tree.head == "index" and all(type(v) is fmpq for v in flat):
        return _member(environment, function.value, seed, flat)
    waves = 1 if environment.get(INVERTIBLE) else 2
    if tree.head == "partial":
        return _waves(function.value, seed, flat, tree.value, waves)
    order: tuple[int, ...] = ()
    if function.head == "derived":
        order, function = (0,) * function.value, function.args[0]
    if function.head == "inverse" and not order and len(flat) == 1:
        return _inverse(function.args[0], seed, flat[0])
    if function.head != "symbol":
        raise Undefined
    return _waves(function.value, seed, flat, order, waves)


def _waves(name: str, seed: int, values: list[Any], order: tuple[int, ...], waves: int) -> Any:
    tame = waves == 2 and seed % 3 == 0
    total = None if order or not tame else S.to_arb(fmpq(1, 2))
    for wave in range(waves):
        slopes, shift, scale = _parameters(name, seed, len(values), wave)
        argument = S.add(shift, *(S.mul(a, v) for a, v in zip(slopes, values, strict=True)))
        ball = S.to_arb(argument)
        if tame:
            value, scale = _sine(ball, len(order)), scale / 12
        else:
            value = S.checked(ball.cosh() if len(order) % 2 else ball.sinh())
        part = S.mul(scale, *(slopes[i] for i in order), value)
        total = part if total is None else total + part
    return total


def _sine(ball: Any, order: int) -> Any:
    """A derivative of the sine."""
    value = ball.cos() if order % 2 else ball.sin()
    return -value if order % 4 >= 2 else value


def _inverse(function: Expr, seed: int, value: Any) -> Any:
    if function.head != "symbol":
        raise Undefined
    slopes, shift, scale = _parameters(function.value, seed, 1, 0)
    return (S.to_arb(value / scale).asinh() - shift) / slopes[0]


def _member(environment: Mapping[Any, Any], name: str, seed: int, places: list[Any]) -> Any:
    """A member of a family: of its domain; else between 0 and 1, positive, or any, from point to point."""
    which = seeded(f"{name}[{','.join(map(str, places))}]", seed)
    allowed = environment.get((MEMBERS, name))
    if allowed:
        value = allowed[which % len(allowed)]
        return fmpq(value.numerator, value.denominator)
    if seed % 3 == 0:
        return fmpq(1 + which % 96, 97)
    size = fmpq(1 + which % 23, 1 + which // 23 % 4)
    return -size if seed % 3 == 2 and which // 92 % 2 else size


class Event(NamedTuple):
    """What stands in P(A intersection B): a set of bits, so that the laws of sets hold."""

    bits: int


def event_of(value: Any) -> Event:
    """A value as an event."""
    return value if type(value) is Event else Event(seeded(str(value)))


# small integer vectors with rational norms
VECTORS = ((1, 2, 2), (2, -1, 2), (2, 3, 6), (-2, 2, 1), (3, 6, -2), (4, -4, 7), (1, -4, 8), (6, 2, -3))


@lru_cache(maxsize=1024)
def small_vector(name: str, seed: int, dimension: int = 3) -> Array:
    """An integer vector, in R^3 one with an integer norm."""
    if dimension == 3:
        return vector(tuple(fmpq(k) for k in VECTORS[(seeded(name, seed) + seed) % len(VECTORS)]))
    entries = [seeded(name, seed, k) % 9 - 4 for k in range(dimension)]
    entries[0] += 5
    return vector(tuple(fmpq(k) for k in entries))


def _vector_value(environment: Mapping[Any, Any], tree: Expr, values: tuple[Any, ...], seed: int) -> Array:
    flat = _flat(values)
    exact = all(type(v) is fmpq for v in flat)
    place = ",".join(map(str, flat)) if exact else ",".join(map(repr, tree.args[1:]))
    return small_vector(f"{tree.args[0]!r}({place})", seed, environment.get(DIMENSION, 3))


@lru_cache(maxsize=1024)
def small_matrix(name: str, seed: int, rows: int = 3, columns: int | None = None) -> Array:
    """An integer matrix of full rank (its diagonal dominates); as many columns as rows unless it is said."""
    n = rows if columns is None else columns
    entries = [fmpq(seeded(name, seed, k) % 5 - 2) for k in range(rows * n)]
    for k in range(min(rows, n)):
        entries[k * n + k] += 2 * n + 1
    return Array(rows, n, tuple(entries))
