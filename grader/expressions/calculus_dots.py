"""Scalar products in one spelling: bilinear, scalars in front, the two sides in a fixed order."""

from __future__ import annotations

from functools import lru_cache

from grader.expressions.build import ZERO, add, dot, mul
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import rebuild

_Terms = tuple[tuple[Expr | None, Expr], ...]


@lru_cache(maxsize=1024)
def order_key(tree: Expr) -> str:
    """A spelling of the tree that orders trees the same way in every run."""
    return repr(tree)


@lru_cache(maxsize=1024)
def linear_terms(vector: Expr) -> _Terms:
    """A vector as a sum of scalar times vector: pairs (scalar or None for 1, vector)."""
    if vector.head == "add":
        return tuple(term for a in vector.args for term in linear_terms(a))
    if vector.head == "mul" and vector.kind == "vector":
        arrays = [a for a in vector.args if a.kind in ("vector", "matrix")]
        if len(arrays) == 1:
            scalars = [a for a in vector.args if a is not arrays[0]]
            return tuple(_scaled(scalars, c, v) for c, v in linear_terms(arrays[0]))
    return ((None, vector),)


def _scaled(scalars: list[Expr], inner: Expr | None, vector: Expr) -> tuple[Expr | None, Expr]:
    factors = scalars if inner is None else [*scalars, inner]
    return (mul(*factors) if factors else None, vector)


@lru_cache(maxsize=1024)
def spread_dot(tree: Expr) -> Expr:
    """`(a u + v) . w` as `a (u . w) + v . w`, each product in a fixed order.

    >>> from grader.expressions.build import symbol
    >>> u, v = symbol("u", "vector"), symbol("v", "vector")
    >>> spread_dot(dot(v, u)) is dot(u, v)
    True
    """
    terms = []
    for c, left in linear_terms(tree.args[0]):
        for d, right in linear_terms(tree.args[1]):
            first, second = sorted((left, right), key=order_key)
            factors = [s for s in (c, d) if s is not None]
            terms.append(mul(*factors, dot(first, second)))
    return add(*terms) if terms else ZERO


def is_transposed_vector(tree: Expr) -> bool:
    """Whether the tree is v^T for a vector v."""
    return tree.head == "transpose" and tree.args[0].kind == "vector"


def pair_transposes(tree: Expr) -> Expr:
    """In a product, v^T and the vector that follows (matrices between them) are their scalar product."""
    args = list(tree.args)
    for i in range(len(args) - 1):
        if not is_transposed_vector(args[i]):
            continue
        stop = i + 1
        while stop < len(args) - 1 and args[stop].kind == "matrix" and not is_transposed_vector(args[stop]):
            stop += 1
        if args[stop].kind == "vector":
            args[i : stop + 1] = [dot(args[i].args[0], mul(*args[i + 1 : stop + 1]))]
            return pair_transposes(mul(*args)) if len(args) > 1 else args[0]
    return rebuild(tree, tuple(args))
