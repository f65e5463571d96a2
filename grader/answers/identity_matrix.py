"""`I` beside matrices: the identity, of the size that stands beside it."""

from __future__ import annotations

from collections.abc import Iterator

from grader.equivalence.features import features
from grader.expressions.build import ONE, ZERO, matrix
from grader.expressions.nodes import Expr, node, walk
from grader.expressions.rewrite import transform

_NAMES = frozenset(["I", "vec(I)", "E_n", "I_n"])


def with_identity(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """Both trees with an undeclared I as the identity, where matrices stand beside it; else as they are."""
    if not any(n in _NAMES or n.startswith("I_") for t in (left, right) for n in features(t).names):
        return left, right
    if not any(_is_identity(p) for t in (left, right) for p in walk(t)):
        return left, right
    sizes = sorted({n for t in (left, right) for n in _sizes(t)})
    held = [p for t in (left, right) for p in walk(t) if p.head == "symbol" and p.kind == "matrix"]
    if len(sizes) == 1:
        n = sizes[0]
        one = matrix(n, n, *(ONE if i == j else ZERO for i in range(n) for j in range(n)))
    elif held and not sizes:
        one = node("pow", (held[0], ZERO), None, "matrix")  # A^0, of the size of A
    else:
        return left, right
    first, second = (transform(t, lambda p: one if _is_identity(p, sizes) else p) for t in (left, right))
    return first, second


def _is_identity(tree: Expr, sizes: list[int] | None = None) -> bool:
    if tree.head != "symbol" or tree.kind not in ("scalar", "vector"):
        return False
    name = str(tree.value)
    numbered = name[2:].isdigit() and name.startswith("I_")
    return name in _NAMES or (numbered and (sizes is None or int(name[2:]) in sizes))


def _sizes(tree: Expr) -> Iterator[int]:
    for part in walk(tree):
        if part.head == "matrix" and part.value[0] == part.value[1]:
            yield part.value[0]
