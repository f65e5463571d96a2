"""Finite sets: every element of one is an element of the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.equivalence import sentences
from grader.equivalence.arrays import ShapeError
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.ball import Tape, Unsupported, compile_tape, exact_at
from grader.equivalence.ball_relations import same
from grader.equivalence.points import Point, Space, describe
from grader.equivalence.precision import bits
from grader.equivalence.refute import QUICK_BITS
from grader.equivalence.scalars import Unclear, Undefined
from grader.equivalence.settle import settle
from grader.equivalence.values import decide_values
from grader.expressions.build import mul, sub, symbol
from grader.expressions.nodes import Expr
from grader.records import Equality, Evidence, EvidenceKind, Verdict

Decide = Callable[[Expr, Expr, Assumptions], Verdict]
_UNKNOWN = Verdict(Equality.UNKNOWN)
_LETTER = symbol("\u2208")
_MAX_ELEMENTS = 40
_POINTS = 8


def decide_finite(left: Expr, right: Expr, assumptions: Assumptions, decide: Decide) -> Verdict:
    """Whether two sets that are written out have the same elements."""
    exact = _exactly(left, right)
    if exact is not None:
        return exact
    if max(len(left.args), len(right.args)) > _MAX_ELEMENTS:
        return _UNKNOWN
    found = _matched(left, right, assumptions, decide)
    if found is None or found.verdict is Equality.EQUAL:
        return found or _UNKNOWN
    if any(a.kind not in ("scalar", "integer") for a in (*left.args, *right.args)):
        return found
    return _at_points(left, right, assumptions, found)


def _exactly(left: Expr, right: Expr) -> Verdict | None:
    """Sets of rational numbers; None for others."""
    sides = [
        {exact_at(a, {}) for a in whole.args if a.kind in ("scalar", "integer")} for whole in (left, right)
    ]
    if None in sides[0] | sides[1] or any(
        a.kind not in ("scalar", "integer") for a in (*left.args, *right.args)
    ):
        return None
    first, second = ({v for v in side if v is not None} for side in sides)
    for whose, other, missing in (("first", "second", first - second), ("second", "first", second - first)):
        if missing:
            text = str(min(missing))
            return _lost(f"{text} lies in the {whose} set and not in the {other}.", element=text)
    return Verdict(Equality.EQUAL, sentences.computed())


def _matched(left: Expr, right: Expr, assumptions: Assumptions, decide: Decide) -> Verdict | None:
    """EQUAL if each element has one that equals it everywhere; DIFFERENT if one has none; None if open."""
    weakest: Verdict | None = None
    for whole, other, name, whose in ((left, right, "second", "first"), (right, left, "first", "second")):
        for element in whole.args:
            found = _best([decide(element, e, assumptions) for e in other.args])
            if found is None or found.verdict is Equality.DIFFERENT:
                return _lost(f"An element of the {whose} set is not in the {name}.")
            if found.verdict is Equality.UNKNOWN:
                return None
            weakest = found if weakest is None or _is_weak(found) else weakest
    return weakest or Verdict(Equality.EQUAL, sentences.identical())


def _lost(sentence: str, **more: Any) -> Verdict:
    data = {"point": {}, "left": "", "right": "", "domain_only": False, **more}
    return Verdict(Equality.DIFFERENT, Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, data))


def _is_weak(v: Verdict) -> bool:
    return v.evidence is not None and v.evidence.kind is EvidenceKind.CONSISTENT


def _best(verdicts: list[Verdict]) -> Verdict | None:
    order = {Equality.EQUAL: 0, Equality.UNKNOWN: 1, Equality.DIFFERENT: 2}
    return min(verdicts, key=lambda v: order.get(v.verdict, 3), default=None)


def _at_points(left: Expr, right: Expr, assumptions: Assumptions, otherwise: Verdict) -> Verdict:
    """Elements with symbols: {x, -x} is {|x|, -|x|}, though no two of them are equal everywhere."""
    prepared, assumptions = settle((*left.args, *right.args), assumptions)
    space = Space(prepared, assumptions)
    if not space.varies:
        return _named(otherwise, left, right, prepared.trees, space)
    n = len(left.args)
    try:
        tapes = [compile_tape(t, space.complexes) for t in prepared.trees]
    except Unsupported:
        return _UNKNOWN
    for point in space.points(_POINTS):
        if _part(tapes[:n], tapes[n:], space, point):
            where = sentences.place_text(describe(space, point))
            return _lost(
                f"At {where} an element of one set is not in the other.", point=describe(space, point)
            )
    if len(left.args) != len(right.args):
        return _UNKNOWN
    first, second = (mul(*(sub(_LETTER, a) for a in whole.args)) for whole in (left, right))
    together = decide_values(first, second, assumptions)
    return together if together.verdict is Equality.EQUAL else _UNKNOWN


def _part(left: list[Tape], right: list[Tape], space: Space, point: Point) -> bool:
    """Whether the sets certainly differ at the point."""
    try:
        with bits(QUICK_BITS):
            env = space.environment(point)
            first, second = ([t.run(env) for t in side] for side in (left, right))
            return any(all(_differ(a, b) for b in second) for a in first) or any(
                all(_differ(a, b) for a in first) for b in second
            )
    except (Undefined, Unclear, ShapeError):
        return False


def _differ(a: Any, b: Any) -> bool:
    try:
        return not same(a, b)
    except Unclear:
        return False


def _named(verdict: Verdict, left: Expr, right: Expr, trees: tuple[Expr, ...], space: Space) -> Verdict:
    """The number that is in one set only, by its value."""
    n = len(left.args)
    try:
        with bits(QUICK_BITS):
            values = [compile_tape(t, space.complexes).run({}) for t in trees]
    except (Undefined, Unclear, Unsupported, ShapeError):
        return verdict
    for whose, other, mine, theirs in (
        ("first", "second", values[:n], values[n:]),
        ("second", "first", values[n:], values[:n]),
    ):
        for a in mine:
            if all(_differ(a, b) for b in theirs):
                text = sentences.value_text(a)
                return _lost(f"{text} lies in the {whose} set and not in the {other}.", element=text)
    return verdict
