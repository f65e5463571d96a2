"""The ladder for numbers, vectors and matrices: the same tree, refute, prove, else how far they agree."""

from __future__ import annotations

from itertools import islice

from grader.equivalence import sentences
from grader.equivalence.arrays import ShapeError
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.ball import Unsupported, compile_tape
from grader.equivalence.binders import decide_with_calculus
from grader.equivalence.corners import corner_points
from grader.equivalence.far import far_points, hides_far, is_out_of_reach
from grader.equivalence.features import features, is_total
from grader.equivalence.holes import hole, lines, points_on
from grader.equivalence.ordering import same_but_for_order
from grader.equivalence.points import Point, Space
from grader.equivalence.precision import bits
from grader.equivalence.prepare import Prepared
from grader.equivalence.proving import constant_gap, normalizer_for, prove
from grader.equivalence.refute import DEEP_BITS, QUICK_BITS, Trial, refute, value_at
from grader.equivalence.scalars import Unclear
from grader.equivalence.settle import settle
from grader.equivalence.settled import NO_VALUE
from grader.equivalence.simplest import simplest
from grader.equivalence.tape import Tape
from grader.equivalence.unsized import with_sizes
from grader.expressions.nodes import Expr
from grader.records import Equality, Verdict

__all__ = ["climb", "decide_values", "normalizer_for"]

QUICK_POINTS = 4
DEEP_POINTS = 24
SLOW_POINTS = 8
_TRIED_BASES = 12
DEEP_PRECISE = 3
MIN_POINTS = 5


def decide_values(left: Expr, right: Expr, assumptions: Assumptions) -> Verdict:
    """Whether two values are equal wherever the assumptions hold; calculus is carried out first."""
    prepared, assumptions = settle((left, right), assumptions)
    if any(features(t).has_binder for t in prepared.trees):
        return with_sizes(decide_with_calculus(prepared, assumptions, climb), prepared, assumptions)
    return with_sizes(climb(prepared, assumptions), prepared, assumptions)


def climb(prepared: Prepared, assumptions: Assumptions) -> Verdict:
    """The layers, for trees that are prepared."""
    space = Space(prepared, assumptions)
    a, b = prepared.trees
    if is_total(a) and is_total(b) and space.varies and not assumptions.conditions:
        early = _without_holes(a, b, space)
        if early is not None:
            return early
    try:
        trial = refute(a, b, space, space.points(QUICK_POINTS), (QUICK_BITS,), assumptions.ignore_domain)
        if _is_separated(trial):
            return _told_apart(trial, a, b, space)
        if a is b or (features(a).has_binder and same_but_for_order(a, b)):
            return _same(a, space, trial)
        _at_turns(a, b, space, trial, assumptions.ignore_domain)
    except (Unsupported, ShapeError):
        if same_but_for_order(a, b):
            return Verdict(Equality.EQUAL, sentences.identical())
        return Verdict(Equality.UNKNOWN)
    if _is_separated(trial):
        return _told_apart(trial, a, b, space)
    if trial.separation is None and trial.agreed:
        proof = sentences.computed() if trial.exact and not space.varies else prove(a, b, space)
        if proof is not None:
            return Verdict(Equality.EQUAL, proof)
    try:
        return _look_deeper(a, b, space, trial, assumptions.ignore_domain)
    except (Unsupported, ShapeError):
        return Verdict(Equality.UNKNOWN)


def _without_holes(a: Expr, b: Expr, space: Space) -> Verdict | None:
    """Two trees with a value everywhere: one point, then the proof; None if neither decides."""
    try:
        trial = refute(a, b, space, space.points(1), (QUICK_BITS,), ignore_domain=False)
    except (Unsupported, ShapeError):
        return None
    if _is_separated(trial):
        return _told_apart(trial, a, b, space)
    proof = prove(a, b, space) if trial.agreed and a is not b else None
    return Verdict(Equality.EQUAL, proof) if proof is not None else None


def _is_separated(trial: Trial) -> bool:
    return trial.separation is not None and trial.separation.kind == "value"


def _told_apart(trial: Trial, a: Expr, b: Expr, space: Space) -> Verdict:
    assert trial.separation is not None
    shown = simplest(trial.separation, a, b, space)
    return Verdict(Equality.DIFFERENT, sentences.separated(shown, space))


def _same(tree: Expr, space: Space, trial: Trial) -> Verdict:
    """One and the same tree is equal, unless it is defined nowhere."""
    if trial.missing and not trial.left_values:
        more = refute(tree, tree, space, space.points(DEEP_POINTS), (QUICK_BITS,), ignore_domain=False)
        if more.missing == more.tried:
            return Verdict(Equality.UNKNOWN)
    return Verdict(Equality.EQUAL, sentences.identical())


def _at_turns(a: Expr, b: Expr, space: Space, trial: Trial, ignore_domain: bool) -> None:
    """The comparison continued where a denominator is 0, an absolute value turns ..."""
    if not space.scalars:
        return
    bases = _bases(a, b, space)
    found = lines(space, (a, b), bases)
    further = (*points_on(space, found), *(corner_points(space, (a, b), bases[0]) if bases else ()))
    if not further:
        return
    more = refute(a, b, space, further, (QUICK_BITS,), ignore_domain)
    trial.agreed += more.agreed
    if more.separation is not None and (trial.separation is None or more.separation.kind == "value"):
        trial.separation = more.separation
    if trial.separation is None:
        parted = hole(space, a, b, found)
        if parted is not None and not (ignore_domain and parted.kind == "domain"):
            trial.separation = parted


def _bases(a: Expr, b: Expr, space: Space) -> tuple[Point, ...]:
    """Points at which one of the two has a value: what turns along one symbol shows only there."""
    if len(space.scalars) < 2:
        return tuple(space.points(1))
    tapes = [compile_tape(t, space.complexes) for t in (a, b)]
    valued = (p for p in space.points(_TRIED_BASES) if any(_has_value(t, space, p) for t in tapes))
    return tuple(islice(valued, 2)) or tuple(space.points(2))


def _has_value(tape: Tape, space: Space, point: Point) -> bool:
    try:
        with bits(QUICK_BITS):
            return value_at(tape, space, point) is not NO_VALUE
    except Unclear:
        return False


def _look_deeper(a: Expr, b: Expr, space: Space, trial: Trial, ignore_domain: bool) -> Verdict:
    """More points and more bits, since nothing is proven."""
    more = SLOW_POINTS if any("integral" in features(t).heads for t in (a, b)) else DEEP_POINTS
    further = islice(space.points(more), QUICK_POINTS, None)
    wide = refute(a, b, space, further, (QUICK_BITS, 320), ignore_domain)
    fine = refute(a, b, space, space.points(DEEP_PRECISE), DEEP_BITS, ignore_domain)
    for found in (fine, wide, trial):
        if _is_separated(found):
            return _told_apart(found, a, b, space)
    if _nowhere((trial, wide, fine)):
        return Verdict(Equality.UNKNOWN)
    for found in (trial, wide, fine):
        if found.separation is not None:
            return _told_apart(found, a, b, space)
    first = max(trial.agreed, fine.agreed)  # at the same points
    total = Trial(None, first + wide.agreed, trial.tried + wide.tried, fine.bits or trial.bits)
    enough = MIN_POINTS if len(space.scalars) else 1
    late = prove(a, b, space) if not trial.agreed else None  # first tried here
    if late is not None:
        return Verdict(Equality.EQUAL, late)
    if total.agreed < enough:
        gap = constant_gap(a, b, space)
        return Verdict(Equality.DIFFERENT, sentences.apart_by(gap)) if gap else Verdict(Equality.UNKNOWN)
    return _if_not_far(a, b, space, total, ignore_domain)


def _if_not_far(a: Expr, b: Expr, space: Space, total: Trial, ignore_domain: bool) -> Verdict:
    """EQUAL for want of a counterexample, unless one stands, or may stand, where no point was."""
    beyond = refute(a, b, space, far_points(space, (a, b)), (QUICK_BITS,), ignore_domain)
    if beyond.separation is not None:
        return _told_apart(beyond, a, b, space)
    if hides_far((a, b)) or (not ignore_domain and is_out_of_reach(space, (a, b))):
        return Verdict(Equality.UNKNOWN)
    return Verdict(Equality.EQUAL, sentences.agreed(total))


def _nowhere(trials: tuple[Trial, ...]) -> bool:
    """Whether one of the two had no value at any point."""
    return not any(t.left_values for t in trials) or not any(t.right_values for t in trials)
