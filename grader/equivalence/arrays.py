"""Vectors and matrices of scalars (see `scalars`), for evaluation at a point."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from flint import fmpq, fmpq_mat

from grader.equivalence import scalars as S
from grader.equivalence.scalars import Scalar


class ShapeError(Exception):
    """Arrays whose shapes do not fit, or that stand where a number must."""


class Array(NamedTuple):
    """Entries by rows; a vector has one column."""

    rows: int
    columns: int
    entries: tuple[Scalar, ...]


Item = Scalar  # a scalar or an Array


def vector(entries: tuple[Scalar, ...]) -> Array:
    """A column."""
    return Array(len(entries), 1, entries)


def add(*xs: Item) -> Item:
    """The sum of scalars or of arrays of one shape."""
    if not any(type(x) is Array for x in xs):
        return S.add(*xs)
    xs = tuple(x for x in xs if not _is_nothing(x))
    total = xs[0]
    for x in xs[1:]:
        if type(x) is not Array or type(total) is not Array or x[:2] != total[:2]:
            raise ShapeError
        total = Array(x.rows, x.columns, tuple(a + b for a, b in zip(total.entries, x.entries, strict=True)))
    return total


def _is_nothing(x: Item) -> bool:
    return type(x) is fmpq and x == 0


def mul(*xs: Item) -> Item:
    """The product in order; a row-by-column product of one entry is a scalar."""
    if not any(type(x) is Array for x in xs):
        return S.mul(*xs)
    total = xs[0]
    for x in xs[1:]:
        total = _times(total, x)
    return total


def _times(x: Item, y: Item) -> Item:
    if type(x) is not Array or type(y) is not Array:
        array, factor = (x, y) if type(x) is Array else (y, x)
        if type(array) is not Array:
            return S.mul(x, y)
        return Array(array.rows, array.columns, tuple(S.mul(factor, a) for a in array.entries))
    if x.columns != y.rows:
        raise ShapeError
    entries = tuple(
        S.add(*(S.mul(x.entries[i * x.columns + k], y.entries[k * y.columns + j]) for k in range(x.columns)))
        for i in range(x.rows)
        for j in range(y.columns)
    )
    return entries[0] if len(entries) == 1 and x.rows == 1 else Array(x.rows, y.columns, entries)


def transpose(x: Item) -> Item:
    """The transpose; a scalar is its own."""
    if type(x) is not Array:
        return x
    flipped = tuple(x.entries[i * x.columns + j] for j in range(x.columns) for i in range(x.rows))
    return Array(x.columns, x.rows, flipped)


def dot(x: Item, y: Item) -> Scalar:
    """The scalar product."""
    if type(x) is not Array or type(y) is not Array:
        if _is_nothing(x) or _is_nothing(y):  # the sum of no vectors
            return fmpq(0)
        if type(x) is Array or type(y) is Array:
            raise ShapeError
        return S.mul(x, y)
    if len(x.entries) != len(y.entries):
        raise ShapeError
    return S.add(*(S.mul(a, b) for a, b in zip(x.entries, y.entries, strict=True)))


def cross(x: Item, y: Item) -> Item:
    """The vector product in three dimensions."""
    if type(x) is not Array or type(y) is not Array or len(x.entries) != 3 or len(y.entries) != 3:
        raise ShapeError
    (a, b, c), (d, e, f) = x.entries, y.entries
    pairs = ((b, f, c, e), (c, d, a, f), (a, e, b, d))
    return vector(tuple(S.mul(p, q) - S.mul(r, s) for p, q, r, s in pairs))


def norm(x: Item, order: str) -> Scalar:
    """A norm: "2", "F", "1" (of a vector), "oo" (of a vector)."""
    entries = x.entries if type(x) is Array else (x,)
    sizes = [abs(a) for a in entries]
    if order in ("2", "F") and (order == "F" or type(x) is not Array or 1 in (x.rows, x.columns)):
        total = S.add(*(S.mul(a, a) for a in sizes))
        return S.power(total, S.HALF, True, False)
    if order == "1":
        return S.add(*sizes)
    if order == "oo":
        from grader.equivalence.ball_functions import maximum

        return maximum(*sizes)
    raise ShapeError


def entrywise(function: Callable[[Scalar], Scalar], x: Item) -> Item:
    """The function of a scalar, or of every entry."""
    if type(x) is not Array:
        return function(x)
    return Array(x.rows, x.columns, tuple(map(function, x.entries)))


def identity(n: int) -> Array:
    """The identity matrix."""
    return Array(n, n, tuple(S.ONE if i == j else S.ZERO for i in range(n) for j in range(n)))


def _square(x: Item) -> Array:
    if type(x) is not Array or x.rows != x.columns:
        raise ShapeError
    return x


def minor(x: Array, row: int, column: int) -> Array:
    """The matrix without a row and a column."""
    kept = tuple(
        x.entries[i * x.columns + j]
        for i in range(x.rows)
        for j in range(x.columns)
        if i != row and j != column
    )
    return Array(x.rows - 1, x.columns - 1, kept)


def det(x: Item) -> Scalar:
    """The determinant: of rational numbers, or by expansion along the first row (up to 6 by 6)."""
    x = _square(x)
    if x.rows > 2 and all(type(e) is fmpq for e in x.entries):
        return fmpq_mat(x.rows, x.rows, x.entries).det()
    if x.rows > 6:
        raise S.Unclear
    if x.rows == 0:
        return S.ONE
    terms = [S.mul(fmpq((-1) ** j), x.entries[j], det(minor(x, 0, j))) for j in range(x.columns)]
    return S.add(*terms)


def rank(x: Item) -> Scalar:
    """The rank of a matrix of rational numbers."""
    if type(x) is not Array or not all(type(e) is fmpq for e in x.entries):
        raise S.Unclear
    return fmpq(fmpq_mat(x.rows, x.columns, x.entries).rank())


def trace(x: Item) -> Scalar:
    """The sum of the diagonal."""
    x = _square(x)
    return S.add(*(x.entries[i * x.columns + i] for i in range(x.rows)))


def inverse(x: Item) -> Array:
    """The inverse matrix: of rational numbers, or by cofactors."""
    x = _square(x)
    scale = S.reciprocal(det(x))
    if x.rows > 2 and all(type(e) is fmpq for e in x.entries):
        return Array(x.rows, x.rows, tuple(fmpq_mat(x.rows, x.rows, x.entries).inv().entries()))
    entries = tuple(
        S.mul(fmpq((-1) ** (i + j)), scale, det(minor(x, j, i))) for i in range(x.rows) for j in range(x.rows)
    )
    return Array(x.rows, x.rows, entries)


def power(x: Array, exponent: Scalar) -> Item:
    """An integer power of a square matrix."""
    if type(exponent) is not fmpq or exponent.denominator != 1 or abs(exponent) > 64:
        raise ShapeError
    n = int(exponent.numerator)
    if 1 in (x.rows, x.columns) and x.rows != x.columns:
        if n == 2:
            return dot(x, x)
        raise ShapeError
    base = inverse(x) if n < 0 else _square(x)
    total: Item = identity(x.rows)
    for _ in range(abs(n)):
        total = _times(total, base)
    return total
