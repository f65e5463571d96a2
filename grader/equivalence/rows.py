"""Rows of numbers that are reckoned with: `(1, 2) + (3, 4)`, `2 (1, 0)`, `|(3, 4)|` are of vectors."""

from __future__ import annotations

from collections.abc import Callable

from grader.expressions.build import add, cross, dot, matrix, mul, norm
from grader.expressions.nodes import Expr

Pair = Callable[[Expr, Expr], Expr]


def as_columns(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """Both trees with rows as columns where one of them reckons with rows; else as they are.

    >>> from grader.expressions.build import ONE, sequence
    >>> row = sequence(ONE, ONE)
    >>> [t.head for t in as_columns(add(row, row), row)]
    ['add', 'matrix']
    """
    if not (reckons(left) or reckons(right)):
        return left, right
    pair = cross if "tuple" in (left.head, right.head) else dot
    return tuples_as_vectors(left, pair), tuples_as_vectors(right, pair)


def reckons(tree: Expr) -> bool:
    """Whether tuples of numbers are added, multiplied or measured."""
    return tree.head in ("add", "mul", "norm") and any(is_row(a) or reckons(a) for a in tree.args)


def is_row(tree: Expr) -> bool:
    """Whether it is a tuple of numbers."""
    return tree.head == "tuple" and all(a.kind in ("scalar", "integer") for a in tree.args)


def tuples_as_vectors(tree: Expr, pair: Pair) -> Expr:
    """The tree over columns; `pair` is what two vectors beside each other are."""
    if is_row(tree):
        return matrix(len(tree.args), 1, *tree.args)
    if not reckons(tree):
        return tree
    args = [tuples_as_vectors(a, pair) for a in tree.args]
    if tree.head == "norm":
        return norm(args[0], tree.value)
    if tree.head == "mul" and [a.kind for a in args].count("vector") == 2:
        one, other = (a for a in args if a.kind == "vector")
        return mul(*(a for a in args if a.kind != "vector"), pair(one, other))
    return add(*args) if tree.head == "add" else mul(*args)
