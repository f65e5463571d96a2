"""A tree as a polynomial in one symbol, with trees as coefficients."""

from __future__ import annotations

from functools import lru_cache

from grader.expressions.build import ONE, ZERO, add, mul
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols

_MAX_DEGREE = 16


@lru_cache(maxsize=1024)
def coefficients_of(tree: Expr, variable: Expr) -> list[Expr] | None:
    """Coefficients by degree, lowest first; None if the tree is not a polynomial in the variable.

    >>> from grader.expressions.build import symbol, number, power
    >>> x = symbol("x")
    >>> coefficients_of(power(x, number(2)), x) == [ZERO, ZERO, ONE]
    True
    """
    if variable not in free_symbols(tree):
        return [tree]
    if tree is variable:
        return [ZERO, ONE]
    if tree.head == "add":
        parts = [coefficients_of(a, variable) for a in tree.args]
        return None if any(p is None for p in parts) else _sum([p for p in parts if p is not None])
    if tree.head == "mul":
        total: list[Expr] | None = [ONE]
        for a in tree.args:
            factor = coefficients_of(a, variable)
            if factor is None or total is None:
                return None
            total = _times(total, factor)
        return total
    if tree.head == "pow":
        return _power(tree, variable)
    return None


def _power(tree: Expr, variable: Expr) -> list[Expr] | None:
    base, exponent = tree.args
    if exponent.head != "number" or exponent.value.denominator != 1 or not 0 <= exponent.value <= _MAX_DEGREE:
        return None
    factor = coefficients_of(base, variable)
    total: list[Expr] | None = [ONE]
    for _ in range(int(exponent.value)):
        if factor is None or total is None:
            return None
        total = _times(total, factor)
    return total


def _sum(parts: list[list[Expr]]) -> list[Expr]:
    size = max(map(len, parts))
    return [_plus([p[i] for p in parts if i < len(p) and p[i] is not ZERO]) for i in range(size)]


def _plus(terms: list[Expr]) -> Expr:
    return add(*terms) if terms else ZERO


def _times(a: list[Expr], b: list[Expr]) -> list[Expr] | None:
    if len(a) + len(b) > _MAX_DEGREE + 2:
        return None
    found: list[list[Expr]] = [[] for _ in range(len(a) + len(b) - 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            if x is not ZERO and y is not ZERO:
                found[i + j].append(mul(*(f for f in (x, y) if f is not ONE)))
    return [_plus(terms) for terms in found]
