"""`a <= b`, `a < b`, `a != b`: true wherever the facts and the declared domains hold, or refuted."""

from __future__ import annotations

from grader.equivalence import follows
from grader.records import Equality, StepVerdict
from grader.working.arguments.conditions import hypothesis
from grader.working.links import Judgement, Trial

ORDERED = frozenset(["<", "<=", ">", ">=", "!=", "in", "notin"])


def inequality(trial: Trial) -> Judgement | None:
    """Holds when it is proven; fails when a point refutes it and it cannot be an assumption."""
    if trial.link.operator not in ORDERED:
        return None
    known = trial.known
    verdict = follows([], trial.link.relation, known.assumptions())
    if verdict.verdict is Equality.EQUAL:
        return Judgement(StepVerdict.HOLDS, verdict.evidence, fact=trial.link.relation)
    assumed = hypothesis(trial)
    if assumed is not None or verdict.verdict is Equality.UNKNOWN:
        return assumed
    return Judgement(StepVerdict.FAILS, verdict.evidence)
