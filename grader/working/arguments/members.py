"""A link that equals an earlier member of its chain: the slip between is named where it happened."""

from __future__ import annotations

from grader.records import Equality
from grader.working.links import Judgement, Trial, holds


def earlier_member(trial: Trial) -> Judgement | None:
    """Holds when the right side equals a member before the last that stands.

    A bare number is no such member: that 0 stood before (`0 <= x <= 1`) vouches for nothing that is 0.
    """
    if trial.link.operator != "=":
        return None
    for member in reversed(trial.link.earlier):
        if member.head in ("number", "decimal"):
            continue
        verdict = trial.compare(member, trial.link.right)
        if verdict.verdict is Equality.EQUAL:
            return holds(verdict.evidence)
    return None
