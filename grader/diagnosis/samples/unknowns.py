"""Values for names and functions that nothing is known of: seeded by the name, smooth, with derivatives.

An unknown function of n numbers is a sum of two sines of linear forms, so that every partial derivative
is at hand and fits it.
"""

from __future__ import annotations

from typing import Any
from zlib import crc32

import numpy as np

from grader.diagnosis.samples.values import POINTS, Unfit, Value
from grader.expressions.domains import Domain
from grader.expressions.nodes import Expr

_STEP = 0.7548776662466927  # the plastic number's reciprocal: an evenly spread sequence


def spread(name: str, count: int) -> Any:
    """Numbers in (0, 1) that depend on the name only."""
    start = crc32(name.encode()) / 2**32
    return 0.02 + 0.96 * np.mod(start + _STEP * np.arange(1, count + 1), 1.0)


def scalar(name: str, domain: Domain) -> Any:
    """A symbol at the points, inside its domain; on the whole line mostly positive."""
    u = spread(name, POINTS)
    low = None if domain.low is None else float(domain.low)
    high = None if domain.high is None else float(domain.high)
    if domain.integer:
        return (2 if low is None else max(low, 0.0)) + np.floor(1 + 5 * u)
    if low is not None and high is not None:
        return low + (high - low) * u
    if low is not None:
        return low + 0.1 + 1.9 * u
    if high is not None:
        return high - 0.1 - 1.9 * u
    return (0.3 + 1.7 * u) * np.where(np.arange(POINTS) < POINTS - 2, 1.0, -1.0)


def vector(name: str, size: int) -> Any:
    """An abstract vector at the points."""
    return (2 * spread(name, POINTS * size) - 0.9).reshape(POINTS, size)


def matrix(name: str, size: int) -> Any:
    """An abstract matrix at the points: no symmetry, not singular."""
    entries = (2 * spread(name, POINTS * size * size) - 1).reshape(POINTS, size, size)
    return entries + 1.5 * np.eye(size)


def applied(
    function: Expr, args: list[Value], kind: str, partial: tuple[int, ...] = (), size: int = 3
) -> Value:
    """The value of an unknown function; `partial` names the arguments by which it is differentiated."""
    order = 0
    if function.head == "derived":
        order, function = function.value, function.args[0]
    if function.head not in ("symbol", "inverse"):
        raise Unfit
    name = repr(function)
    numbers = [column for value in args for column in _columns(value)]
    turns = partial or (0,) * order
    if kind == "vector":
        parts = [_sines(f"{name}/{k}", numbers, turns) for k in range(size)]
        return Value(1, np.stack(parts, axis=-1))
    return Value(0, _sines(name, numbers, turns))


def _columns(value: Value) -> list[Any]:
    if value.rank == 0:
        return [value.data]
    flat = value.data.reshape((*value.data.shape[: value.data.ndim - value.rank], -1))
    return [flat[..., k] for k in range(flat.shape[-1])]


def _sines(name: str, numbers: list[Any], turns: tuple[int, ...]) -> Any:
    if not numbers:
        raise Unfit
    total: Any = 0.0
    for part in (0, 1):
        slopes = 0.4 + spread(f"{name}:{part}", len(numbers) + 2)
        phase = 3 * slopes[-1] + sum(a * x for a, x in zip(slopes, numbers, strict=False))
        scale = slopes[-2] * float(np.prod([slopes[i] for i in turns])) if turns else slopes[-2]
        total = total + scale * np.sin(phase + len(turns) * np.pi / 2)
    return total
