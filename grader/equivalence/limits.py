"""Limits: by structure, by growth, by l'Hopital's rule; else by SymPy. All are checked at near places."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import fmpq

from grader.equivalence.approach import Approach
from grader.equivalence.arrays import ShapeError
from grader.equivalence.asking import Ask, ask, bounds_of
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.ball import Unsupported, compile_tape
from grader.equivalence.membership import is_infinite
from grader.equivalence.points import Space
from grader.equivalence.precision import bits
from grader.equivalence.prepare import Prepared
from grader.equivalence.scalars import Unclear, Undefined, sign, to_arb
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols

_MAX_SIZE = 120


def limit_of(tree: Expr, assumptions: Assumptions, asking: Ask = ask) -> Expr | None:
    """The value of a limit (perhaps infinite); None where it is not found. Raises `asking.Stopped`."""
    body, x, point = tree.args
    if tree.size > _MAX_SIZE or x.head != "symbol":
        return None
    if x not in free_symbols(body):
        return body
    found = Approach(x, point, tree.value or "", assumptions).limit(body)
    if found is not None and _approached(body, x, point, tree.value, found, assumptions):
        return found
    free = [s for s in free_symbols(tree) if s.kind in ("scalar", "integer")]
    known = bounds_of({s: assumptions.domain(s) for s in free})
    found = asking("limit", (body, x, point), tree.value or "", known)
    if found is None or not _approached(body, x, point, tree.value, found, assumptions):
        return None
    return found


def _approached(body: Expr, x: Expr, point: Expr, side: str, found: Expr, assumptions: Assumptions) -> bool:
    """The values come near to what was found; where they cannot be reckoned, it stands."""
    if is_infinite(found):
        return True
    space = Space(Prepared((body, found, point)), assumptions)
    try:
        tape, goal = compile_tape(body, space.complexes), compile_tape(found, space.complexes)
        gaps = []
        with bits(1024):
            env = dict(space.environment(next(iter(space.points(1)))))
            for distance in (Fraction(1, 10**3), Fraction(1, 10**12), Fraction(1, 10**30)):
                env[x] = _near(point, distance, side, env)
                gaps.append(to_arb(abs(tape.run(env) - goal.run(env))))
        return bool(gaps[2] < 0.3) and sign(gaps[2] - gaps[0]) <= 0
    except (Undefined, Unclear, Unsupported, ShapeError, StopIteration):
        return True


def _near(point: Expr, distance: Fraction, side: str, env: dict[Any, Any]) -> Any:
    step = fmpq(distance.numerator, distance.denominator)
    if is_infinite(point):
        return (-1 if point.head == "mul" else 1) / step
    value = compile_tape(point).run(env)
    return value - step if side == "-" else value + step
