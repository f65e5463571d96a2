"""Evaluation of a tree at a point in ball arithmetic, for those who want one value."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from flint import fmpq

from grader.equivalence import arrays as A
from grader.equivalence import scalars as S
from grader.equivalence.ball_nodes import compile_tape
from grader.equivalence.precision import bits
from grader.equivalence.scalars import Unclear, Undefined
from grader.equivalence.tape import Tape, Unsupported
from grader.expressions.build import constant
from grader.expressions.nodes import Expr, walk

__all__ = ["Tape", "Unsupported", "compile_tape", "enclose", "exact_at", "to_scalar"]

_I = constant("i")


def enclose(tree: Expr, point: Mapping[Expr, Fraction], precision: int = 64) -> Any | None:
    """A ball (flint `arb`, `acb`) that holds the value at a rational point; an `Array` of them for vectors.

    None where the tree has no value, or none that this evaluation can give.

    >>> from grader.expressions.build import symbol, call
    >>> x = symbol("x")
    >>> enclose(call("ln", x), {x: Fraction(-1)}) is None
    True
    """
    environment = {k: to_scalar(v) for k, v in point.items()}
    try:
        complexes = any(part is _I for part in walk(tree))
        with bits(precision):
            return _as_ball(compile_tape(tree, complexes).run(environment))
    except (Undefined, Unclear, Unsupported, A.ShapeError):
        return None


def exact_at(tree: Expr, point: Mapping[Expr, Fraction]) -> Fraction | None:
    """The value at a rational point where it comes out exact; else None."""
    environment = {k: to_scalar(v) for k, v in point.items()}
    try:
        with bits(64):
            value = compile_tape(tree).run(environment)
    except (Undefined, Unclear, Unsupported, A.ShapeError):
        return None
    return Fraction(int(value.numerator), int(value.denominator)) if type(value) is fmpq else None


def to_scalar(value: Any) -> Any:
    """A Fraction (or tuple of them) as a scalar (or vector)."""
    if isinstance(value, Fraction | int):
        return fmpq(value.numerator, value.denominator)
    if isinstance(value, tuple) and type(value) is not A.Array:
        return A.vector(tuple(to_scalar(v) for v in value))
    return value


def _as_ball(value: Any) -> Any:
    if type(value) is A.Array:
        return A.Array(value.rows, value.columns, tuple(S.to_arb(x) for x in value.entries))
    return S.to_arb(value)
