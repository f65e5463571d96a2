"""A sampled value: an array whose last axes are the value's own, the one before them the points."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

POINTS = 6
LEAST = 2
_RELATIVE = 1e-8
_ABSOLUTE = 1e-11


class Unfit(Exception):
    """There is no sample of a tree (a limit, a set, shapes that do not fit ...)."""


class Value(NamedTuple):
    """`rank` 0, 1, 2 for a number, a vector, a matrix; `data` has the shape ([batch,] points, *own)."""

    rank: int
    data: Any

    @property
    def own(self) -> tuple[int, ...]:
        """The shape of one sample."""
        return tuple(self.data.shape[self.data.ndim - self.rank :])

    @property
    def batch(self) -> tuple[int, ...]:
        """The shape of the batch: none, or how many there are."""
        return tuple(self.data.shape[: self.data.ndim - self.rank - 1])


def wide(value: Value, rank: int) -> Any:
    """The data of a number, broadcastable against arrays of a rank."""
    return value.data.reshape(value.data.shape + (1,) * rank) if value.rank == 0 and rank else value.data


def agree(found: Value, target: Value) -> Any:
    """For each of a batch, whether it has the target's value wherever both have one, twice at least."""
    if found.rank != target.rank or found.own != target.own:
        return np.zeros(found.batch, dtype=bool)
    a, b = found.data, target.data
    if not found.rank and _all_apart(a[..., 0], b[0]):
        return np.zeros(found.batch, dtype=bool)
    close = np.abs(a - b) <= _RELATIVE * (np.abs(a) + np.abs(b)) + _ABSOLUTE
    both = np.isfinite(a) & np.isfinite(b)
    for _ in range(found.rank):
        close, both = close.all(axis=-1), both.all(axis=-1)
    return (close | ~both).all(axis=-1) & (both.sum(axis=-1) >= LEAST)


def _all_apart(found: Any, target: Any) -> bool:
    """Whether no member of a batch can have the target's value at the first point."""
    return bool((np.abs(found - target) > 1e-6 * (1 + abs(target))).all())


def proportional(found: Value, target: Value) -> Any:
    """For each of a batch of numbers, whether it is a constant other than 0 times the target."""
    if found.rank or target.rank:
        return np.zeros(found.batch, dtype=bool)
    a, b = found.data, target.data
    fit = np.isfinite(a) & np.isfinite(b)
    at = int(np.where(np.isfinite(b), np.abs(b), 0.0).argmax())
    c = (a[..., at] / b[at])[..., None]
    close = np.abs(a - c * b) <= _RELATIVE * (np.abs(a) + np.abs(c * b)) + _ABSOLUTE
    return (close | ~fit).all(axis=-1) & (fit.sum(axis=-1) > LEAST) & (np.abs(c[..., 0]) > 1e-9)


def ratios(above: Value, below: Value) -> Any:
    """The constant c with above = c below at all points, or None; c is a float (0 is no ratio)."""
    if above.rank != below.rank or above.own != below.own:
        return None
    a, b = above.data.reshape(POINTS, -1), below.data.reshape(POINTS, -1)
    fit = np.isfinite(a) & np.isfinite(b)
    sizes = np.where(fit, np.abs(b), 0.0)
    if not sizes.any():
        return None
    at = np.unravel_index(int(sizes.argmax()), sizes.shape)
    c = a[at] / b[at]
    close = np.abs(a - c * b) <= _RELATIVE * (np.abs(a) + np.abs(c * b)) + _ABSOLUTE
    if abs(c) < 1e-9 or not (close | ~fit).all() or fit.all(axis=1).sum() < LEAST:
        return None
    return c
