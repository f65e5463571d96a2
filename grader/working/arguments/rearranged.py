"""`2 X^T (Xw - y) = 0`, so `X^T X w = X^T y`: an equation of vectors is a multiple of the one before."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from grader.equivalence import decide
from grader.expressions.build import ZERO, mul, number, sub
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols
from grader.records import Equality, StepVerdict
from grader.working import cues
from grader.working.arguments.near_miss import variants
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Trial

_FACTORS = tuple(number(Fraction(*pair)) for pair in ((1, 1), (1, 2), (-1, 1), (-1, 2), (2, 1), (-2, 1)))
_MOST = 60
_LATEST = 2


def rearranged(trial: Trial) -> Judgement | None:
    """Holds for a multiple of what stands before; fails where one sign, term or number parts it from one."""
    link, known = trial.link, trial.known
    sides = link.relation.args
    kinds = {side.kind for side in sides if side is not ZERO}
    letters = {s for s in free_symbols(link.relation) if s.kind == "matrix"}
    if link.operator != "=" or not link.first or link.continuing or kinds != {"vector"} or not letters:
        return None
    before = list(islice(_before(known), _LATEST))
    for gap, lines in before:
        if _is_multiple(_gap(link.relation), gap, known):
            return Judgement(StepVerdict.HOLDS, None, lines, fact=link.relation)
    if cues.supposes(link.cue):
        return None
    for gap, lines in before:
        for variant in islice(variants(link.relation), _MOST):
            if _is_multiple(_gap(variant), gap, known):
                verdict = decide(_gap(link.relation), gap, known.assumptions())
                return Judgement(StepVerdict.FAILS, verdict.evidence, lines)
    return None


def _before(known: Knowledge) -> Iterator[tuple[Expr, tuple[int, ...]]]:
    """What is 0 by the latest lines: the slope that was set to 0, and equations of vectors."""
    for fact in reversed(known.facts):
        relation = fact.relation
        if relation.head == "chain" and relation.value == ("=",) and relation.args[0].kind == "vector":
            yield _gap(relation), (fact.line,)
    if known.slope is not None and known.slope.kind == "vector":
        yield known.slope, ()


def _gap(relation: Expr) -> Expr:
    left, right = relation.args
    return left if right is ZERO else sub(left, right)


def _is_multiple(gap: Expr, other: Expr, known: Knowledge) -> bool:
    if gap.kind != other.kind or not free_symbols(gap):
        return False
    return any(
        decide(gap, mul(factor, other), known.assumptions()).verdict is Equality.EQUAL for factor in _FACTORS
    )
