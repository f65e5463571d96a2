"""Vectors beside their components: `w . x` and `sum_j w_j x_j`, `|x|^2` and `sum_i x_i^2`."""

from __future__ import annotations

from collections.abc import Mapping

from grader.equivalence.features import features
from grader.expressions.build import symbol
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import rebuild, transform
from grader.expressions.symbols import Symbol, SymbolTable
from grader.working.components import as_vectors

_BOLD = "vec("


def with_whole_vectors(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """Both trees with sums over all components of a vector as products of vectors.

    Only of letters that are vectors in the one and families in the other: as they are where there are none.
    """
    if "vector" not in features(left).kinds | features(right).kinds:
        return left, right
    names = _vectors(left) & _families(right) | _vectors(right) & _families(left)
    if not names:
        return left, right
    own = SymbolTable().with_symbols([Symbol(n, "vector") for n in sorted(names)])
    first, second = (as_vectors(_plain(t, names), own) for t in (left, right))
    return first, second


def holds_components(left: Expr, right: Expr) -> bool:
    """Whether a letter is a vector in one of the trees, and has an index in the other."""
    return bool(_vectors(left) & _families(right) or _vectors(right) & _families(left))


def _vectors(tree: Expr) -> frozenset[str]:
    """The letters of vectors: bold, arrowed, declared."""
    found = (str(p.value) for p in walk(tree) if p.head == "symbol" and p.kind == "vector")
    return frozenset(n[len(_BOLD) : -1] if n.startswith(_BOLD) else n for n in found)


def _families(tree: Expr) -> frozenset[str]:
    """The letters that bear an index: `x_j`, `x_3`."""
    indexed = (p.args[0] for p in walk(tree) if p.head == "index")
    numbered = (str(p.value) for p in walk(tree) if p.head == "symbol" and "_" in str(p.value))
    return frozenset([*(str(p.value) for p in indexed), *(n.partition("_")[0] for n in numbered)])


def _plain(tree: Expr, names: frozenset[str]) -> Expr:
    table: Mapping[str, Expr] = {spelled: symbol(n, "vector") for n in names for spelled in (n, f"vec({n})")}

    def change(part: Expr) -> Expr:
        if part.head == "symbol" and part.kind == "vector":
            return table.get(str(part.value), part)
        if part.head == "index" and part.args[0].head == "symbol" and str(part.args[0].value) in names:
            return rebuild(part, (table[str(part.args[0].value)], *part.args[1:]))
        return part

    return transform(tree, change)
