"""`a <= b`, `a < b`, `a != b`: true wherever the facts and the declared domains hold, or refuted."""

from __future__ import annotations

from grader.equivalence import follows
from grader.expressions.build import chain
from grader.records import Equality, StepVerdict
from grader.working import cues
from grader.working.arguments.conditions import hypothesis
from grader.working.entailment import relevant, unknowns
from grader.working.links import Judgement, Trial

ORDERED = frozenset(["<", "<=", ">", ">=", "!=", "in", "notin"])


def inequality(trial: Trial) -> Judgement | None:
    """Holds when it is proven; fails when a point refutes it and it cannot be an assumption.

    `g -> 0`, and then `> 0` in a row of its own, may be said of what the chain is about.
    """
    link = trial.link
    if link.operator not in ORDERED:
        return None
    heads = dict.fromkeys((link.left, link.head) if link.continuing else (link.left,))
    known = trial.known
    verdicts = [
        follows([], chain((h, link.right), (link.operator,)), known.assumptions_on(h, link.right))
        for h in heads
    ]
    for left, verdict in zip(heads, verdicts, strict=True):
        if verdict.verdict is Equality.EQUAL:
            fact = chain((left, link.right), (link.operator,))
            return Judgement(StepVerdict.HOLDS, verdict.evidence, fact=fact)
    if cues.LAW.search(link.cue) and _refuted_for_positive(trial):
        return Judgement(StepVerdict.FAILS, verdicts[0].evidence)
    assumed = hypothesis(trial)
    if assumed is not None or any(v.verdict is Equality.UNKNOWN for v in verdicts):
        return assumed
    if cues.FOLLOWED_BY_CONDITION.match(link.outro):
        return Judgement(StepVerdict.GIVEN, fact=link.relation)  # `1 - q^n > 1/2 when ...`
    return Judgement(StepVerdict.FAILS, verdicts[0].evidence)


def _refuted_for_positive(trial: Trial) -> bool:
    """Whether what is quoted as a law is false even of positive numbers, and no condition bears on them."""
    relation, known = trial.link.relation, trial.known
    names = tuple(s for s in unknowns(relation) if s.kind == "scalar")
    if relevant(known.facts, relation, known):
        return False
    return follows([], relation, known.with_positive(names).assumptions()).verdict is Equality.DIFFERENT
