"""What stands in a tree, found in one walk and remembered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols

_WORK = frozenset(
    ["derivative", "gradient", "at", "derived", "inverse", "compose", "dot", "transpose", "index"]
)
_BINDERS = frozenset(["sum", "product", "integral", "limit"])
_CONJUGATING = frozenset(["conj", "re", "im", "abs", "arg"])
_UNKNOWN = frozenset(["apply", "partial", "index"])


@dataclass(frozen=True, slots=True)
class Features:
    """Free symbols, which kinds of node stand in a tree, and which known functions (`calls`)."""

    free: frozenset[Expr]
    heads: frozenset[str]
    functions: bool
    complexes: bool
    conjugates: bool
    vector_calls: tuple[Expr, ...]
    sizes: frozenset[int]
    calls: frozenset[str]

    @property
    def has_work(self) -> bool:
        """Whether there is an operator to carry out, or a product to bring into one spelling."""
        return not self.heads.isdisjoint(_WORK)

    @property
    def has_binder(self) -> bool:
        """Whether a sum, product, integral or limit stands in the tree."""
        return not self.heads.isdisjoint(_BINDERS)

    @property
    def has_unknown(self) -> bool:
        """Whether an unknown function or family is applied."""
        return not self.heads.isdisjoint(_UNKNOWN)


@lru_cache(maxsize=2048)
def features(tree: Expr) -> Features:
    """The features of a tree."""
    heads: set[str] = set()
    calls: list[Expr] = []
    sizes: set[int] = set()
    names: set[str] = set()
    functions = complexes = False
    for part in walk(tree):
        heads.add(part.head)
        functions |= part.kind == "function"
        if part.kind == "complex" and part.head in ("symbol", "constant"):
            complexes = True
        if part.head == "call":
            names.add(part.value)
        if part.head == "apply" and part.kind == "vector":
            calls.append(part)
        if part.head == "matrix" and part.value[0] > 1:
            sizes.add(part.value[0])
    return Features(
        free_symbols(tree),
        frozenset(heads),
        functions,
        complexes,
        not names.isdisjoint(_CONJUGATING),
        tuple(calls),
        frozenset(sizes),
        frozenset(names),
    )
