"""Tuples that are vectors: after `a = (1, 2)`, `2a` is a vector and `a . b` a number."""

from __future__ import annotations

from collections.abc import Mapping

from grader.equivalence.rows import as_columns, is_row
from grader.equivalence.unit_vectors import with_axes
from grader.expressions.build import add, chain, matrix, mul, norm, sub
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, transform
from grader.expressions.symbols import SymbolTable


def with_points(tree: Expr, table: SymbolTable) -> Expr:
    """The tree with points that are reckoned with as vectors: `Q - P`, `AB` for the way or the distance."""
    members = tree.args if tree.head == "chain" else (tree,)
    found = {s: _place(s, table) for m in members for s in free_symbols(m)}
    places = {s: place for s, place in found.items() if place is not None}
    if not places:
        return tree
    way = any(m.head in ("tuple", "add") or m.kind == "vector" for m in members)
    read = tuple(m if m.head in ("symbol", "tuple") else _as_vector(m, places, way) for m in members)
    return chain(read, tree.value) if tree.head == "chain" else read[0]


def _place(name: Expr, table: SymbolTable) -> Expr | None:
    declared = table.symbols.get(name.value)
    found = declared.definition if declared is not None else None
    point = declared is not None and declared.kind == "tuple"
    return found if point and found is not None and is_row(found) else None


def _as_vector(tree: Expr, places: Mapping[Expr, Expr], way: bool) -> Expr:
    if tree.head == "mul" and len(tree.args) == 2 and all(a in places for a in tree.args):
        first, second = (_column(places[a]) for a in tree.args)
        return sub(second, first) if way else norm(sub(second, first))
    if tree.head == "norm" or (tree.head == "call" and tree.value == "abs"):
        inside = _as_vector(tree.args[0], places, True)
        return norm(inside) if inside.kind == "vector" else tree
    if tree in places:
        return _column(places[tree])
    if tree.head not in ("add", "mul"):
        return tree
    args = [_as_vector(a, places, way) for a in tree.args]
    return add(*args) if tree.head == "add" else mul(*args)


def _column(row: Expr) -> Expr:
    return matrix(len(row.args), 1, *row.args)


def turned_up(tree: Expr) -> Expr:
    """The tree with `(x, y)^T` as a column."""
    return transform(tree, _turned_up)


def _turned_up(part: Expr) -> Expr:
    row = part.head == "transpose" and part.args[0].head == "tuple" and is_row(part.args[0])
    return _column(part.args[0]) if row else part


def alike(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """Both trees, a tuple as a column where a vector stands on the other side or tuples are reckoned with;
    `3i + 4j` as a column as well, beside coordinates.
    """
    if left.kind == "vector" and is_row(right):
        return left, _column(right)
    if right.kind == "vector" and is_row(left):
        return _column(left), right
    return as_columns(*with_axes(left, right))
