"""`line: {factor: p*(1 - p), in: p}`: an expression has a factor exactly once, up to sign."""

from __future__ import annotations

from grader.criteria.records import Gathered
from grader.criteria.search import first_match
from grader.equivalence.multiplicity import multiplicity
from grader.expressions.nodes import Expr, walk
from grader.records import Match
from grader.spec.model import LineFactor
from grader.working.arguments.norms import lengths


def line_factor(condition: LineFactor, gathered: Gathered) -> Match:
    """Met at the first expression of which every factor asked for is a factor once and no more."""
    wanted = condition.factor.args if condition.factor.head == "mul" else (condition.factor,)
    return first_match(gathered, lambda tree: _once(tree, wanted, gathered), "used in this line")


def _once(tree: Expr, wanted: tuple[Expr, ...], gathered: Gathered) -> bool:
    scalar = lengths(tree)
    if scalar.kind != "scalar" or any(part.head == "derived" for part in walk(scalar)):
        return False
    known = gathered.known
    inside = scalar
    return all(multiplicity(inside, factor, known.assumptions()) == 1 for factor in wanted)
