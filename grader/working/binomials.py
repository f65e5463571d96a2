"""`\\binom{1}{1}` beside a vector, or where a vector is asked for, is a column and no number of choices."""

from __future__ import annotations

from grader.expressions.build import matrix
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import rebuild
from grader.working.knowledge import Target

_ARRAYS = ("vector", "matrix")


def with_columns(tree: Expr, target: Target) -> Expr:
    """The tree with its binomials as columns, where what they are compared with is a vector."""
    members = tree.args if tree.head == "chain" else (tree,)
    asked = any(r.kind in _ARRAYS for r in target.references)
    plain = [m for m in members if _as_columns(m) is m]
    vectors = any(m.kind in _ARRAYS for m in plain) or any(_holds_vector(m) for m in members)
    if len(plain) == len(members) or not (vectors or (asked and not plain)):
        return tree
    return _as_columns(tree)


def _as_columns(tree: Expr) -> Expr:
    args = tuple(_as_columns(part) for part in tree.args)
    if tree.head == "call" and tree.value == "binomial":
        return matrix(2, 1, *args)
    return tree if args == tree.args else rebuild(tree, args)


def _holds_vector(member: Expr) -> bool:
    """Whether a binomial stands in a product or a sum with a matrix or a vector: `M \\binom11`."""
    return member.head in ("add", "mul", "dot") and any(a.kind in _ARRAYS for a in member.args)
