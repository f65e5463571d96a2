"""Vectors by their entries: `(1, 2) + t(3, 4)` on a line, and the gradient of a formula beside a tuple."""

from __future__ import annotations

from grader.equivalence.features import features
from grader.expressions.build import matrix, mul, sequence, symbol
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import replace, transform
from grader.expressions.symbols import SymbolTable
from grader.notation.labels import UNKNOWN_FUNCTIONS

_AXES = ("x", "y", "z")


def with_entries(left: Expr, right: Expr, table: SymbolTable) -> tuple[Expr, Expr]:
    """Both trees with multiples of tuples as such, and gradients spelled out where the other has entries."""
    left, right = _with_multiples(left, table), _with_multiples(right, table)
    return _with_gradients(left, right, table), _with_gradients(right, left, table)


def _with_multiples(tree: Expr, table: SymbolTable) -> Expr:
    """`(1, 2) + t(3, 4)`: a letter before as many entries as stand in the sum multiplies them."""
    if not {"apply", "tuple", "add"} <= features(tree).heads:
        return tree

    def change(part: Expr) -> Expr:
        sizes = {len(a.args) for a in part.args if a.head == "tuple"} if part.head == "add" else set()
        if len(sizes) != 1:
            return part
        size = sizes.pop()
        held = {p: _multiple(p) for a in part.args for p in walk(a) if _is_multiple(p, size, table)}
        return replace(part, held)

    return transform(tree, change)


def _is_multiple(part: Expr, size: int, table: SymbolTable) -> bool:
    if part.head != "apply" or len(part.args) != size + 1 or part.args[0].head != "symbol":
        return False
    name = part.args[0].value
    return name not in UNKNOWN_FUNCTIONS and name not in table.symbols


def _multiple(part: Expr) -> Expr:
    return mul(symbol(str(part.args[0].value)), sequence(*part.args[1:]))


def _with_gradients(tree: Expr, other: Expr, table: SymbolTable) -> Expr:
    """`\\nabla(x^2 y)` as its entries, in the shape that the other answer has."""
    if "gradient" not in features(tree).heads:
        return tree
    shapes = [p for p in walk(other) if p.head == "tuple" or (p.head == "matrix" and p.value[1] == 1)]
    sizes = {len(p.args) for p in shapes}
    if len(sizes) != 1:
        return tree
    size, column = sizes.pop(), shapes[0].head == "matrix"
    found = {p: g for p in walk(tree) if (g := _entries(p, size, column, table)) is not None}
    return replace(tree, found)


def _entries(part: Expr, size: int, column: bool, table: SymbolTable) -> Expr | None:
    if part.head != "gradient" or len(part.args) != 1 or part.args[0].kind != "scalar":
        return None
    body, names = part.args[0], [str(s.value) for s in features(part.args[0]).free]
    if features(body).has_unknown or any(s.kind != "scalar" for s in features(body).free):
        return None
    axes = _AXES[:size] if set(names) <= set(_AXES[:size]) else tuple(sorted(names))
    if len(axes) != size or not names or any(n in table.symbols for n in names):
        return None
    slopes = [differentiate(body, symbol(axis)) for axis in axes]
    known = [s for s in slopes if s is not None]
    if len(known) < size:
        return None
    return matrix(size, 1, *known) if column else sequence(*known)
