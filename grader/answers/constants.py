"""The constant of integration: answers that differ by a constant which `+ C` takes up."""

from __future__ import annotations

from grader.expressions.build import add, sub
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols

_LETTERS = frozenset(["C", "c", "K", "k", "constant", "const"])


def constant_apart(left: Expr, right: Expr, declared: frozenset[str]) -> tuple[Expr, frozenset[Expr]] | None:
    """The difference of two sums without their free constants, and what it may not depend on.

    None unless each is a sum with one constant of its own that stands nowhere else in it. Definitions
    `F(x) = ...` of one name are taken by their right sides.
    """
    if left.head == right.head == "chain" and left.value == right.value == ("=",):
        if left.args[0] is not right.args[0]:
            return None
        left, right = left.args[1], right.args[1]
    rests = [_without_constant(t, declared) for t in (left, right)]
    if rests[0] is None or rests[1] is None:
        return None
    return sub(rests[0], rests[1]), free_symbols(rests[0]) | free_symbols(rests[1])


def _without_constant(tree: Expr, declared: frozenset[str]) -> Expr | None:
    terms = tree.args if tree.head == "add" else ()
    constants = [t for t in terms if t.head == "symbol" and t.value in _LETTERS and t.value not in declared]
    if len(constants) != 1:
        return None
    rest = [t for t in terms if t is not constants[0]]
    if any(constants[0] in free_symbols(t) for t in rest):
        return None
    return add(*rest)
