"""Letters that nobody declared but that can only be vectors: the v of `v phi(x) = y'`, y' a number."""

from __future__ import annotations

from grader.expressions.build import dot, mul, symbol
from grader.expressions.nodes import Expr, node
from grader.expressions.rewrite import transform
from grader.expressions.symbols import SymbolTable


def infer_vectors(tree: Expr, table: SymbolTable) -> Expr:
    """The chain with products of an undeclared letter and a vector read as scalar products, if its kinds
    agree only so; else the tree as it is.
    """
    if tree.head != "chain" or {m.kind for m in tree.args} != {"scalar", "vector"}:
        return tree
    members = tuple(transform(m, lambda part: _as_product(part, table)) for m in tree.args)
    if {m.kind for m in members} != {"scalar"}:
        return tree
    return node("chain", members, tree.value, "truth")


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
