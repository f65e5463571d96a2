"""Expectation, variance and covariance, as they are over three outcomes with unequal probabilities.

`E[aX + b]` is written as `1/2 (a X' + b) + 1/3 (a X'' + b) + 1/6 (a X''' + b)`: every rule for all random
variables holds for these, and one that is no rule (`E[X^2] = E[X]^2`) fails at most of their values.
Capital letters are random; where there are none, the letters from the end of the alphabet are.
"""

from __future__ import annotations

from fractions import Fraction

from grader.expressions.build import add, mul, number, sub, symbol
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, replace, transform
from grader.expressions.symbols import SymbolTable

_WEIGHTS = (Fraction(1, 2), Fraction(1, 3), Fraction(1, 6))
_ARGUMENTS = {"E": 1, "Var": 1, "Cov": 2}
_LATE = frozenset("xyzuvwt")
_MAX_DEPTH = 4
_COPY = "in case"


def spelled_out_expectations(trees: tuple[Expr, ...], table: SymbolTable) -> tuple[Expr, ...]:
    """The trees with undeclared `E[...]`, `Var(...)` and `Cov(..., ...)` as sums over outcomes.

    >>> from grader.expressions.build import apply
    >>> mean = apply(symbol("E", "function"), number(3))
    >>> spelled_out_expectations((mean,), SymbolTable())[0] == number(3)
    True
    """
    calls = [part for tree in trees for part in walk(tree) if _is_operator(part, table)]
    if not calls or max(_depth(t, table) for t in trees) > _MAX_DEPTH:
        return trees
    random = frozenset().union(*(_random(part, table) for part in calls))
    if any(_binds(part, random) for tree in trees for part in walk(tree)):
        return trees
    return tuple(transform(tree, lambda part: _over_outcomes(part, random, table)) for tree in trees)


def _is_operator(part: Expr, table: SymbolTable) -> bool:
    if part.head != "apply" or part.args[0].head != "symbol":
        return False
    name = str(part.args[0].value)
    base = name.partition("_")[0]
    plain = all(a.kind in ("scalar", "integer") for a in part.args[1:])
    return plain and _ARGUMENTS.get(base) == len(part.args) - 1 and table.find(name) is None


def _depth(tree: Expr, table: SymbolTable) -> int:
    return max((_depth(a, table) for a in tree.args), default=0) + _is_operator(tree, table)


def _without_condition(tree: Expr) -> Expr:
    """E[E[A | B]] is E[A]."""
    conditional = tree.head == "apply" and tree.args[0].value == "E|" and len(tree.args) == 3
    return tree.args[1] if conditional else tree


def _random(part: Expr, table: SymbolTable) -> frozenset[Expr]:
    """The symbols under an operator that are random."""
    free = {s for a in part.args[1:] for s in free_symbols(a) if s.kind == "scalar" and not _is_copy(s)}
    free = {s for s in free if table.find(str(s.value)) is None}
    capital = {s for s in free if str(s.value)[0].isupper()}
    return frozenset(capital or {s for s in free if str(s.value)[0] in _LATE} or free)


def _is_copy(leaf: Expr) -> bool:
    return f" {_COPY} " in str(leaf.value)


def _binds(part: Expr, random: frozenset[Expr]) -> bool:
    """Whether it is a derivative or an integral over a random symbol."""
    return part.head in ("derivative", "integral", "limit") and any(a in random for a in part.args[1:])


def _over_outcomes(part: Expr, random: frozenset[Expr], table: SymbolTable) -> Expr:
    if not _is_operator(part, table):
        return part
    name, _, index = str(part.args[0].value).partition("_")
    copies = [
        {s: symbol(f"{s.value} {_COPY} {k}{f' ({index})' if index else ''}", s.kind) for s in random}
        for k in range(1, len(_WEIGHTS) + 1)
    ]

    def mean(tree: Expr) -> Expr:
        if free_symbols(tree).isdisjoint(random):
            return tree
        parts = (mul(number(w), replace(tree, c)) for w, c in zip(_WEIGHTS, copies, strict=True))
        return add(*parts)

    if name == "E":
        return mean(_without_condition(part.args[1]))
    first, second = part.args[1], part.args[-1]
    return sub(mean(mul(first, second)), mul(mean(first), mean(second)))
