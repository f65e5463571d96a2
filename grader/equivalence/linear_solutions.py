"""Where a linear function of a vector is 0, the matrices and the other vectors at a point."""

from __future__ import annotations

from flint import fmpq, fmpq_mat

from grader.equivalence.arrays import Array, ShapeError, vector
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.ball import Unsupported, compile_tape
from grader.equivalence.features import features
from grader.equivalence.points import Point, Space, describe
from grader.equivalence.precision import bits
from grader.equivalence.prepare import Prepared
from grader.equivalence.refute import QUICK_BITS
from grader.equivalence.scalars import Unclear, Undefined
from grader.equivalence.sentences import place_text, value_text
from grader.expressions.nodes import Expr
from grader.records import Equality, Evidence, EvidenceKind, Verdict

_POINTS = 2
_FAILURES = (Undefined, Unclear, Unsupported, ShapeError, ZeroDivisionError)


def solution(gap: Expr, unknown: Expr, space: Space, point: Point) -> Array | None:
    """The one vector at which a linear function of it is 0, the others at a point; None if there is none."""
    try:
        with bits(QUICK_BITS):
            env = space.environment(point)
            tape = compile_tape(gap)
            n = env[unknown].rows
            start, *moved, last = (_entries(tape.run({**env, unknown: p})) for p in _places(n))
        slopes = [[a - b for a, b in zip(m, start, strict=True)] for m in moved]
        whole = [a - b for a, b in zip(last, start, strict=True)]
        if len(start) != n or [2 * sum(column) for column in zip(*slopes, strict=True)] != whole:
            return None
        matrix = fmpq_mat(n, n, [e for s in slopes for e in s]).transpose()
        return vector(tuple(matrix.solve(fmpq_mat(n, 1, [-e for e in start])).entries()))
    except _FAILURES:
        return None


def _places(n: int) -> list[Array]:
    """The origin, the ends of the unit vectors, and twice their sum."""
    units = [vector(tuple(fmpq(int(i == j)) for i in range(n))) for j in range(n)]
    return [vector((fmpq(0),) * n), *units, vector((fmpq(2),) * n)]


def _entries(value: object) -> tuple[fmpq, ...]:
    """The entries of a vector of rationals."""
    if type(value) is not Array or any(type(e) is not fmpq for e in value.entries):
        raise Unclear
    return value.entries


def differing_solutions(ours: Expr, theirs: Expr, assumptions: Assumptions) -> Verdict | None:
    """DIFFERENT where what solves the one is no solution of the other; side conditions leave it open."""
    if assumptions.conditions:
        return None
    space = Space(Prepared((ours, theirs)), assumptions)
    for unknown in space.vectors:
        for point in space.points(_POINTS) if unknown in features(ours).free else ():
            found = solution(ours, unknown, space, point)
            if found is None:
                break
            try:
                with bits(QUICK_BITS):
                    left = _entries(compile_tape(theirs).run({**space.environment(point), unknown: found}))
            except _FAILURES:
                break
            if any(left):
                shown = {k: v for k, v in describe(space, point).items() if k != str(unknown.value)}
                return _differing(shown, str(unknown.value), value_text(found))
    return None


def _differing(point: dict[str, str], name: str, solution: str) -> Verdict:
    place = place_text(point)
    where = f"At {place} the" if place else "The"
    sentence = f"{where} first holds for {name} = {solution}, and the second does not."
    data = {"point": {**point, name: solution}, "left": "true", "right": "false", "domain_only": False}
    return Verdict(Equality.DIFFERENT, Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, data))
