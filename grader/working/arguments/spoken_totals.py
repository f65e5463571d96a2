"""`1 + 1/3 + 1/9 + ...`, then "the sum is S = 1/(1 - 1/3)": the sum of the series that stands before."""

from __future__ import annotations

import re

from grader.equivalence import decide
from grader.expressions.rewrite import free_symbols
from grader.records import Equality, StepVerdict
from grader.working.definitions import defined_symbol
from grader.working.links import Judgement, Trial
from grader.working.spoken import SUM, spoken_name

_NAME = re.compile(r"S(_\{?(\\infty|∞|oo)\}?)?$")


def spoken_total(trial: Trial) -> Judgement | None:
    """Fails for another sum than that of the geometric series of the task."""
    link, known = trial.link, trial.known
    if known.total is None or link.operator != "=" or not link.first or link.continuing:
        return None
    named = link.left is SUM or (link.left.head == "symbol" and _NAME.match(str(link.left.value)))
    value = known.coordinates(link.right)
    if not (named or spoken_name(link.sentence) is SUM) or link.left.head != "symbol" or free_symbols(value):
        return None
    verdict = decide(known.total, value, known.assumptions())
    if verdict.verdict is Equality.EQUAL and link.left is SUM:
        return Judgement(StepVerdict.HOLDS, verdict.evidence)
    if verdict.verdict is not Equality.DIFFERENT:
        return None
    made = defined_symbol(link.left, link.right, known) if link.left is not SUM else None
    return Judgement(StepVerdict.FAILS, verdict.evidence, symbol=made)
