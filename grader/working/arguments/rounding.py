"""`a approx b`: an approximation holds when it rounds to the figures that are written."""

from __future__ import annotations

from fractions import Fraction

from grader.equivalence import follows
from grader.expressions.build import call, chain, number, sub
from grader.expressions.nodes import Expr
from grader.records import Equality, StepVerdict
from grader.working.links import Judgement, Trial


def approximation(trial: Trial) -> Judgement | None:
    """Holds when the two sides differ by at most half a unit of the last figure written."""
    link = trial.link
    places = _places(link.right)
    if link.operator != "approx" or places is None:
        return None
    half_unit = number(Fraction(1, 2 * 10**places))
    close = chain((call("abs", sub(link.left, link.right)), half_unit), ("<=",))
    verdict = follows([], close, trial.known.assumptions())
    if verdict.verdict is Equality.UNKNOWN:
        return None
    right = verdict.verdict is Equality.EQUAL
    return Judgement(StepVerdict.HOLDS if right else StepVerdict.FAILS, verdict.evidence)


def _places(tree: Expr) -> int | None:
    """How many decimals a rounded number shows; None for anything but a literal number."""
    if tree.head == "decimal":
        places: int = tree.value[1]
        return places
    return 0 if tree.head == "number" and tree.value.denominator == 1 else None
