"""Expectation, variance and covariance, as they are over three outcomes with unequal probabilities.

`E[aX + b]` is written as `1/2 (a X' + b) + 1/3 (a X'' + b) + 1/6 (a X''' + b)`: every rule for all random
variables holds for these, and one that is no rule (`E[X^2] = E[X]^2`) fails at most of their values.
Capital letters are random; where there are none, the letters from the end of the alphabet are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod

from grader.equivalence.features import features
from grader.expressions.build import add, mul, number, sub, symbol
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, replace, transform
from grader.expressions.symbols import SymbolTable

_WEIGHTS = (Fraction(1, 2), Fraction(1, 3), Fraction(1, 6))
_ARGUMENTS = {"E": 1, "Var": 1, "Cov": 2}
_LATE = frozenset("xyzuvwt")
_BINDERS = ("derivative", "integral", "limit")
_MAX_DEPTH = 4
_MAX_INDEPENDENT = 3  # 27 outcomes
_COPY = "in case"


@dataclass(frozen=True, slots=True)
class Randomness:
    """The random letters; `certain` says that it is plain which letters they are."""

    letters: frozenset[Expr]
    certain: bool


def randomness_of(trees: tuple[Expr, ...], table: SymbolTable) -> Randomness | None:
    """What is random in the trees; None if no expectation stands in them."""
    calls = [part for tree in trees for part in _calls(tree, table)]
    if not calls:
        return None
    found = [_random(part, table) for part in calls]
    family = any(part.head == "index" for call in calls for part in walk(call))
    letters = frozenset[Expr]().union(*(r.letters for r in found))
    return Randomness(letters, not family and all(r.certain for r in found))


def spelled_out_expectations(
    trees: tuple[Expr, ...], table: SymbolTable, independent: bool = False
) -> tuple[Expr, ...]:
    """The trees with undeclared `E[...]`, `Var(...)` and `Cov(..., ...)` as sums over outcomes.

    With `independent`, letters have outcomes of their own; `X_1` and `X_2` are alike in their values.

    >>> from grader.expressions.build import apply
    >>> mean = apply(symbol("E", "function"), number(3))
    >>> spelled_out_expectations((mean,), SymbolTable())[0] == number(3)
    True
    """
    trees = tuple(_with_letters_spelled(tree, table) for tree in trees)
    known = randomness_of(trees, table)
    if known is None or max(_depth(t, table) for t in trees) > _MAX_DEPTH:
        return trees
    random = known.letters
    if independent and len(random) > _MAX_INDEPENDENT:
        return trees
    if any(p.head in _BINDERS and not random.isdisjoint(p.args[1:]) for t in trees for p in walk(t)):
        return trees

    def spelled(part: Expr) -> Expr:
        if not _is_operator(part, table):
            return part
        index = str(part.args[0].value).partition("_")[2]
        cases = _independent(random, index) if independent else _joint(random, index)
        return _over(part, cases, random)

    return tuple(transform(tree, spelled) for tree in trees)


def _with_letters_spelled(tree: Expr, table: SymbolTable) -> Expr:
    """The tree with Y as 2X - 3 under its operators, where it is defined so: it is random as X is."""
    for _ in range(_MAX_DEPTH):
        calls = _calls(tree, table)
        letters = frozenset[Expr]().union(*(free_symbols(part) for part in calls))
        bodies = {s: body for s in letters if (body := _random_body(s, table)) is not None}
        means = {s: body for s in free_symbols(tree) if (body := _mean_body(s, table)) is not None}
        if not bodies and not means:
            break
        tree = replace(replace(tree, {part: replace(part, bodies) for part in calls}), means)
    return tree


def _mean_body(leaf: Expr, table: SymbolTable) -> Expr | None:
    """What a letter is defined as, if an operator stands in that: `mu = E[X]`."""
    known = table.find(str(leaf.value)) if leaf.kind == "scalar" else None
    body = known.definition if known is not None and not known.parameters else None
    return body if body is not None and _calls(body, table) else None


def _random_body(leaf: Expr, table: SymbolTable) -> Expr | None:
    """What a capital letter is defined as, if a capital letter stands in that."""
    known = table.find(str(leaf.value)) if _is_capital(leaf) else None
    body = known.definition if known is not None and not known.parameters else None
    return body if body is not None and any(map(_is_capital, free_symbols(body))) else None


def _calls(tree: Expr, table: SymbolTable) -> list[Expr]:
    if "apply" not in features(tree).heads:
        return []
    return [part for part in walk(tree) if _is_operator(part, table)]


def _is_operator(part: Expr, table: SymbolTable) -> bool:
    if part.head != "apply" or part.args[0].head != "symbol":
        return False
    name = str(part.args[0].value)
    plain = all(a.kind in ("scalar", "integer") for a in part.args[1:])
    if not plain or _ARGUMENTS.get(name.partition("_")[0]) != len(part.args) - 1:
        return False
    known = table.find(name)
    if known is None:
        return True
    return known.definition is None and any(_is_capital(s) for a in part.args[1:] for s in free_symbols(a))


def _depth(tree: Expr, table: SymbolTable) -> int:
    return max((_depth(a, table) for a in tree.args), default=0) + _is_operator(tree, table)


def _is_capital(leaf: Expr) -> bool:
    return leaf.kind == "scalar" and str(leaf.value)[:1].isupper()


def _random(part: Expr, table: SymbolTable) -> Randomness:
    """The symbols under an operator that are random."""
    leaves = {s for a in part.args[1:] for s in free_symbols(a) if s.kind == "scalar"}
    free = {s for s in leaves if table.find(str(s.value)) is None and f" {_COPY} " not in str(s.value)}
    capital = {s for s in leaves if _is_capital(s) and (s in free or not _is_defined(s, table))}
    capital = {s for s in capital if f" {_COPY} " not in str(s.value)}
    late = {s for s in free if _base(s) in _LATE}
    return Randomness(frozenset(capital or late or free), bool(capital or late or not free))


def _is_defined(leaf: Expr, table: SymbolTable) -> bool:
    known = table.find(str(leaf.value))
    return known is not None and known.definition is not None


Case = tuple[Fraction, dict[Expr, Expr]]  # a probability, and what the letters are


def _copy(leaf: Expr, case: int, index: str, name: str = "") -> Expr:
    measure = f" ({index})" if index else ""
    return symbol(f"{name or leaf.value} {_COPY} {case}{measure}", leaf.kind)


def _joint(random: frozenset[Expr], index: str) -> list[Case]:
    """Outcomes in which every letter has a value of its own: they depend on each other."""
    return [(w, {s: _copy(s, k, index) for s in random}) for k, w in enumerate(_WEIGHTS, 1)]


def _independent(random: frozenset[Expr], index: str) -> list[Case]:
    """Every outcome of one letter with every outcome of the others."""
    letters = sorted(random, key=repr)
    numbered = list(enumerate(_WEIGHTS, 1))
    return [
        (
            prod((w for _, w in case), start=Fraction(1)),
            {s: _copy(s, k, index, _base(s)) for s, (k, _) in zip(letters, case, strict=True)},
        )
        for case in product(numbered, repeat=len(letters))
    ]


def _base(leaf: Expr) -> str:
    return str(leaf.value).partition("_")[0]


def _over(part: Expr, cases: list[Case], random: frozenset[Expr]) -> Expr:
    """An operator as a weighted sum over the cases."""

    def mean(tree: Expr) -> Expr:
        if free_symbols(tree).isdisjoint(random):
            return tree
        return add(*(mul(number(weight), replace(tree, values)) for weight, values in cases))

    if str(part.args[0].value).partition("_")[0] == "E":
        return mean(_without_condition(part.args[1]))
    first, second = part.args[1], part.args[-1]
    return sub(mean(mul(first, second)), mul(mean(first), mean(second)))


def _without_condition(tree: Expr) -> Expr:
    """E[E[A | B]] is E[A]."""
    conditional = tree.head == "apply" and tree.args[0].value == "E|" and len(tree.args) == 3
    return tree.args[1] if conditional else tree


def told_outcomes(point: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
    """The values of random letters at a point in words, and the rest of the point.

    >>> told_outcomes({"X in case 1": "2", "X in case 2": "0", "X in case 3": "1", "a": "3"})
    (['X = 2, 0, 1 with probability 1/2, 1/3, 1/6'], {'a': '3'})
    """
    values: dict[str, list[str]] = {}
    for name, value in point.items():
        letter, mark, case = name.partition(f" {_COPY} ")
        if mark:
            values.setdefault(letter + case.lstrip("0123456789"), []).append(value)
    whole = [name for name, found in values.items() if len(found) == len(_WEIGHTS)]
    chances = ", ".join(map(str, _WEIGHTS))
    told = [f"{name} = {', '.join(values[name])} with probability {chances}" for name in whole]
    rest = {name: v for name, v in point.items() if name.partition(f" {_COPY} ")[0] not in whole}
    return told, rest
