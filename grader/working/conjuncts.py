"""What a relation says in one breath, said one by one: `x != 0, -1` shuts out 0, and it shuts out -1."""

from __future__ import annotations

from grader.expressions.build import chain
from grader.expressions.nodes import Expr
from grader.expressions.signs import both_signs

_BOUNDS = frozenset(["<", "<=", ">", ">=", "!="])


def conjuncts(relation: Expr) -> tuple[Expr, ...]:
    """The relations that a relation amounts to together; itself where it says one thing.

    >>> # x != 0, -1 -> (x != 0, x != -1); a, b > 0 -> (a > 0, b > 0); x != +-1 -> (x != 1, x != -1)
    """
    if relation.head == "and":
        return tuple(one for part in relation.args for one in conjuncts(part))
    if relation.head != "chain" or len(relation.args) != 2 or relation.value[0] not in _BOUNDS:
        return (relation,)
    left, right = relation.args
    if left.head == "tuple" and right.kind == "scalar":
        pairs = [(part, right) for part in left.args]
    elif left.kind == "scalar" and relation.value == ("!=",):
        pairs = [(left, value) for part in _listed(right) for value in both_signs(part)]
    else:
        return (relation,)
    return tuple(chain(pair, relation.value) for pair in pairs)


def _listed(tree: Expr) -> tuple[Expr, ...]:
    return tree.args if tree.head == "tuple" else (tree,)
