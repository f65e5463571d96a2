"""A sum's first terms that are 0: `sum from k=0 of k x^(k-1)` begins at k = 1.

Read to the letter, the term 0 x^(-1) takes 0 from the domain. Nobody means that: it is the derivative of the
constant term of a power series, and the sum is written from 0 as the series was.
"""

from __future__ import annotations

from fractions import Fraction

from grader.equivalence.ball import exact_at
from grader.equivalence.features import features
from grader.expressions.build import number
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, rebuild, transform

_MOST = 8  # terms that are left out


def without_empty_terms(tree: Expr) -> Expr:
    """The tree with its sums begun at the first term whose coefficient is not 0."""
    return transform(tree, _begun) if "sum" in features(tree).heads else tree


def _begun(part: Expr) -> Expr:
    if part.head != "sum" or len(part.args) != 4:
        return part
    body, bound, low, high = part.args
    if body.head != "mul" or low.head != "number" or low.value.denominator != 1:
        return part
    if not any(_is_power_of(f, bound) for f in body.args):
        return part
    counts = [f for f in body.args if free_symbols(f) == {bound}]
    first = int(low.value)
    for k in range(first, first + _MOST):
        if not any(exact_at(f, {bound: Fraction(k)}) == 0 for f in counts):
            return rebuild(part, (body, bound, number(k), high))
    return part


def _is_power_of(factor: Expr, bound: Expr) -> bool:
    """`x^(k-1)`: what may have no value where its exponent is negative."""
    return factor.head == "pow" and bound in free_symbols(factor.args[1])
