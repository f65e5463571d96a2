"""A relation that is one slip away from one that follows: it was meant to follow, and is no new hypothesis.

So a rearrangement gone wrong is told from the second equation of a system.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice

from grader.expressions.build import MINUS_ONE, mul, number
from grader.expressions.nodes import Expr, node
from grader.expressions.rewrite import rebuild
from grader.records import Equality
from grader.working.entailment import entails, unknowns
from grader.working.knowledge import Knowledge
from grader.working.sampling import confirmed, sample

_MAX_VARIANTS = 90
_SWAPS = {
    "sin": ("cos",),
    "cos": ("sin",),
    "ln": ("exp",),
    "exp": ("ln",),
    "sinh": ("cosh",),
    "cosh": ("sinh",),
}


def nearly_follows(relation: Expr, premises: Sequence[Expr], known: Knowledge) -> bool:
    """Whether a variant of the relation, one slip away, follows from one of the premises."""
    if relation.head != "chain" or relation.value != ("=",):
        return False
    for premise in premises:
        if premise.head != "chain" or premise.value != ("=",):
            continue
        if len(unknowns(premise) & unknowns(relation)) < min(2, len(unknowns(relation))):
            continue
        given = known.coordinates(premise)
        wanted = unknowns(known.coordinates(relation))
        places = sample((given,), wanted, known.assumptions())
        for variant in islice(variants(relation), _MAX_VARIANTS) if places else ():
            if not _says_something(variant) or not confirmed(known.coordinates(variant), places):
                continue
            if entails([premise], variant, known).verdict is Equality.EQUAL:
                return True
    return False


def _says_something(relation: Expr) -> bool:
    """Not a relation such as x = x, which follows from anything."""
    return relation.args[0] is not relation.args[-1] and bool(unknowns(relation))


def variants(tree: Expr) -> Iterator[Expr]:
    """The trees that are one slip away: one number, sign, exponent, factor, term or function is another."""
    yield from _here(tree)
    for index, part in enumerate(tree.args):
        for other in variants(part):
            yield rebuild(tree, (*tree.args[:index], other, *tree.args[index + 1 :]))


def _here(tree: Expr) -> Iterator[Expr]:
    if tree.head == "number":
        for value in _numbers(tree.value):
            yield number(value)
    elif tree.head == "add":
        for index, term in enumerate(tree.args):
            rest = (*tree.args[:index], *tree.args[index + 1 :])
            yield node("add", (*tree.args[:index], _negated(term), *tree.args[index + 1 :]), None, tree.kind)
            yield rest[0] if len(rest) == 1 else node("add", rest, None, tree.kind)
    elif tree.head == "call" and tree.value in _SWAPS:
        for name in _SWAPS[tree.value]:
            yield node("call", tree.args, name, tree.kind)
    elif tree.head == "mul" and MINUS_ONE in tree.args:
        yield mul(*(a for a in tree.args if a is not MINUS_ONE))
    if tree.kind == "scalar" and tree.head in ("symbol", "mul", "pow", "apply"):
        yield from (mul(number(k), tree) for k in (-1, 2))


def _numbers(value: Fraction) -> Iterator[Fraction]:
    if value == -1:
        yield Fraction(1)
        return
    yield from dict.fromkeys((value - 1, value + 1, -value, 2 * value, value / 2, value - 2, value + 2))


def _negated(term: Expr) -> Expr:
    if term.head == "number":
        return number(-term.value)
    if term.head == "mul" and term.args[0] is MINUS_ONE:
        return mul(*term.args[1:])
    return mul(MINUS_ONE, term)
