"""The ladder, remembered: what was decided once under the same assumptions is not decided again.

A class writes the same answers over and over, so most of what is asked has been asked. What a wall clock
had a part in is never remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from grader.equivalence import equations, ratio
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.decide import decide as climb
from grader.expressions.nodes import Expr
from grader.records import Equality, Verdict

REMEMBERED = 1 << 14


class _Stopped(Exception):
    """Carries a verdict past the memory."""


class Interrupted(Exception):
    """A decision was stopped by the guard against hanging: what rests on it must not be remembered."""


def are_equal(left: Expr, right: Expr, assumptions: Assumptions) -> bool:
    """Whether two trees are decided to be equal; raises `Interrupted`, so that callers may be remembered."""
    verdict = decide(left, right, assumptions)
    if verdict.evidence is not None and "stopped" in verdict.evidence.data:
        raise Interrupted
    return verdict.verdict is Equality.EQUAL


def decide(left: Expr, right: Expr, assumptions: Assumptions) -> Verdict:
    """As `decide.decide`."""
    try:
        return _decide(left, right, assumptions)
    except _Stopped as stopped:
        verdict: Verdict = stopped.args[0]
        return verdict


def follows(premises: Sequence[Expr], conclusion: Expr, assumptions: Assumptions) -> Verdict:
    """As `equations.follows`."""
    try:
        return _follows(tuple(premises), conclusion, assumptions)
    except _Stopped as stopped:
        verdict: Verdict = stopped.args[0]
        return verdict


def equivalent_equations(left: Expr, right: Expr, assumptions: Assumptions) -> Verdict:
    """As `equations.equivalent_equations`."""
    try:
        return _equivalent(left, right, assumptions)
    except _Stopped as stopped:
        verdict: Verdict = stopped.args[0]
        return verdict


@lru_cache(maxsize=REMEMBERED)
def constant_ratio(left: Expr, right: Expr, assumptions: Assumptions) -> Fraction | Expr | None:
    """As `ratio.constant_ratio`."""
    return ratio.constant_ratio(left, right, assumptions)


@lru_cache(maxsize=REMEMBERED)
def _decide(left: Expr, right: Expr, assumptions: Assumptions) -> Verdict:
    return _kept(climb(left, right, assumptions))


@lru_cache(maxsize=REMEMBERED)
def _follows(premises: tuple[Expr, ...], conclusion: Expr, assumptions: Assumptions) -> Verdict:
    return _kept(equations.follows(premises, conclusion, assumptions))


@lru_cache(maxsize=REMEMBERED)
def _equivalent(left: Expr, right: Expr, assumptions: Assumptions) -> Verdict:
    return _kept(equations.equivalent_equations(left, right, assumptions))


def _kept(verdict: Verdict) -> Verdict:
    if verdict.evidence is not None and "stopped" in verdict.evidence.data:
        raise _Stopped(verdict)
    return verdict
