"""Which letters are used for the size of a matrix, and where they stand when they are."""

from __future__ import annotations

from collections.abc import Sequence

from grader.equivalence.features import features
from grader.equivalence.grams import Gram
from grader.equivalence.sized import Unsized
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols

ROWS = frozenset("nNmM")  # as letters are used for the rows and the columns of data
COLUMNS = frozenset("pdkqDr")


def inside(pair: Unsized) -> frozenset[Expr]:
    """The letters that stand within a matrix or a vector."""
    found = [
        free_symbols(part)
        for t in pair.trees
        for part in walk(t)
        if (shape := pair.shapes.of(part)) is not None and not pair.shapes.is_number(shape)
    ]
    return frozenset().union(*found)


def is_usual(letter: Expr, dimension: int, pair: Unsized, grams: Sequence[Gram]) -> bool:
    """Whether an undeclared letter is used for this size: n for the rows of data, p for its columns."""
    name = str(letter.value)
    if name in pair.assumptions.table.symbols or letter in inside(pair) or _is_factor(letter, pair):
        return False
    if any("rank" in features(t).calls for t in pair.trees):
        return False  # it is less than the size of a matrix that has no inverse
    if not grams:
        return name in ROWS | COLUMNS
    high = any(pair.shapes.find(d) == dimension for g in grams for d in g.inner)
    return name in (ROWS if high else COLUMNS)


def _is_factor(letter: Expr, pair: Unsized) -> bool:
    """Whether a letter stands before a determinant or a trace, `k tr A`, and not as an exponent only."""
    for part in (p for t in pair.trees for p in walk(t) if p.head == "mul"):
        for factor in part.args:
            while factor.head == "pow":
                factor = factor.args[0]
            if letter in features(factor).free and _holds_number_of(part):
                return True
    return False


def _holds_number_of(tree: Expr) -> bool:
    return any(p.head == "norm" or (p.head == "call" and p.value in ("det", "tr")) for p in walk(tree))
