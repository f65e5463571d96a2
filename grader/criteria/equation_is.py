"""`equation: sigma(w . phi(x)) = y`: a line is an equation with the same solutions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from grader.criteria.records import NOT_MET, Gathered, met
from grader.equivalence import equivalent_equations
from grader.expressions.build import equation
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import replace
from grader.records import Equality, Match, StepVerdict
from grader.spec.model import EquationIs
from grader.working import Statement
from grader.working.arguments.premises import unknowns


def equation_is(condition: EquationIs, gathered: Gathered) -> Match:
    """Met at the first statement two of whose members make an equivalent equation."""
    for statement in gathered.statements:
        if any(step.verdict is StepVerdict.FAILS for step in statement.steps):
            continue
        for pair in _pairs(statement):
            if any(_equivalent(pair, want, gathered) for want in _instances(condition, pair)):
                return met(statement, "stated here")
    return NOT_MET


def _pairs(statement: Statement) -> Iterator[Expr]:
    """The equations between any two members of the statement's chain."""
    if any(op != "=" for op in statement.operators):
        return
    for left, right in combinations(statement.members, 2):
        yield equation(left, right)


def _instances(condition: EquationIs, pair: Expr) -> Iterator[Expr]:
    """The wanted equation with "any vector" wildcards exchanged for vectors of the pair's."""
    wanted = equation(condition.left, condition.right)
    wildcards = [s for s in walk(wanted) if s.head == "symbol" and s.value in condition.where]
    if not wildcards:
        yield wanted
        return
    vectors = [s for s in walk(pair) if s.head == "symbol" and s.kind == "vector"]
    for vector in vectors:
        yield replace(wanted, dict.fromkeys(wildcards, vector))


def _equivalent(pair: Expr, wanted: Expr, gathered: Gathered) -> bool:
    known = gathered.known
    left, right = pair, wanted
    if unknowns(known.coordinates(left)) != unknowns(known.coordinates(right)):
        return False
    return equivalent_equations(left, right, known.assumptions()).verdict is Equality.EQUAL
