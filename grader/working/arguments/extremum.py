"""An equation that is set for the place of the largest value: `1/p = 2/(1 - p)`, without a derivative."""

from __future__ import annotations

from grader.equivalence import decide
from grader.expressions.build import ZERO
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import replace
from grader.records import Equality, StepVerdict
from grader.working.entailment import unknowns
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Trial, is_operator
from grader.working.sampling import Place, solutions_of


def sets_extremum(trial: Trial) -> Judgement | None:
    """Given where one of its solutions is where the quantity has the largest value that is asked for.

    An identity gone wrong is none: two sides that are 0 there are factors of a derivative.
    """
    link, known = trial.link, trial.known
    alone = link.operator == "=" and link.first and link.single and not link.continuing
    if not alone or not known.target.is_largest or is_operator(link.left) or is_operator(link.right):
        return None
    relation = known.coordinates(link.relation)
    if len(unknowns(relation)) != 1 or link.left.head == "symbol":
        return None
    for place in solutions_of(relation, known.assumptions()):
        if not _is_zero(relation.args[0], place, known) and _is_largest(place, known):
            return Judgement(StepVerdict.GIVEN, fact=link.relation)
    return None


def _is_zero(side: Expr, place: Place, known: Knowledge) -> bool:
    return decide(replace(side, place), ZERO, known.assumptions()).verdict is not Equality.DIFFERENT


def _is_largest(place: Place, known: Knowledge) -> bool:
    """Whether the quantity, worked out at a place, is what is asked for."""
    values = (replace(known.coordinates(quantity), place) for quantity in known.target.named)
    right = known.target.references[:1]
    return any(decide(v, r, known.assumptions()).verdict is Equality.EQUAL for v in values for r in right)
