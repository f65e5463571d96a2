"""Extreme values: taken at another place than the critical point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from grader.diagnosis.malrule import ExtremeRule
from grader.expressions.build import number
from grader.expressions.nodes import Expr

Bound = Fraction | None


def _stated(stated: Sequence[Expr], low: Bound, high: Bound) -> Iterator[Expr]:
    """The value at the place that was stated, which is no critical point."""
    yield from stated


def _middle(stated: Sequence[Expr], low: Bound, high: Bound) -> Iterator[Expr]:
    """The value in the middle, as if the function were symmetric."""
    if low is not None and high is not None:
        yield number((low + high) / 2)


def _end(stated: Sequence[Expr], low: Bound, high: Bound) -> Iterator[Expr]:
    """The value at an end."""
    yield from (number(end) for end in (low, high) if end is not None)


RULES = (
    ExtremeRule("wrong-critical-point", "stated-place", _stated),
    ExtremeRule("wrong-critical-point", "middle-of-the-domain", _middle),
    ExtremeRule("wrong-critical-point", "end-of-the-domain", _end),
)
