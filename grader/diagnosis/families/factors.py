"""Factors and terms: left out, or taken twice."""

from __future__ import annotations

from collections.abc import Iterator

from grader.diagnosis.families.parts import exact, exchanged, is_below, is_constant, with_part
from grader.diagnosis.malrule import MalRule
from grader.expressions.build import ONE, TWO, ZERO, add, mul, power
from grader.expressions.nodes import Expr, walk

_SLOPES = ("derived", "derivative", "gradient")


def _inner_derivative_dropped(part: Expr) -> Iterator[Expr]:
    """The chain rule stopped early: a factor that is a derivative is missing."""
    for index, factor in enumerate(part.args):
        if any(p.head in _SLOPES for p in walk(factor)):
            yield _without(part, index)


def _factor_dropped(part: Expr) -> Iterator[Expr]:
    for index, factor in enumerate(part.args):
        if not is_constant(factor) and not is_below(factor):
            yield _without(part, index)


def _denominator_dropped(part: Expr) -> Iterator[Expr]:
    """a for a/b."""
    for index, factor in enumerate(part.args):
        if is_below(factor) and not is_constant(factor):
            yield _without(part, index)


def _factor_twice(part: Expr) -> Iterator[Expr]:
    """a^2 b for ab."""
    for index, factor in enumerate(part.args):
        if not is_constant(factor) and factor.kind == "scalar" and factor.head != "pow":
            yield with_part(part, index, power(factor, TWO))


def _term_dropped(part: Expr) -> Iterator[Expr]:
    """a for a + b."""
    for index in range(len(part.args)):
        left = exchanged(part.args, index)
        if not all(is_constant(term) for term in left):
            yield add(*left)


def _all_cancelled_to_zero(part: Expr) -> Iterator[Expr]:
    """0 for 1, when everything cancels."""
    if part.head == "pow" and exact(part.args[1]) == 0:
        yield ZERO


def _without(part: Expr, index: int) -> Expr:
    left = exchanged(part.args, index)
    return mul(*left) if left else ONE


RULES = (
    MalRule("missing-chain-factor", "inner-derivative-dropped", ("mul",), _inner_derivative_dropped),
    MalRule("missing-factor", "factor-dropped", ("mul",), _factor_dropped),
    MalRule("missing-factor", "denominator-dropped", ("mul",), _denominator_dropped),
    MalRule("missing-term", "term-dropped", ("add",), _term_dropped),
    MalRule("extra-factor", "factor-twice", ("mul",), _factor_twice),
    MalRule("exponent-rule", "zeroth-power", ("pow",), _all_cancelled_to_zero),
)
