"""`a <= b`, `a < b`, `a != b`: true wherever the facts and the declared domains hold, or refuted."""

from __future__ import annotations

from grader.equivalence import follows
from grader.expressions.build import chain
from grader.records import Equality, StepVerdict
from grader.working.arguments.conditions import hypothesis
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
    assumed = hypothesis(trial)
    if assumed is not None or any(v.verdict is Equality.UNKNOWN for v in verdicts):
        return assumed
    return Judgement(StepVerdict.FAILS, verdicts[0].evidence)
