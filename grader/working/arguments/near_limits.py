"""Where a limit is taken, a line is read near the place: `sqrt(x^2 + 4x) = x sqrt(1 + 4/x)` as x grows."""

from __future__ import annotations

from grader.equivalence import decide
from grader.expressions.rewrite import free_symbols
from grader.records import Equality
from grader.working.links import Judgement, Trial, holds


def near_limit(trial: Trial) -> Judgement | None:
    """Holds where the sides are equal near a place to which the text lets one of their letters go."""
    link, known = trial.link, trial.known
    if link.operator != "=" or not known.told.limits:
        return None
    inside = free_symbols(known.coordinates(link.relation))
    for bounds in known.told.limits:
        if bounds[0].args[0] in inside:
            verdict = decide(link.left, link.right, known.assumptions(bounds))
            if verdict.verdict is Equality.EQUAL:
                return holds(verdict.evidence)
    return None
