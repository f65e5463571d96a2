"""Infinity in results: its sign, and what it swallows."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from grader.expressions.build import INFINITY, add, neg
from grader.expressions.nodes import Expr


def infinity_sign(tree: Expr) -> int:
    """1 for infinity, -1 for minus infinity, also with a number before it; 0 for anything else.

    >>> infinity_sign(neg(INFINITY))
    -1
    """
    if tree.head == "constant":
        return int(tree.value == "oo")
    if tree.head != "mul":
        return 0
    return (
        prod(infinity_sign(a) or _sign_of_number(a) for a in tree.args)
        if any(map(infinity_sign, tree.args))
        else 0
    )


def _sign_of_number(tree: Expr) -> int:
    return 0 if tree.head != "number" or not tree.value else (1 if tree.value > 0 else -1)


def total(parts: Sequence[Expr]) -> Expr | None:
    """The sum of limits or values, where infinity swallows what is finite; None for infinity less infinity.

    >>> from grader.expressions.build import ONE
    >>> total([ONE, neg(INFINITY)]) is neg(INFINITY)
    True
    """
    signs = {s for p in parts if (s := infinity_sign(p))}
    if not signs:
        return add(*parts)
    if len(signs) > 1:
        return None
    return INFINITY if signs == {1} else neg(INFINITY)
