"""Lines about one component for every index, and columns of components, as lines about the whole vectors.

`dL/dw_j = c phi_j(x)` for a letter j that nothing binds says that the gradient is `c phi(x)`, and so does
the column of `c phi_1(x)`, `c phi_2(x)`. Components are products with unit vectors here (`components`).
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.expressions.build import ZERO, add, mul
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import rebuild

_LETTERS = frozenset("ijkmn")


def as_whole(tree: Expr) -> Expr:
    """The tree about whole vectors; as it is where it is about one component, or no component at all."""
    tree = _with_columns(tree)
    units = sorted({p for p in walk(tree) if is_unit(p)}, key=lambda u: str(u.value))
    if len(units) != 1 or str(units[0].value)[2:] not in _LETTERS:
        return tree
    members = tree.args if tree.head == "chain" else (tree,)
    lifted = [_lifted(m, units[0]) for m in members]
    if any(m is None for m in lifted) or (tree.head == "chain" and set(tree.value) - {"=", "equiv"}):
        return tree
    whole = tuple(m for m in lifted if m is not None)
    return rebuild(tree, whole) if tree.head == "chain" else whole[0]


def is_unit(tree: Expr) -> bool:
    """Whether a tree is one of the unit vectors that stand for components."""
    return tree.head == "symbol" and tree.kind == "vector" and str(tree.value).startswith("e_")


def _lifted(tree: Expr, unit: Expr) -> Expr | None:
    """U of `e_j . U`, times what stands beside it; None where the component is not a factor once."""
    if tree is ZERO:
        return tree
    if tree.head == "dot":
        rest = [a for a in tree.args if a is not unit]
        return rest[0] if len(rest) == 1 and len(tree.args) == 2 and unit not in walk(rest[0]) else None
    if tree.head == "add":
        terms = [_lifted(t, unit) for t in tree.args]
        kept = [t for t in terms if t is not None]
        return add(*kept) if len(kept) == len(terms) else None
    if tree.head != "mul":
        return None
    with_unit = [f for f in tree.args if unit in walk(f)]
    if len(with_unit) != 1:
        return None
    whole = _lifted(with_unit[0], unit)
    return None if whole is None else mul(*(f for f in tree.args if f is not with_unit[0]), whole)


# -- columns ------------------------------------------------------------------------------------------


def _with_columns(tree: Expr) -> Expr:
    if not any(is_unit(p) for p in walk(tree)):
        return tree
    whole = _column(tree)
    return rebuild(tree, tuple(_with_columns(a) for a in tree.args)) if whole is None else whole


def _column(tree: Expr) -> Expr | None:
    """The vector whose components, first to last, are the entries of a column or a tuple."""
    held = tree.args[0] if tree.head == "transpose" else tree
    listed = held.head == "tuple" or (held.head == "matrix" and 1 in held.value)
    if not listed or len(held.args) < 2:
        return None
    parts = [_numbered(entry, number) for number, entry in enumerate(held.args, 1)]
    return _common([p for p in parts if p is not None], len(held.args))


def _common(parts: Sequence[Expr], count: int) -> Expr | None:
    return parts[0] if len(parts) == count and len(set(parts)) == 1 else None


def _numbered(entry: Expr, number: int) -> Expr | None:
    unit = next((p for p in walk(entry) if is_unit(p) and str(p.value) == f"e_{number}"), None)
    return None if unit is None else _lifted(entry, unit)
