"""Statements told apart by a point at which only one of them holds: `xy > 0` beside `x > 0 and y > 0`."""

from __future__ import annotations

from grader.equivalence.arrays import ShapeError
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.ball import Unsupported, compile_tape
from grader.equivalence.points import Space, describe
from grader.equivalence.precision import bits
from grader.equivalence.prepare import Prepared
from grader.equivalence.refute import admits
from grader.equivalence.scalars import Unclear, Undefined
from grader.equivalence.sentences import place_text
from grader.expressions.nodes import Expr
from grader.records import Equality, Evidence, EvidenceKind, Verdict

_POINTS = 24
_BITS = 128


def told_apart(first: Expr, second: Expr, assumptions: Assumptions) -> Verdict | None:
    """DIFFERENT with such a point; None where none is found."""
    try:
        space = Space(Prepared((first, second)), assumptions)
        tapes = [compile_tape(t, space.complexes) for t in (first, second)]
    except (Unsupported, ShapeError):
        return None
    for point in space.points(_POINTS):
        if not admits(space, point):
            continue
        try:
            with bits(_BITS):
                truths = [tape.run(space.environment(point)) for tape in tapes]
        except (Undefined, Unclear, Unsupported, ShapeError):
            continue
        if truths in ([True, False], [False, True]):
            return _different(describe(space, point), truths[0])
    return None


def _different(point: dict[str, str], first_holds: bool) -> Verdict:
    holding, other = ("first", "second") if first_holds else ("second", "first")
    said = f"At {place_text(point)} the {holding} holds and the {other} does not."
    texts = ("true", "false") if first_holds else ("false", "true")
    data = {"point": point, "left": texts[0], "right": texts[1], "domain_only": False}
    return Verdict(Equality.DIFFERENT, Evidence(EvidenceKind.COUNTEREXAMPLE, said, data))
