"""What each head does with the sampled values of its children."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from grader.diagnosis.samples.functions import FUNCTIONS, root
from grader.diagnosis.samples.values import Unfit, Value, wide
from grader.expressions.build import E
from grader.expressions.nodes import Expr

Operation = Callable[[Expr, Sequence[Value]], Value]


def _add(tree: Expr, args: Sequence[Value]) -> Value:
    rank = args[0].rank
    if any(a.rank != rank for a in args):
        raise Unfit
    total = args[0].data
    for a in args[1:]:
        if rank and a.own != args[0].own:
            raise Unfit
        total = total + a.data
    return Value(rank, total)


def _mul(tree: Expr, args: Sequence[Value]) -> Value:
    done = args[0]
    for other in args[1:]:
        done = times(done, other)
    return done


def times(a: Value, b: Value) -> Value:
    """The product of two: scaling, matrix products, a row by a column."""
    if a.rank == b.rank == 0:
        return Value(0, a.data * b.data)
    if a.rank == 0 or b.rank == 0:
        rank = max(a.rank, b.rank)
        return Value(rank, wide(a, rank) * wide(b, rank))
    if a.rank == 2 and a.own[-1] == b.own[0]:
        if b.rank == 2:
            return Value(2, a.data @ b.data)
        product = (a.data @ b.data[..., None])[..., 0]
        return Value(0, product[..., 0]) if a.own[0] == 1 else Value(1, product)
    if a.rank == b.rank == 1 and a.own == b.own:
        return Value(0, (a.data * b.data).sum(axis=-1))
    if a.rank == 1 and b.rank == 2 and b.own[0] == 1:
        return Value(2, a.data[..., None] * b.data)
    raise Unfit


def _pow(tree: Expr, args: Sequence[Value]) -> Value:
    base, exponent = args
    if exponent.rank:
        raise Unfit
    if base.rank == 2:
        return _matrix_power(tree, base)
    if base.rank:
        raise Unfit
    if tree.args[0] is E:
        return Value(0, np.exp(exponent.data))
    literal = tree.args[1]
    odd = literal.head == "number" and literal.value.denominator in (3, 5, 7, 15, 21, 35)
    return Value(0, root(base.data, exponent.data, odd))


def _matrix_power(tree: Expr, base: Value) -> Value:
    literal = tree.args[1]
    whole = literal.head == "number" and literal.value.denominator == 1 and abs(literal.value) <= 6
    if not whole or base.own[0] != base.own[1]:
        raise Unfit
    try:
        return Value(2, np.linalg.matrix_power(base.data, int(literal.value)))
    except np.linalg.LinAlgError:
        raise Unfit from None


def _call(tree: Expr, args: Sequence[Value]) -> Value:
    name = tree.value
    if name in ("det", "tr") and args[0].rank == 2 and args[0].own[0] == args[0].own[1]:
        data = args[0].data
        return Value(0, np.linalg.det(data) if name == "det" else np.trace(data, axis1=-2, axis2=-1))
    if any(a.rank for a in args):
        raise Unfit
    if name in ("min", "max"):
        pick = np.minimum if name == "min" else np.maximum
        done = args[0].data
        for a in args[1:]:
            done = pick(done, a.data)
        return Value(0, done)
    function = FUNCTIONS.get(name)
    if function is None:
        raise Unfit
    return Value(0, function(*(a.data for a in args)))


def _dot(tree: Expr, args: Sequence[Value]) -> Value:
    a, b = args
    if a.rank != 1 or b.rank != 1 or a.own != b.own:
        raise Unfit
    return Value(0, (a.data * b.data).sum(axis=-1))


def _cross(tree: Expr, args: Sequence[Value]) -> Value:
    a, b = args
    if a.own != (3,) or b.own != (3,):
        raise Unfit
    return Value(1, np.cross(a.data, b.data))


def _norm(tree: Expr, args: Sequence[Value]) -> Value:
    (inner,) = args
    if inner.rank == 0:
        return Value(0, np.abs(inner.data))
    flat = inner.data.reshape((*inner.data.shape[: inner.data.ndim - inner.rank], -1))
    if tree.value == "1" and inner.rank == 1:
        return Value(0, np.abs(flat).sum(axis=-1))
    if tree.value in ("oo", "inf") and inner.rank == 1:
        return Value(0, np.abs(flat).max(axis=-1))
    if tree.value == "F" or (tree.value == "2" and inner.rank == 1):
        return Value(0, np.sqrt((flat * flat).sum(axis=-1)))
    raise Unfit


def _transpose(tree: Expr, args: Sequence[Value]) -> Value:
    (inner,) = args
    if inner.rank == 1:
        return Value(2, inner.data[..., None, :])
    if inner.rank == 2:
        turned = np.swapaxes(inner.data, -1, -2)
        return (
            Value(1, turned[..., 0]) if turned.shape[-1] == 1 and turned.shape[-2] > 1 else Value(2, turned)
        )
    return inner


def _matrix(tree: Expr, args: Sequence[Value]) -> Value:
    rows, columns = tree.value
    stacked = _stack(args)
    if columns == 1 and rows > 1:
        return Value(1, stacked)
    return Value(2, stacked.reshape((*stacked.shape[:-1], rows, columns)))


def _tuple(tree: Expr, args: Sequence[Value]) -> Value:
    return Value(1, _stack(args))


def _set(tree: Expr, args: Sequence[Value]) -> Value:
    return Value(1, np.sort(_stack(args), axis=-1))


def _stack(args: Sequence[Value]) -> Any:
    if not args or any(a.rank for a in args):
        raise Unfit
    return np.stack(np.broadcast_arrays(*(a.data for a in args)), axis=-1)


HEADS: dict[str, Operation] = {
    "add": _add,
    "mul": _mul,
    "pow": _pow,
    "call": _call,
    "dot": _dot,
    "cross": _cross,
    "norm": _norm,
    "transpose": _transpose,
    "matrix": _matrix,
    "tuple": _tuple,
    "set": _set,
}
