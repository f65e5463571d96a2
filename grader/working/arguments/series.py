"""`5 + 8 + 11 + ... + 62`: how many terms the series of a question has, and what its sum is."""

from __future__ import annotations

import re

from grader.expressions.build import number
from grader.records import Equality, Evidence, EvidenceKind, StepVerdict
from grader.working.entailment import unknowns
from grader.working.links import Judgement, Trial

_COUNT = re.compile(r"\bnumber of terms( here| in (it|the (sum|series)))?( is| =|:)?\s*$")


def of_series(trial: Trial) -> Judgement | None:
    """Fails for another number of terms where words say that it is that, and for another sum S."""
    link, known = trial.link, trial.known
    if known.told.series is None or link.operator != "=" or not link.first or link.left.head != "symbol":
        return None
    if unknowns(known.coordinates(link.right)):
        return None
    count, total = known.told.series
    counted = _COUNT.search(link.cue) is not None
    if not counted and link.left.value != "S":
        return None
    meant, what = (count, "number of terms") if counted else (total, "sum")
    if trial.compare(link.right, number(meant)).verdict is not Equality.DIFFERENT:
        return None
    sentence = f"The {what} of the series in the question is another one."
    return Judgement(StepVerdict.FAILS, Evidence(EvidenceKind.COUNTEREXAMPLE, sentence))
