"""Rational multiples of pi: the angles at which sine and cosine are algebraic."""

from __future__ import annotations

from fractions import Fraction

from grader.expressions.build import ONE, PI
from grader.expressions.nodes import Expr

_MAX_DENOMINATOR = 1000


def turn_of(tree: Expr, imaginary: bool = False) -> Fraction | None:
    """The rational c for a tree that is c pi (c pi i if `imaginary`); None for anything else.

    >>> from grader.expressions.build import div, number
    >>> turn_of(div(PI, number(7)))
    Fraction(1, 7)
    """
    found = _linear(tree)
    if found is None:
        return None
    c, pis, units = found
    if c == 0:
        return c
    if pis != 1 or units != (1 if imaginary else 0) or c.denominator > _MAX_DENOMINATOR:
        return None
    return c


def _linear(tree: Expr) -> tuple[Fraction, int, int] | None:
    """c pi^m i^n as (c, m, n)."""
    if tree.head == "number":
        return tree.value, 0, 0
    if tree.head == "decimal":
        return tree.value[0], 0, 0
    if tree is PI:
        return Fraction(1), 1, 0
    if tree.head == "constant" and tree.value == "i":
        return Fraction(1), 0, 1
    if tree.head == "pow" and tree.args[1].head == "number" and tree.args[1].value.denominator == 1:
        inner, n = _linear(tree.args[0]), int(tree.args[1].value)
        if inner is None or abs(n) > 64 or (inner[0] == 0 and n <= 0):
            return None
        return inner[0] ** n, inner[1] * n, inner[2] * n
    if tree.head == "mul":
        return _product(tree)
    if tree.head == "add":
        return _sum(tree)
    return None


def _product(tree: Expr) -> tuple[Fraction, int, int] | None:
    c, m, n = ONE.value, 0, 0
    for part in tree.args:
        found = _linear(part)
        if found is None:
            return None
        c, m, n = c * found[0], m + found[1], n + found[2]
    return c, m, n


def _sum(tree: Expr) -> tuple[Fraction, int, int] | None:
    total: tuple[Fraction, int, int] | None = None
    for part in tree.args:
        found = _linear(part)
        if found is None:
            return None
        if found[0] == 0:
            continue
        if total is None:
            total = found
        elif total[1:] == found[1:]:
            total = (total[0] + found[0], *found[1:])
        else:
            return None
    return total or (Fraction(0), 0, 0)
