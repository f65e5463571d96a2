"""Infinity in results: its sign, and what it swallows."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from grader.expressions.build import INFINITY, add, neg
from grader.expressions.nodes import Expr, walk


def infinity_sign(tree: Expr) -> int:
    """1 for infinity, -1 for minus infinity, also with a number before it; 0 for anything else.

    >>> infinity_sign(neg(INFINITY))
    -1
    """
    if tree.head == "constant":
        return int(tree.value == "oo")
    if tree.head not in ("add", "mul") or INFINITY not in walk(tree):
        return 0
    return _sign_of_sum(tree) if tree.head == "add" else _sign_of_product(tree)


def _sign_of_product(tree: Expr) -> int:
    """Of infinity and numbers."""
    return (
        prod(infinity_sign(a) or _sign_of_number(a) for a in tree.args)
        if any(map(infinity_sign, tree.args))
        else 0
    )


def _sign_of_sum(tree: Expr) -> int:
    """Of infinity and numbers; 0 where infinities of both signs meet."""
    signs = {s for a in tree.args if (s := infinity_sign(a))}
    finite = all(infinity_sign(a) or _sign_of_number(a) for a in tree.args)
    return signs.pop() if len(signs) == 1 and finite else 0


def _sign_of_number(tree: Expr) -> int:
    """The sign of a number as it is written, also of 1/100 and 2 pi; 0 where it is not seen."""
    if tree.head in ("number", "decimal"):
        value = tree.value if tree.head == "number" else tree.value[0]
        return int(value > 0) - int(value < 0)
    if tree.head == "constant":
        return int(tree.value in ("pi", "e"))
    if tree.head == "pow":
        return int(all(_sign_of_number(a) for a in tree.args) and _sign_of_number(tree.args[0]) > 0)
    return prod(_sign_of_number(a) for a in tree.args) if tree.head == "mul" else 0


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
