"""A vector that is said to solve `A x = b` or `(A - 5I) v = 0`: it is put in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from grader.equivalence import decide
from grader.expressions.build import ZERO, add, matrix, mul, norm, sequence, symbol
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols
from grader.expressions.rewrite import replace as replace_letter
from grader.records import Equality, StepVerdict, Verdict
from grader.working.definitions import explain_definition
from grader.working.entailment import unknowns
from grader.working.knowledge import Fact, Knowledge
from grader.working.links import Judgement, Trial, holds
from grader.working.tuples import alike

_LETTERS = ("xyz", "abc")  # for the entries of a vector that is sought


def vector_put_in(trial: Trial) -> Judgement | None:
    """Holds where the vector solves the latest equation with a matrix before it; fails where it does not."""
    link = trial.link
    value = _column(link.right)
    if link.operator != "=" or not link.first or link.left.head != "symbol" or value is None:
        return None
    for fact in _systems(trial, link.left):
        sides = [_put(side, link.left, value) for side in fact.relation.args]
        verdict = _compared(trial, sides[0], sides[1])
        if verdict.verdict is Equality.EQUAL:
            return replace(holds(verdict.evidence, fact.line), point=link.relation)
        if verdict.verdict is Equality.DIFFERENT and not any(
            unknowns(trial.known.coordinates(side)) for side in sides
        ):
            return Judgement(StepVerdict.FAILS, verdict.evidence, (fact.line,))
    return None


def entries_put_in(trial: Trial) -> Judgement | None:
    """The same for what is said of entries: `v = (1, -2)` after `2v_1 + v_2 = 0`, or after `2x + y = 0`.

    What is said of x and y need not be said of this vector: nothing fails there.
    """
    link = trial.link
    value = _column(link.right)
    if link.operator != "=" or not link.first or link.left.head != "symbol" or value is None:
        return None
    own = [symbol(f"{trial.link.left.value}_{k + 1}") for k in range(len(value.args))]
    usual = [[symbol(letter) for letter in names[: len(value.args)]] for names in _LETTERS]
    for letters in (own, *(names for names in usual if link.left not in names)):
        inside = [f for f in trial.known.facts if unknowns(f.relation) & set(letters)]
        table = dict(zip(letters, value.args, strict=False))
        put = [(f, replace_letter(f.relation, table)) for f in inside[-1:]]
        for fact, relation in put:
            if unknowns(relation) or relation.head != "chain" or relation.value != ("=",):
                continue
            verdict = trial.compare(*relation.args)
            if verdict.verdict is Equality.EQUAL:
                made = explain_definition(trial) or Judgement(StepVerdict.HOLDS, point=link.relation)
                premises = (fact.line,)
                return replace(made, verdict=StepVerdict.HOLDS, evidence=verdict.evidence, premises=premises)
            if verdict.verdict is Equality.DIFFERENT and letters is own:
                return Judgement(StepVerdict.FAILS, verdict.evidence, (fact.line,))
    return None


def solved_for(trial: Trial) -> Judgement | None:
    """The same for letters: `w = (X^T X)^(-1) X^T y` is put into the latest `X^T X w = X^T y`."""
    link, known = trial.link, trial.known
    opens = link.operator == "=" and link.first and not link.continuing and link.left.head == "symbol"
    if not opens or {link.left.kind, link.right.kind} != {"vector"} or link.left in free_symbols(link.right):
        return None
    for fact in _systems(trial, link.left):
        if not any(s.kind == "matrix" for s in free_symbols(fact.relation)):
            continue
        sides = [replace_letter(side, {link.left: link.right}) for side in fact.relation.args]
        verdict = decide(sides[0], sides[1], known.assumptions())
        if verdict.verdict is Equality.EQUAL:
            return replace(holds(verdict.evidence, fact.line), fact=link.relation)
        if verdict.verdict is Equality.DIFFERENT:
            return Judgement(StepVerdict.FAILS, verdict.evidence, (fact.line,))
    return None


def _column(tree: Expr) -> Expr | None:
    """A column of numbers; a tuple of them is one as well."""
    if tree.head == "transpose":
        tree = tree.args[0]
    if tree.head == "matrix" and tree.value[0] == 1:
        tree = sequence(*tree.args)
    if tree.head == "tuple":
        tree = matrix(len(tree.args), 1, *tree.args)
    return tree if tree.head == "matrix" and tree.value[1] == 1 and not free_symbols(tree) else None


def _systems(trial: Trial, name: Expr) -> Iterator[Fact]:
    """The equations before it in which a matrix multiplies the name, the latest first."""
    for fact in reversed(trial.known.facts):
        relation = fact.relation
        equation = relation.head == "chain" and relation.value == ("=",)
        if equation and any(_multiplied(side, name, trial.known) for side in relation.args):
            yield fact


def _multiplied(tree: Expr, name: Expr, known: Knowledge) -> bool:
    if tree.head == "add":
        return any(_multiplied(term, name, known) for term in tree.args)
    last = tree.args[-1] if tree.head == "mul" else None
    named = last is not None and last.head == "symbol" and last.value == name.value
    return named and any(known.coordinates(factor).kind == "matrix" for factor in tree.args[:-1])


def _put(tree: Expr, name: Expr, value: Expr) -> Expr:
    if tree.head == "symbol" and tree.value == name.value:
        return value
    if tree.head not in ("add", "mul"):
        return tree
    args = [_put(part, name, value) for part in tree.args]
    return add(*args) if tree.head == "add" else mul(*args)


def _compared(trial: Trial, left: Expr, right: Expr) -> Verdict:
    if ZERO in (left, right):
        return trial.compare(norm(left if right is ZERO else right), ZERO)
    return trial.compare(*alike(left, right))
