"""What stands in a tree, found in one walk and remembered."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols

_WORK = frozenset(
    ["derivative", "gradient", "at", "derived", "inverse", "compose", "dot", "transpose", "index"]
)
_BINDERS = frozenset(["sum", "product", "integral", "limit"])
_CONJUGATING = frozenset(["conj", "re", "im", "abs", "arg"])
_UNKNOWN = frozenset(["apply", "partial", "index"])


class Features(NamedTuple):
    """What stands in a tree: symbols, heads of nodes, functions, `names` and their `kinds`, constants."""

    free: frozenset[Expr]
    heads: frozenset[str]
    functions: bool
    complexes: bool
    conjugates: bool
    vector_calls: tuple[Expr, ...]
    sizes: frozenset[int]
    calls: frozenset[str]
    names: frozenset[str]
    kinds: frozenset[str]
    constants: frozenset[str]

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


_EVERYWHERE = frozenset(["exp", "sin", "cos", "sinh", "cosh", "tanh", "arctan", "arsinh", "erf"])
_PLAIN = frozenset(["number", "decimal", "constant", "symbol", "add", "mul", "pow", "call"])


@lru_cache(maxsize=2048)
def is_total(tree: Expr) -> bool:
    """Whether a number has a value for all values of its real symbols: no denominators, no roots.

    >>> from grader.expressions.build import symbol, sqrt
    >>> is_total(symbol("x")), is_total(sqrt(symbol("x")))
    (True, False)
    """
    known = features(tree)
    if known.complexes or not known.heads <= _PLAIN or not known.calls <= _EVERYWHERE:
        return False
    return all(
        part.kind in ("scalar", "integer")
        and (part.head != "pow" or _is_whole(part.args[1]))
        and (part.head != "constant" or part.value in ("pi", "e"))
        for part in walk(tree)
    )


def _is_whole(exponent: Expr) -> bool:
    return exponent.head == "number" and exponent.value.denominator == 1 and exponent.value > 0


@lru_cache(maxsize=2048)
def features(tree: Expr) -> Features:
    """The features of a tree."""
    heads: set[str] = set()
    calls: list[Expr] = []
    sizes: set[int] = set()
    called: set[str] = set()
    symbols: set[Expr] = set()
    constants: set[str] = set()
    functions = complexes = False
    for part in walk(tree):
        heads.add(part.head)
        functions |= part.kind == "function"
        if part.kind == "complex" and part.head in ("symbol", "constant"):
            complexes = True
        if part.head == "constant":
            constants.add(part.value)
        elif part.head == "symbol":
            symbols.add(part)
        if part.head == "call":
            called.add(part.value)
        if part.head == "apply" and part.kind == "vector":
            calls.append(part)
        if part.head == "matrix" and part.value[0] > 1:
            sizes.add(part.value[0])
    return Features(
        free_symbols(tree),
        frozenset(heads),
        functions,
        complexes,
        not called.isdisjoint(_CONJUGATING),
        tuple(calls),
        frozenset(sizes),
        frozenset(called),
        frozenset(str(s.value) for s in symbols),
        frozenset(s.kind for s in symbols),
        frozenset(constants),
    )
