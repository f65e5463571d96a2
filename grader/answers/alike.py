"""Two answers read alike: what is ambiguous in one is read as the other asks for."""

from __future__ import annotations

from grader.equivalence.features import features
from grader.equivalence.identity_matrix import with_identity
from grader.equivalence.membership import is_infinite
from grader.equivalence.rows import as_columns, is_row, reckons
from grader.equivalence.unit_vectors import with_axes
from grader.expressions.build import add, call, cross, dot, matrix, mul, norm, power, transpose
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import readings, rebuild

_ARRAYS = ("vector", "matrix")


def alike(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """Both in their preferred readings, but for brackets.

    `(a, b)` beside a set, or with an infinite end, is an interval; `[a, b]` beside a vector, or in a sum or
    a product, is a vector, and so is `(a, b)` in a sum or a product.
    """
    first, second = (with_vectors(_rows_up(_preferred(t))) for t in (left, right))
    first, second = with_identity(*with_axes(first, second))
    first = _as_angle(first, second)
    second = _as_angle(second, first)
    first = _as_angle(first, second)
    if reckons(first) or reckons(second):
        first, second = (_as_vector(t) for t in as_columns(first, second))
    if any(t.kind == "set" or _is_unbounded(t) or _is_range(t) for t in (first, second)):
        first, second = _as_interval(left, first), _as_interval(right, second)
    if first.kind in _ARRAYS or second.kind in _ARRAYS:
        return _as_arrays(first, second)
    return first, second


def _rows_up(tree: Expr) -> Expr:
    """`(1, 2)^T` and `[1, 2]^T`: a row that is turned up is a column."""
    held = tree.args[0] if tree.head == "transpose" else tree
    listed = held.head == "tuple" or (held.head == "interval" and held.value == ("[", "]"))
    return matrix(len(held.args), 1, *held.args) if held is not tree and listed else tree


def _preferred(tree: Expr) -> Expr:
    return readings(tree, 1)[0] if "choice" in features(tree).heads else tree


def _as_angle(tree: Expr, other: Expr) -> Expr:
    """`<x, y>` of undeclared letters, a scalar product, and `(x, y)` beside a column: columns too."""
    if is_row(tree) and _is_column(other):
        return matrix(len(tree.args), 1, *tree.args)
    numbers = tree.head == "dot" and all(a.kind == "scalar" for a in tree.args)
    return matrix(2, 1, *tree.args) if numbers and (is_row(other) or _is_column(other)) else tree


def _is_column(tree: Expr) -> bool:
    return tree.head == "matrix" and tree.value[1] == 1 and tree.value[0] > 1


def _as_interval(tree: Expr, preferred: Expr) -> Expr:
    return next((r for r in readings(tree) if r.head in ("interval", "set")), preferred)


def _is_unbounded(tree: Expr) -> bool:
    return tree.head == "tuple" and len(tree.args) == 2 and any(is_infinite(a) for a in tree.args)


def _is_range(tree: Expr) -> bool:
    """A statement that some numbers fulfil: `1 < x < 3`, but not `(x, y) = (1, 2)`."""
    return tree.kind == "truth" and not (tree.head == "chain" and "=" in tree.value)


def _as_vector(tree: Expr, rows: bool = False) -> Expr:
    """`[a, b]` as a column, and with `rows` also `(a, b)`."""
    listed = (tree.head == "interval" and tree.value == ("[", "]")) or (rows and is_row(tree))
    return matrix(len(tree.args), 1, *tree.args) if listed else tree


def _as_arrays(first: Expr, second: Expr) -> tuple[Expr, Expr]:
    """Lists as columns; `[1, 2]` beside a row is a row."""
    explicit = "matrix" in features(first).heads | features(second).heads
    ours, theirs = (_as_vector(t, explicit) for t in (first, second))
    rows = [t.head == "matrix" and t.value[0] == 1 for t in (ours, theirs)]
    if any(rows) and not all(rows):
        return _as_row(first, ours), _as_row(second, theirs)
    return ours, theirs


def _as_row(tree: Expr, column: Expr) -> Expr:
    listed = tree.head in ("interval", "tuple") and column.head == "matrix"
    return matrix(1, len(column.args), *column.args) if listed else column


def with_vectors(tree: Expr) -> Expr:
    """`[1, 2] + [3, 4]`, `norm([3, 4])`: intervals are not added, so these are vectors."""
    if "interval" not in features(tree).heads or tree.head not in _BUILDERS:
        return tree
    args = tuple(_as_vector(with_vectors(a)) for a in tree.args)
    if tree.head == "call":
        return call(tree.value, *args, kind=tree.kind)
    if tree.head == "norm":
        return norm(args[0], tree.value)
    build = _BUILDERS[tree.head]
    return build(*args) if build is not None else rebuild(tree, args)


_BUILDERS = {
    "add": add, "mul": mul, "pow": power, "dot": dot, "cross": cross, "transpose": transpose, "norm": None,
    "call": None,
}  # fmt: skip
