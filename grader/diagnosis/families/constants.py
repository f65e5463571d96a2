"""Constant factors: left out, taken twice, put on the wrong side of the fraction bar."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from grader.diagnosis.families.parts import exact, exchanged, inverted, is_constant, with_part
from grader.diagnosis.malrule import MalRule
from grader.expressions.build import MINUS_ONE, TWO, ZERO, mul, number
from grader.expressions.nodes import Expr


def _constants(part: Expr) -> Iterator[tuple[int, Expr]]:
    for index, factor in enumerate(part.args):
        if is_constant(factor) and factor not in (MINUS_ONE, ZERO):
            yield index, factor


def _constant_dropped(part: Expr) -> Iterator[Expr]:
    """x for 2x."""
    for index, factor in _constants(part):
        if (exact(factor) or 1) < 0:
            yield mul(MINUS_ONE, *exchanged(part.args, index))
        else:
            yield mul(*exchanged(part.args, index))


def _constant_doubled(part: Expr) -> Iterator[Expr]:
    """4x for 2x, or x for 2x by halving."""
    for index, factor in _constants(part):
        value = exact(factor)
        if value is not None and factor.head == "number" and abs(value) != 1:
            for scale in (Fraction(2), Fraction(1, 2)):
                yield with_part(part, index, number(value * scale))


def _constant_inverted(part: Expr) -> Iterator[Expr]:
    """x/2 for 2x."""
    for index, factor in _constants(part):
        yield with_part(part, index, inverted(factor))


def _constant_squared(part: Expr) -> Iterator[Expr]:
    """4x for 2x, 9x for 3x: the constant taken to the power as well, or taken twice."""
    for index, factor in _constants(part):
        value = exact(factor)
        if value is not None and factor.head == "number" and abs(value) != 1:
            yield with_part(part, index, number(value * value))


def _two_gained(part: Expr) -> Iterator[Expr]:
    """2x for x, where no constant stands."""
    if part.kind in ("scalar", "vector", "matrix", "integer") and not any(is_constant(f) for f in part.args):
        yield mul(TWO, part)


def _two_lost(part: Expr) -> Iterator[Expr]:
    if part.args[0] is TWO:
        yield mul(*part.args[1:])


_PRODUCTS = ("mul", "pow", "call", "apply", "dot")

RULES = (
    MalRule("constant-factor", "constant-dropped", ("mul",), _constant_dropped),
    MalRule("constant-factor", "constant-doubled", ("mul",), _constant_doubled, _constant_doubled),
    MalRule("constant-factor", "constant-inverted", ("mul",), _constant_inverted, _constant_inverted),
    MalRule("constant-factor", "constant-squared", ("mul",), _constant_squared),
    MalRule("constant-factor", "two-gained", _PRODUCTS, _two_gained, _two_lost, ("mul",)),
)
