"""`1 + 1/3 + 1/9 + ...`: numbers in a constant ratio, added up for ever."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from grader.equivalence import Assumptions, constant_ratio
from grader.expressions.build import ONE, number
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols

_LEAST = 3


def total_of(terms: Sequence[Expr]) -> Expr | None:
    """The sum of all the terms that go on like these; None where they do not, or where there is no sum.

    >>> total_of((number(1), number(Fraction(1, 3)), number(Fraction(1, 9))))
    number(Fraction(3, 2))
    """
    values = [_fraction(term) for term in terms]
    if len(values) < _LEAST or any(not value for value in values):
        return None
    ratios = {b / a for a, b in pairwise(value for value in values if value)}
    (ratio, *others) = ratios
    if others or abs(ratio) >= 1 or not values[0]:
        return None
    return number(values[0] / (1 - ratio))


def _fraction(term: Expr) -> Fraction | None:
    if free_symbols(term) or term.kind != "scalar":
        return None
    ratio = constant_ratio(term, ONE, Assumptions())
    return ratio if isinstance(ratio, Fraction) else None
