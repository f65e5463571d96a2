"""The slope of what a condition makes a function of one letter: S = x^2 + 4xh where x^2 h = 32."""

from __future__ import annotations

from collections.abc import Iterator

from grader.equivalence.normal import Normalizer
from grader.equivalence.solving import branches
from grader.expressions.build import ZERO, div, neg, sub
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, replace
from grader.expressions.symbols import Symbol
from grader.working.entailment import unknowns
from grader.working.knowledge import Knowledge

_MOST = 3


def tied_letters(relation: Expr, known: Knowledge) -> dict[Expr, Expr]:
    """The letters in what is differentiated which a condition ties to the variable, each with it."""
    found: dict[Expr, Expr] = {}
    for part in walk(relation):
        if part.head != "derivative" and not _is_slope_of_own(part):
            continue
        variable, body = part.args[1], _body(part, known)
        others = (s for s in unknowns(body) if s.kind == "scalar" and s is not variable)
        found.update((s, variable) for s in others if any(True for _ in _ties(s, variable, known)))
    return found


def with_ties(letters: dict[Expr, Expr], known: Knowledge) -> Iterator[Knowledge]:
    """The knowledge with each letter as what a condition says that it is, for each way to solve it."""
    ways = {letter: list(_values(letter, by, known)) for letter, by in letters.items()}
    if not all(ways.values()):
        return
    for index in range(min(_MOST, max(map(len, ways.values())))):
        tied = known
        for letter, values in ways.items():
            value = values[min(index, len(values) - 1)]
            tied = tied.define(Symbol(letter.value, letter.kind, definition=value))
        yield tied


def _is_slope_of_own(part: Expr) -> bool:
    """`S'(x)` of a name S that is no function of its own."""
    return part.head == "apply" and part.args[0].head == "derived" and len(part.args) == 2


def _body(part: Expr, known: Knowledge) -> Expr:
    """What is differentiated, written out."""
    if part.head == "derivative":
        return known.coordinates(part.args[0])
    name = part.args[0].args[0]
    own = known.table.symbols.get(name.value)
    return (
        name if own is None or own.definition is None or own.parameters else known.coordinates(own.definition)
    )


def _ties(letter: Expr, variable: Expr, known: Knowledge) -> Iterator[Expr]:
    """The equations before it that speak of both."""
    for fact in reversed(known.facts):
        tree = known.coordinates(fact.relation)
        if tree.head == "chain" and tree.value == ("=",) and {letter, variable} <= free_symbols(tree):
            yield tree


def _values(letter: Expr, variable: Expr, known: Knowledge) -> Iterator[Expr]:
    """What the conditions say that a letter is, in terms of the others."""
    for tree in _ties(letter, variable, known):
        left, right = tree.args
        slope = differentiate(sub(left, right), letter)
        if slope is not None and slope is not ZERO and letter not in free_symbols(slope):
            yield neg(div(replace(sub(left, right), {letter: ZERO}), slope))
            continue
        for value in branches(left, right, letter, Normalizer(known.assumptions().domain)) or ():
            if letter not in free_symbols(value):
                yield value
