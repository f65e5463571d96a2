"""`3i + 4j` of bold, arrowed or hatted letters, or beside coordinates: the unit vectors of the axes."""

from __future__ import annotations

from collections.abc import Callable

from grader.equivalence.features import features
from grader.expressions.build import ONE, ZERO, add, cross, dot, matrix, mul
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import transform

_AXES = ("i", "j", "k")
_MARKED = {
    spelled: axis
    for axis, letter in enumerate(_AXES)
    for name in (letter, {"i": "imath", "j": "jmath"}.get(letter, letter))
    for spelled in (f"vec({name})", f"hat({name})", f"vec(hat({name}))", f"hat(vec({name}))")
}
_BUILDERS: dict[str, Callable[..., Expr]] = {"add": add, "mul": mul, "dot": dot, "cross": cross}
_MULTIPLIED = frozenset(["dot", "cross", "norm"])


def with_axes(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """Both trees with the unit vectors i, j and k as columns; as they are where there are none.

    Plain letters are unit vectors only beside coordinates, and where an i and a j stand together.
    """
    marked = [_axes(t, marked=True) for t in (left, right)] if _has_marks(left, right) else []
    size = max((_size(t) for t in (left, right)), default=0)
    if any(len(found) > 1 for found in marked) or (any(marked) and (size or _multiplies(left, right))):
        dimension = size or 3
        if max((a for found in marked for a in found), default=0) < dimension:
            return _in_columns(left, dimension, True), _in_columns(right, dimension, True)
    plain = [_axes(t, marked=False) for t in (left, right)] if size else []
    if any({0, 1} <= found and max(found) < size for found in plain) and not all(plain):
        return _in_columns(left, size, False), _in_columns(right, size, False)
    return left, right


def with_products(tree: Expr) -> Expr:
    """A determinant with i, j, k as its first row as the vector product of the other two."""
    return transform(tree, _as_product)


def _as_product(part: Expr) -> Expr:
    held = part.args[0] if part.head == "call" and part.value == "det" else part
    if held is part or held.head != "matrix" or held.value != (3, 3):
        return part
    first = held.args[:3]
    if not any([_axis(a, marked) for a in first] == [0, 1, 2] for marked in (False, True)):
        return part
    return cross(matrix(3, 1, *held.args[3:6]), matrix(3, 1, *held.args[6:]))


def _has_marks(left: Expr, right: Expr) -> bool:
    return not (features(left).names | features(right).names).isdisjoint(_MARKED)


def _axis(tree: Expr, marked: bool) -> int | None:
    if marked:
        return _MARKED.get(str(tree.value)) if tree.head == "symbol" else None
    if tree.head == "constant" and tree.value == "i":
        return 0
    plain = tree.head == "symbol" and tree.kind in ("scalar", "integer") and tree.value in _AXES
    return _AXES.index(str(tree.value)) if plain else None


def _axes(tree: Expr, marked: bool) -> set[int]:
    return {a for part in walk(tree) if (a := _axis(part, marked)) is not None}


def _size(tree: Expr) -> int:
    """How many coordinates a column, a tuple of numbers or a vector product has; 0 for anything else."""
    if tree.head == "cross":
        return 3
    column = tree.head == "matrix" and tree.value[1] == 1
    row = tree.head == "tuple" and all(a.kind != "vector" for a in tree.args)
    return len(tree.args) if (column or row) and len(tree.args) in (2, 3) else 0


def _multiplies(left: Expr, right: Expr) -> bool:
    return not _MULTIPLIED.isdisjoint(features(left).heads | features(right).heads)


def _in_columns(tree: Expr, dimension: int, marked: bool) -> Expr:
    def change(part: Expr) -> Expr:
        axis = _axis(part, marked)
        if axis is None:
            build = _BUILDERS.get(part.head)  # made anew, since a sum of vectors is a vector
            return part if build is None else build(*part.args)
        return matrix(dimension, 1, *(ONE if k == axis else ZERO for k in range(dimension)))

    return transform(tree, change)
