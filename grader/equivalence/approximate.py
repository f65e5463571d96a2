"""Approximations: right when the value rounds to the figures that are written."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from grader.equivalence import sentences
from grader.equivalence.arrays import ShapeError
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.ball import Unsupported, compile_tape
from grader.equivalence.points import Space
from grader.equivalence.precision import bits
from grader.equivalence.scalars import Unclear, Undefined, sign
from grader.equivalence.settle import settle
from grader.expressions.nodes import Expr, walk
from grader.records import Equality, Evidence, EvidenceKind, Verdict

_UNKNOWN = Verdict(Equality.UNKNOWN)


def approximately(left: Expr, right: Expr, assumptions: Assumptions) -> Verdict:
    """`pi approx 3.14`: the difference is at most half a unit of the last place written."""
    places = [p for p in (written_places(left), written_places(right)) if p is not None]
    if not places or {left.kind, right.kind} & {"vector", "matrix"}:
        return _UNKNOWN
    prepared, assumptions = settle((left, right), assumptions)
    space = Space(prepared, assumptions)
    half = Fraction(1, 2) / Fraction(10) ** min(places)
    try:
        with bits(256):
            for point in space.points(1 if not space.scalars else 8):
                env = space.environment(point)
                a, b = (compile_tape(t, space.complexes).run(env) for t in prepared.trees)
                if sign(abs(a - b) - fmpq(half.numerator, half.denominator)) > 0:
                    return _apart(a, b)
    except (Undefined, Unclear, Unsupported, ShapeError):
        return _UNKNOWN
    return Verdict(Equality.EQUAL, Evidence(EvidenceKind.CALCULUS, "It rounds to the figures written."))


def written_places(tree: Expr) -> int | None:
    """How many decimals are written in a tree (the fewest of its decimal numbers); 0 for a whole number."""
    found = [part.value[1] for part in walk(tree) if part.head == "decimal"]
    if found:
        return int(min(found))
    return 0 if tree.head == "number" and tree.value.denominator == 1 else None


def _apart(a: object, b: object) -> Verdict:
    left, right = sentences.value_text(a), sentences.value_text(b)
    sentence = f"The first is {left} and the second is {right}: it does not round to the figures written."
    data = {"point": {}, "left": left, "right": right, "domain_only": False}
    return Verdict(Equality.DIFFERENT, Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, data))
