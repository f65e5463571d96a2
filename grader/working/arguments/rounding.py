"""`a approx b`: an approximation holds when it rounds to the figures that are written."""

from __future__ import annotations

from fractions import Fraction

from grader.equivalence import follows
from grader.expressions.build import call, chain, mul, number, sub
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols
from grader.records import Equality, StepVerdict
from grader.working.links import Judgement, Trial


def approximation(trial: Trial) -> Judgement | None:
    """Holds when the two sides differ by at most half a unit of the last figure written."""
    link = trial.link
    if link.operator != "approx":
        return None
    places = _places(link.right)
    if places is None:
        return _nearly(trial)
    half_unit = number(Fraction(1, 2 * 10**places))
    close = chain((call("abs", sub(link.left, link.right)), half_unit), ("<=",))
    verdict = follows([], close, trial.known.assumptions())
    if verdict.verdict is Equality.UNKNOWN:
        return None
    right = verdict.verdict is Equality.EQUAL
    return Judgement(StepVerdict.HOLDS if right else StepVerdict.FAILS, verdict.evidence)


def _nearly(trial: Trial) -> Judgement | None:
    """An expression for a number (1 + 0.1 + 0.005 for exp(0.1)) holds within half a percent."""
    link = trial.link
    if free_symbols(link.left) or free_symbols(link.right):
        return None
    gap = call("abs", sub(link.left, link.right))
    close = chain((gap, mul(number(Fraction(1, 200)), call("abs", link.left))), ("<=",))
    verdict = follows([], close, trial.known.assumptions())
    return Judgement(StepVerdict.HOLDS, verdict.evidence) if verdict.verdict is Equality.EQUAL else None


def _places(tree: Expr) -> int | None:
    """How many decimals a rounded number shows; None for anything but a literal number."""
    if tree.head == "decimal":
        places: int = tree.value[1]
        return places
    return 0 if tree.head == "number" and tree.value.denominator == 1 else None
