"""The ladder for numbers, vectors and matrices: the same tree, refute, prove, else how far they agree."""

from __future__ import annotations

from itertools import islice

from grader.equivalence import sentences
from grader.equivalence.arrays import ShapeError
from grader.equivalence.assumptions import Assumptions, narrowed
from grader.equivalence.ball import Unsupported
from grader.equivalence.binders import decide_with_calculus, has_binder
from grader.equivalence.field import Beyond
from grader.equivalence.normal import Normalizer, difference, is_zero
from grader.equivalence.points import Space
from grader.equivalence.prepare import Prepared, prepare
from grader.equivalence.refute import DEEP_BITS, QUICK_BITS, Trial, refute
from grader.expressions.nodes import Expr
from grader.records import Equality, Evidence, Verdict

QUICK_POINTS = 8
DEEP_POINTS = 24
DEEP_PRECISE = 3
MIN_POINTS = 5


def decide_values(left: Expr, right: Expr, assumptions: Assumptions) -> Verdict:
    """Whether two values are equal wherever the assumptions hold; calculus is carried out first."""
    if left is right:
        return Verdict(Equality.EQUAL, sentences.identical())
    assumptions = narrowed(assumptions)
    prepared = prepare((left, right), assumptions)
    if any(has_binder(t) for t in prepared.trees):
        return decide_with_calculus(prepared, assumptions, _climb)
    return _climb(prepared, assumptions)


def _climb(prepared: Prepared, assumptions: Assumptions) -> Verdict:
    """The layers, for trees that are prepared."""
    space = Space(prepared, assumptions)
    a, b = prepared.trees
    try:
        trial = refute(a, b, space, space.points(QUICK_POINTS), (QUICK_BITS,), assumptions.ignore_domain)
    except (Unsupported, ShapeError):
        return _same_or_unknown(prepared)
    if trial.separation is not None and trial.separation.kind == "value":
        return Verdict(Equality.DIFFERENT, sentences.separated(trial.separation, space))
    if a is b:
        return Verdict(Equality.EQUAL, sentences.identical())
    proof = prove(a, b, space) if trial.separation is None else None
    if proof is not None and trial.agreed:
        return Verdict(Equality.EQUAL, proof)
    return _look_deeper(a, b, space, trial, assumptions.ignore_domain)


def _same_or_unknown(prepared: Prepared) -> Verdict:
    if prepared.trees[0] is prepared.trees[1]:
        return Verdict(Equality.EQUAL, sentences.identical())
    return Verdict(Equality.UNKNOWN)


def prove(left: Expr, right: Expr, space: Space) -> Evidence | None:
    """Layer 2: evidence that the normal form of the difference is 0."""
    normalizer = normalizer_for(space)
    try:
        gap = normalizer.attempt(lambda: difference(normalizer, left, right))
    except Beyond:
        return None
    if not is_zero(gap):
        return None
    return sentences.proven(tuple(k.key for k in normalizer.kernels.values()))


def normalizer_for(space: Space) -> Normalizer:
    """A normal form maker that knows the domains of a space."""
    return Normalizer(lambda s: space.domains.get(s, space.assumptions.domain(s)), space.complexes)


def _look_deeper(a: Expr, b: Expr, space: Space, trial: Trial, ignore_domain: bool) -> Verdict:
    """More points and more bits, since nothing is proven."""
    wide = refute(a, b, space, islice(space.points(DEEP_POINTS), QUICK_POINTS, None), (QUICK_BITS, 320), ignore_domain)
    fine = refute(a, b, space, space.points(DEEP_PRECISE), DEEP_BITS, ignore_domain)
    for found in (fine, wide, trial):
        if found.separation is not None and found.separation.kind == "value":
            return Verdict(Equality.DIFFERENT, sentences.separated(found.separation, space))
    for found in (trial, wide, fine):
        if found.separation is not None:
            return Verdict(Equality.DIFFERENT, sentences.separated(found.separation, space))
    total = Trial(None, trial.agreed + wide.agreed, trial.tried + wide.tried, fine.bits or trial.bits)
    enough = MIN_POINTS if len(space.scalars) else 1
    if total.agreed < enough:
        return Verdict(Equality.UNKNOWN)
    return Verdict(Equality.EQUAL, sentences.agreed(total))
