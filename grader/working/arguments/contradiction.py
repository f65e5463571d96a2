"""`2x + 1 = 2x + 4`, so `1 = 4`: a false line that follows, by which one sees that there is no solution."""

from __future__ import annotations

from grader.equivalence import constant_ratio
from grader.expressions.build import sub
from grader.expressions.nodes import Expr
from grader.records import Equality, Evidence, EvidenceKind
from grader.working.entailment import unknowns
from grader.working.links import Judgement, Trial, holds

_LATEST = 3


def contradiction(trial: Trial) -> Judgement | None:
    """Holds when a false relation between numbers is an equation before it, with both sides treated alike."""
    relation, known = trial.link.relation, trial.known
    if trial.link.operator != "=" or not trial.link.single or unknowns(known.coordinates(relation)):
        return None
    if trial.identity.verdict is not Equality.DIFFERENT:
        return None
    for fact in known.facts[-_LATEST:]:
        if unknowns(fact.relation) and _is_alike(known.coordinates(fact.relation), relation, trial):
            said = "It follows from what stands before, and is false: there is no solution."
            return holds(Evidence(EvidenceKind.NORMAL_FORM, said, {}), fact.line)
    return None


def _is_alike(equation: Expr, relation: Expr, trial: Trial) -> bool:
    """Whether the difference of the sides is the same, or a whole number of times as large or as small."""
    if equation.head != "chain" or equation.value != ("=",) or equation.args[0].kind != "scalar":
        return False
    ratio = constant_ratio(sub(*equation.args), sub(*relation.args), trial.known.assumptions())
    return not isinstance(ratio, Expr | None) and 1 in (abs(ratio.numerator), ratio.denominator)
