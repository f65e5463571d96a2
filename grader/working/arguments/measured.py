"""`h = 25 + 40 - 20 = 45 m`: a letter behind the last number is its unit, and no factor."""

from __future__ import annotations

from grader.expressions.build import mul
from grader.expressions.nodes import Expr
from grader.records import Equality, StepVerdict
from grader.working.entailment import unknowns
from grader.working.links import Judgement, Trial

_UNITS = frozenset(["m", "s", "g", "h", "N", "J", "W", "V", "A", "K", "C", "l", "L"])


def in_units(trial: Trial) -> Judgement | None:
    """Holds or fails for the number before a unit, where what stands on the left is a number too."""
    link, known = trial.link, trial.known
    if link.operator != "=" or link.right.head != "mul" or unknowns(known.coordinates(link.left)):
        return None
    letters = [part for part in link.right.args if part.head == "symbol"]
    if len(letters) != 1 or link.right.args[-1] is not letters[0] or not _is_unit(letters[0], trial):
        return None
    value = mul(*link.right.args[:-1])
    if unknowns(value) or link.left.kind != "scalar":
        return None
    verdict = trial.compare(link.left, value)
    if verdict.verdict is Equality.EQUAL:
        return Judgement(StepVerdict.HOLDS, verdict.evidence)
    return Judgement(StepVerdict.FAILS, verdict.evidence) if verdict.verdict is Equality.DIFFERENT else None


def _is_unit(letter: Expr, trial: Trial) -> bool:
    """Whether a letter is one that units are written with, and nothing before says what it is."""
    return str(letter.value) in _UNITS and trial.known.is_free(letter)
