"""`equation: sigma(w . phi(x)) = y`: a line is an equation with the same solutions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from grader.answers.wording import changed_by_words
from grader.criteria.records import NOT_MET, Gathered, met
from grader.equivalence import equivalent_equations
from grader.expressions.build import equation, symbol
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import replace
from grader.records import Equality, Match, StepVerdict
from grader.spec.model import EquationIs
from grader.working import Statement
from grader.working.entailment import unknowns


def equation_is(condition: EquationIs, gathered: Gathered) -> Match:
    """Met at the first statement two of whose members make an equivalent equation."""
    for statement in gathered.statements:
        if any(step.verdict is StepVerdict.FAILS for step in statement.steps):
            continue
        if changed_by_words(statement, gathered.known.target):
            continue
        for pair in _pairs(statement, gathered):
            if any(_equivalent(here, want, gathered) for here, want in _instances(condition, pair)):
                return met(statement, "stated here")
    return NOT_MET


def _pairs(statement: Statement, gathered: Gathered) -> Iterator[Expr]:
    """The equations between any two members of the statement's chain."""
    if any(op != "=" for op in statement.operators):
        return
    for left, right in combinations(statement.members, 2):
        yield gathered.known.spelled(equation(left, right))


def _instances(condition: EquationIs, pair: Expr) -> Iterator[tuple[Expr, Expr]]:
    """The pair, and the wanted equation with "any vector" wildcards exchanged for vectors of the pair's.

    A letter that stands in a scalar product is a vector, declared or not.
    """
    wanted = equation(condition.left, condition.right)
    wildcards = [s for s in walk(wanted) if s.head == "symbol" and s.value in condition.where]
    if not wildcards:
        yield pair, wanted
        return
    products = [part for part in walk(pair) if part.head == "dot"]
    names = [s for s in walk(pair) if s.head == "symbol" and s.kind == "vector"]
    for name in (*names, *(a for p in products for a in p.args if a.head == "symbol" and a.kind == "scalar")):
        vector = symbol(name.value, "vector")
        yield replace(pair, {name: vector}), replace(wanted, dict.fromkeys(wildcards, vector))


def _is_solution(relation: Expr) -> bool:
    """`x = 4`: what an equation comes to, and not the equation."""
    sides = relation.args
    return any(a.head == "symbol" and not unknowns(b) for a, b in (sides, sides[::-1]))


def _equivalent(pair: Expr, wanted: Expr, gathered: Gathered) -> bool:
    known = gathered.known
    left, right = pair, wanted
    if unknowns(known.coordinates(left)) != unknowns(known.coordinates(right)):
        return False
    if _is_solution(left) and not _is_solution(right):
        return False
    return equivalent_equations(left, right, known.assumptions()).verdict is Equality.EQUAL
