"""A map without a name, `x \\mapsto x^2`, beside a function that has one."""

from __future__ import annotations

from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import replace
from grader.notation.maps import NAMELESS


def with_names_of_maps(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """Both trees, the map without a name under the name that the other gives to its function."""
    return _named(left, right), _named(right, left)


def _named(tree: Expr, other: Expr) -> Expr:
    if tree.head != "chain" or tree.args[0].head != "apply" or tree.args[0].args[0] is not NAMELESS:
        return tree
    head = other.args[0] if other.head == "chain" and other.value == ("=",) else other
    if head.head != "apply" or head.args[0].head != "symbol" or head.args[0] in set(walk(tree.args[1])):
        return tree
    return replace(tree, {NAMELESS: head.args[0]})
