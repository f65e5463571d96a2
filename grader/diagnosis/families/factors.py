"""Factors: left out of a product."""

from __future__ import annotations

from collections.abc import Iterator

from grader.diagnosis.malrule import MalRule
from grader.expressions.build import mul
from grader.expressions.nodes import Expr, walk


def _inner_derivative_dropped(part: Expr) -> Iterator[Expr]:
    """The chain rule stopped early: a factor that is a derivative is missing."""
    for index, factor in _factors(part):
        if any(p.head in ("derived", "derivative", "gradient") for p in walk(factor)):
            yield _without(part, index)


def _factor_dropped(part: Expr) -> Iterator[Expr]:
    for index, factor in _factors(part):
        if factor.head not in ("number", "decimal"):
            yield _without(part, index)


def _factors(part: Expr) -> Iterator[tuple[int, Expr]]:
    if part.head == "mul":
        yield from enumerate(part.args)


def _without(part: Expr, index: int) -> Expr:
    return mul(*part.args[:index], *part.args[index + 1 :])


RULES = (
    MalRule("missing-chain-factor", "inner-derivative-dropped", _inner_derivative_dropped),
    MalRule("missing-factor", "factor-dropped", _factor_dropped),
)
