"""Between which numbers a statement about one variable can hold at all."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from grader.equivalence.constants import constant_value
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols

Window = tuple[Fraction | None, Fraction | None]
EVERYWHERE: Window = (None, None)
_LARGEST = 10**9


def window_of(tree: Expr, variable: Expr) -> Window:
    """Rationals outside of which the statement certainly does not hold; None is no bound.

    >>> from grader.expressions.build import chain, number, symbol
    >>> x = symbol("x")
    >>> window_of(chain((number(0), x, number(3)), ("<", "<=")), x)
    (Fraction(-1, 1), Fraction(4, 1))
    """
    if tree.head == "and" and tree.args:
        return _meeting([window_of(a, variable) for a in tree.args])
    if tree.head == "or" and tree.args:
        return joined([window_of(a, variable) for a in tree.args])
    if tree.head != "chain":
        return EVERYWHERE
    links = zip(tree.value, tree.args, tree.args[1:], strict=False)
    return _meeting([_of_link(o, a, b, variable) for o, a, b in links])


def _of_link(operator: str, left: Expr, right: Expr, variable: Expr) -> Window:
    if right is variable:
        operator, left, right = (
            {"<": ">", ">": "<", "<=": ">=", ">=": "<="}.get(operator, operator),
            right,
            left,
        )
    if left is not variable or free_symbols(right) or right.kind not in ("scalar", "integer"):
        return EVERYWHERE
    value = constant_value(right)
    if value is None or not abs(value) < _LARGEST:
        return EVERYWHERE
    near = float(value)
    low, high = Fraction(floor(near) - 1), Fraction(ceil(near) + 1)
    return {"=": (low, high), "<": (None, high), "<=": (None, high), ">": (low, None), ">=": (low, None)}.get(
        operator, EVERYWHERE
    )


def _meeting(windows: list[Window]) -> Window:
    lows = [low for low, _ in windows if low is not None]
    highs = [high for _, high in windows if high is not None]
    return max(lows, default=None), min(highs, default=None)


def joined(windows: list[Window]) -> Window:
    """The window that holds all of these."""
    lows, highs = [low for low, _ in windows], [high for _, high in windows]
    low = None if None in lows else min((v for v in lows if v is not None), default=None)
    high = None if None in highs else max((v for v in highs if v is not None), default=None)
    return low, high
