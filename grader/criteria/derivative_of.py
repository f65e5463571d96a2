"""`derivative: {of: ..., with_respect_to: ...}`: a right derivative is reached, up to a free factor."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from grader.criteria.earlier import filled, speaks_of_earlier
from grader.criteria.records import NOT_MET, Gathered, met
from grader.criteria.search import first_match
from grader.equivalence import Assumptions, Interrupted, are_equal
from grader.expressions.build import ZERO, div, mul, sub
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import contains
from grader.records import Match, StepVerdict
from grader.spec.model import DerivativeOf
from grader.working.arguments.norms import lengths
from grader.working.knowledge import coordinates_of


def derivative_of(condition: DerivativeOf, gathered: Gathered) -> Match:
    """Met by an expression that is the derivative, or by a step that differentiates an own line rightly."""
    variable = condition.with_respect_to[0]
    slopes = list(_slopes(condition, variable, gathered))
    found = first_match(
        gathered,
        lambda tree: any(_proportional(tree, slope, variable, gathered) for slope in slopes),
        "worked out here",
        standing=True,
    )
    own = any(speaks_of_earlier(function) for function in condition.of)
    return _own_step(variable, gathered) if own and found.place is None else found


def _slopes(condition: DerivativeOf, variable: Expr, gathered: Gathered) -> Iterator[Expr]:
    """The derivative of each function by each variable, all written in the first variable."""
    known = gathered.known
    for function in filled(condition.of, gathered):
        inside = known.coordinates(function)
        by_first = differentiate(inside, variable)
        if by_first is None:
            continue
        yield by_first
        for other in condition.with_respect_to[1:]:
            inner = differentiate(known.coordinates(other), variable)
            if inner is not None:
                yield div(by_first, inner)


def _proportional(tree: Expr, slope: Expr, variable: Expr, gathered: Gathered) -> bool:
    """Whether tree = c*slope with c free of the variable: their ratio has the derivative 0."""
    try:
        return _are_proportional(tree, slope, variable, gathered.known.assumptions())
    except Interrupted:
        return False


@lru_cache(maxsize=1 << 13)
def _are_proportional(tree: Expr, slope: Expr, variable: Expr, assumptions: Assumptions) -> bool:
    """Remembered: a class writes the same lines, and each is tried with each derivative."""
    if any(part.head == "derived" for part in walk(tree)):
        return False
    here = coordinates_of(lengths(tree), assumptions)
    if here.kind != "scalar" or not contains(here, variable):
        return False
    first, second = differentiate(here, variable), differentiate(slope, variable)
    if first is None or second is None:
        return False
    wronskian = sub(mul(first, slope), mul(here, second))
    return are_equal(wronskian, ZERO, assumptions)


def _own_step(variable: Expr, gathered: Gathered) -> Match:
    """A step that differentiates by the variable an expression that the student had reached before."""
    reached: list[Expr] = []
    for statement in gathered.statements:
        for step in statement.steps:
            body = _differentiated(step.relation, variable)
            if body is not None and step.verdict is StepVerdict.HOLDS and _is_own(body, reached, gathered):
                return met(statement, "worked out here, of what was found before", evidence=step.evidence)
        reached.extend(m for m in statement.members if m.kind in ("scalar", "vector"))
    return NOT_MET


def _differentiated(relation: Expr | None, variable: Expr) -> Expr | None:
    if relation is None or relation.args[0].head != "derivative" or relation.args[0].args[1] is not variable:
        return None
    return relation.args[0].args[0]


def _is_own(body: Expr, reached: list[Expr], gathered: Gathered) -> bool:
    lengthened = lengths(body)
    return any(gathered.same(lengthened, lengths(tree)) for tree in reached if tree.kind == body.kind)
