"""Letters that nobody declared but that can only be vectors: the v of `v phi(x) = y'`, y' a number."""

from __future__ import annotations

from collections.abc import Mapping

from grader.expressions.build import ZERO, add, dot, mul, symbol
from grader.expressions.nodes import Expr, node, walk
from grader.expressions.rewrite import transform
from grader.expressions.symbols import SymbolTable


def infer_vectors(tree: Expr, table: SymbolTable) -> Expr:
    """The chain with products of an undeclared letter and a vector read as scalar products, if its kinds
    agree only so; else the tree as it is.
    """
    tree = _beside_matrices(tree, table)
    if tree.head != "chain" or {m.kind for m in tree.args} != {"scalar", "vector"}:
        return tree
    members = tuple(transform(m, lambda part: _as_product(part, table)) for m in tree.args)
    if {m.kind for m in members} != {"scalar"}:
        return tree
    return node("chain", members, tree.value, "truth")


def _beside_matrices(tree: Expr, table: SymbolTable) -> Expr:
    """`A v = 5v`, `B x = 0`: the letter behind a matrix is a vector, if the sides agree so."""
    if tree.head != "chain" or set(tree.value) != {"="}:
        return tree
    products = [part for part in walk(tree) if part.head == "mul" and part.args[-1].head == "symbol"]
    behind = [p.args[-1] for p in products if any(f.kind == "matrix" for f in p.args[:-1])]
    letters = {s: symbol(s.value, "vector") for s in behind if _is_undeclared(s, table)}
    members = [_put(m, letters) for m in tree.args]
    agree = all(m.kind == "vector" or m is ZERO for m in members)
    return node("chain", tuple(members), tree.value, "truth") if letters and agree else tree


def _put(tree: Expr, letters: Mapping[Expr, Expr]) -> Expr:
    if tree.head not in ("add", "mul"):
        return letters.get(tree, tree)
    args = [_put(part, letters) for part in tree.args]
    return add(*args) if tree.head == "add" else mul(*args)


def _as_product(part: Expr, table: SymbolTable) -> Expr:
    """c (v . u) for c v u, where u is the only vector and v the only undeclared letter of the product."""
    if part.head != "mul" or part.kind != "vector":
        return part
    vectors = [f for f in part.args if f.kind == "vector"]
    letters = [f for f in part.args if _is_undeclared(f, table)]
    if len(vectors) != 1 or len(letters) != 1:
        return part
    name = letters[0].args[0] if letters[0].head == "transpose" else letters[0]
    rest = [f for f in part.args if f not in (vectors[0], letters[0])]
    return mul(*rest, dot(symbol(name.value, "vector"), vectors[0]))


def _is_undeclared(factor: Expr, table: SymbolTable) -> bool:
    name = factor.args[0] if factor.head == "transpose" else factor
    return name.head == "symbol" and name.kind == "scalar" and name.value not in table.symbols
