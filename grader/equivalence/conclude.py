"""A statement judged by itself, under assumptions: an identity, an inequality, one of several."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from grader.equivalence import sentences
from grader.equivalence.arrays import ShapeError
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.ball import Unsupported, compile_tape
from grader.equivalence.field import Beyond, Frac, spelled
from grader.equivalence.holes import lines, points_on
from grader.equivalence.inequalities import implied
from grader.equivalence.normal import Normalizer
from grader.equivalence.points import Point, Space, describe
from grader.equivalence.precision import bits
from grader.equivalence.refute import QUICK_BITS, admits
from grader.equivalence.scalars import Unclear, Undefined
from grader.equivalence.settle import settle
from grader.equivalence.signs import never_zero
from grader.equivalence.truths import ORDER, Link
from grader.equivalence.values import decide_values, normalizer_for
from grader.expressions.build import ZERO, mul
from grader.expressions.nodes import Expr
from grader.records import Equality, Evidence, EvidenceKind, Verdict

Ways = tuple[tuple[Link, ...], ...]
_UNKNOWN = Verdict(Equality.UNKNOWN)
_POINTS = 16


def combine(verdicts: Sequence[Verdict]) -> Verdict:
    """All must hold: one that fails decides, one that is open leaves it open."""
    for v in verdicts:
        if v.verdict is Equality.DIFFERENT:
            return v
    for v in verdicts:
        if v.verdict is not Equality.EQUAL:
            return v
    return _weakest(verdicts) if verdicts else _UNKNOWN


def _weakest(verdicts: Sequence[Verdict]) -> Verdict:
    for v in verdicts:
        if v.evidence is not None and v.evidence.kind is EvidenceKind.CONSISTENT:
            return v
    return verdicts[-1]


def conclude(ways: Ways, assumptions: Assumptions) -> Verdict:
    """Whether one of the ways (each a conjunction of links) holds everywhere."""
    verdicts = [combine([judge(link, assumptions) for link in way]) if way else _TRUE for way in ways]
    for v in verdicts:
        if v.verdict is Equality.EQUAL:
            return v
    if len(verdicts) == 1:
        return verdicts[0]
    if verdicts and all(v.verdict is Equality.DIFFERENT for v in verdicts):
        return _none_holds(ways, verdicts, assumptions)
    return _UNKNOWN


_TRUE = Verdict(Equality.EQUAL, Evidence(EvidenceKind.IDENTICAL, "It is true as written."))


def _none_holds(ways: Ways, verdicts: list[Verdict], assumptions: Assumptions) -> Verdict:
    """Each way fails somewhere: is there a point where all fail?"""
    if all(len(way) == 1 and way[0].operator == "=" for way in ways):
        together = mul(*(way[0].gap for way in ways))
        return decide_values(together, ZERO, assumptions)
    points = {str(dict(v.evidence.data).get("point")) for v in verdicts if v.evidence}
    return verdicts[0] if len(points) == 1 else _UNKNOWN


def judge(link: Link, assumptions: Assumptions) -> Verdict:
    """Whether one relation holds at every admitted point."""
    if link.operator == "=":
        return decide_values(link.left, link.right, assumptions)
    if link.operator == "approx":
        from grader.equivalence.approximate import approximately

        return approximately(link.left, link.right, assumptions)
    if link.operator in ORDER or link.operator == "!=":
        return _ordered(link, assumptions)
    return _UNKNOWN


def _ordered(link: Link, assumptions: Assumptions) -> Verdict:
    prepared, assumptions = settle((link.left, link.right), assumptions)
    space = Space(prepared, assumptions)
    link = Link(link.operator, *prepared.trees)
    try:
        tried, failure = _sample(link, space)
    except (Unsupported, ShapeError):
        return _UNKNOWN
    if failure is not None:
        return Verdict(Equality.DIFFERENT, _violated(link, space, failure))
    if _sign_proof(link, space) or (tried and not space.varies):
        sentence = "It holds for all values that are allowed, by the signs of the factors."
        return Verdict(Equality.EQUAL, Evidence(EvidenceKind.INEQUALITY, sentence))
    solved = _by_solver(link, space) if tried else None  # of premises that exclude each other nothing follows
    if solved is not None:
        return solved
    if tried >= _POINTS // 2:
        sentence = f"Holds at {tried} points; this is not a proof."
        return Verdict(Equality.UNKNOWN, Evidence(EvidenceKind.CONSISTENT, sentence, {"points": tried}))
    return _UNKNOWN


def _by_solver(link: Link, space: Space) -> Verdict | None:
    found = implied(space.assumptions.conditions, link.tree, space.assumptions, strict=False)
    if found is True:
        sentence = "It holds for all values that are allowed: a solver found that none is against it."
        return Verdict(Equality.EQUAL, Evidence(EvidenceKind.INEQUALITY, sentence))
    return Verdict(Equality.DIFFERENT, _violated(link, space, Point(found, 0))) if found else None


def _sample(link: Link, space: Space) -> tuple[int, Point | None]:
    tape = compile_tape(link.tree, space.complexes)
    tried = 0
    turning = points_on(space, lines(space, (link.tree,), tuple(space.points(2))))
    for point in (*space.points(_POINTS), *turning):
        if not admits(space, point):
            continue
        for level in (QUICK_BITS, 640):
            try:
                with bits(level):
                    true = tape.run(space.environment(point))
            except Undefined:
                break
            except Unclear:
                continue
            tried += 1
            if not true:
                return tried, point
            break
    return tried, None


def _violated(link: Link, space: Space, point: Point) -> Evidence:
    with bits(QUICK_BITS):
        env = space.environment(point)
        left = sentences.value_text(compile_tape(link.left, space.complexes).run(env))
        right = sentences.value_text(compile_tape(link.right, space.complexes).run(env))
    shown = describe(space, point)
    where = f"At {sentences.place_text(shown)} " if shown else "Worked out, "
    sentence = f"{where}the left side is {left} and the right side is {right}."
    data = {"point": shown, "left": left, "right": right, "domain_only": False}
    return Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, data)


def _sign_proof(link: Link, space: Space) -> bool:
    normalizer = normalizer_for(space)
    try:
        return normalizer.attempt(lambda: _by_sign(normalizer, link, space))
    except Beyond:
        return False


def _by_sign(n: Normalizer, link: Link, space: Space) -> bool:
    strict_facts = _note_conditions(n, space.assumptions.conditions)
    gap = n.sub(n.scalar(link.left), n.scalar(link.right))
    if gap.top == 0:
        return link.operator in ("<=", ">=")
    sign, strict = _sign_of_quotient(n, gap, strict_facts)
    if link.operator == "!=":
        return strict
    if link.operator in (">", ">="):
        return sign > 0 and (strict or link.operator == ">=")
    return sign < 0 and (strict or link.operator == "<=")


def _note_conditions(n: Normalizer, conditions: tuple[Expr, ...]) -> set[str]:
    """Side conditions g > 0 as known signs; the spellings of those that are strict."""
    strict: set[str] = set()
    for c in conditions:
        if c.head != "chain" or len(c.args) != 2 or c.value[0] not in (*ORDER, "!="):
            continue
        gap = n.sub(n.scalar(c.args[0]), n.scalar(c.args[1]))
        if not gap.bottom.is_one() or gap.top == 0:
            continue
        way = -1 if c.value[0] in ("<", "<=") else 1
        constant, parts = n.factors(gap.top)
        if len(parts) == 1 and parts[0][1] == 1:
            factor = parts[0][0] * (way if constant > 0 else -way)
            if c.value[0] != "!=":
                n.learn_nonnegative(factor)
            if c.value[0] in ("<", ">", "!="):
                strict.update((spelled(factor), spelled(-factor)))
    return strict


def _sign_of_quotient(n: Normalizer, gap: Frac, strict_facts: set[str]) -> tuple[int, bool]:
    c, parts = n.split(gap)
    signs = [1 if c > 0 else -1]
    strict = True
    for factor, power in parts:
        s = 1 if power % 2 == 0 else n.sign(factor)
        signs.append(s)
        strict &= power < 0 or spelled(factor) in strict_facts or never_zero(factor, n.kernels)
    return prod(signs), strict
