"""Factors and terms: left out, or taken twice."""

from __future__ import annotations

from collections.abc import Iterator

from grader.diagnosis.families.parts import exchanged, is_below, is_constant
from grader.diagnosis.malrule import MalRule
from grader.expressions.build import ONE, add, mul
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


def _term_dropped(part: Expr) -> Iterator[Expr]:
    """a for a + b."""
    for index in range(len(part.args)):
        left = exchanged(part.args, index)
        if not all(is_constant(term) for term in left):
            yield add(*left)


def _without(part: Expr, index: int) -> Expr:
    left = exchanged(part.args, index)
    return mul(*left) if left else ONE


RULES = (
    MalRule("missing-chain-factor", "inner-derivative-dropped", ("mul",), _inner_derivative_dropped),
    MalRule("missing-factor", "factor-dropped", ("mul",), _factor_dropped),
    MalRule("missing-factor", "denominator-dropped", ("mul",), _denominator_dropped),
    MalRule("missing-term", "term-dropped", ("add",), _term_dropped),
)
