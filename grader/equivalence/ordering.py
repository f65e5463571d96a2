"""Trees that differ in the order of commuting parts and in bound letters alone."""

from __future__ import annotations

from functools import lru_cache

from grader.expressions.build import symbol
from grader.expressions.calculus_dots import order_key
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import rebuild, replace, transform

_COMMUTING = frozenset(["add", "dot", "and", "or", "union", "intersection", "set", "iff"])
_CALLS = frozenset(["min", "max", "gcd", "lcm"])
_BINDERS = frozenset(["sum", "product", "integral", "limit"])
_NUMBERS = ("scalar", "integer", "complex")


def same_but_for_order(left: Expr, right: Expr) -> bool:
    """Whether two trees are one and the same when commuting parts are put in order.

    >>> from grader.expressions.build import add, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> same_but_for_order(add(x, y), add(y, x))
    True
    """
    return in_order(left) is in_order(right)


@lru_cache(maxsize=512)
def in_order(tree: Expr) -> Expr:
    """The tree with commuting parts in a fixed order; matrices keep theirs."""
    return transform(tree, _ordered)


def _with_common_letter(part: Expr) -> Expr:
    """A sum, integral or limit with its bound letter renamed."""
    bound = part.args[1]
    common = symbol(f"\u2022{part.args[0].depth}", bound.kind)
    return rebuild(part, (replace(part.args[0], {bound: common}), common, *part.args[2:]))


def _ordered(part: Expr) -> Expr:
    if part.head in _COMMUTING or (part.head == "call" and part.value in _CALLS):
        return rebuild(part, tuple(sorted(part.args, key=order_key)))
    if part.head in _BINDERS and part.args[1].head == "symbol" and len(part.args) > 2:
        return _with_common_letter(part)
    if part.head == "mul":
        numbers = sorted((a for a in part.args if a.kind in _NUMBERS), key=order_key)
        return rebuild(part, (*numbers, *(a for a in part.args if a.kind not in _NUMBERS)))
    return part
