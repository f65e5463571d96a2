"""Special cases (`sc`): only what is said of the question's quantity counts."""

from __future__ import annotations

from dataclasses import replace

from grader.criteria import evaluate
from grader.criteria.records import Gathered
from grader.criteria.stated import stated
from grader.records import Match, Met
from grader.spec.model import Condition


def match_special(condition: Condition, gathered: Gathered) -> Match:
    """What a special case finds in the lines about the question's quantity; in others a person decides."""
    own = tuple(s for s in gathered.statements if stated(s, gathered) is Met.YES)
    found = evaluate(condition, replace(gathered, working=replace(gathered.working, statements=own)))
    if found.met is Met.YES:
        return found
    anywhere = evaluate(condition, gathered)
    if anywhere.met is not Met.YES:
        return anywhere
    reason = "it is not said that this line is about what is asked"
    return Match(Met.UNSURE, reason, anywhere.place, anywhere.evidence)
