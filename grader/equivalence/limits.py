"""Limits: by putting the place in where that is continuous, else by SymPy and checked at near places."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import fmpq

from grader.equivalence.arrays import ShapeError
from grader.equivalence.asking import ask, bounds_of
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.ball import Unsupported, compile_tape
from grader.equivalence.membership import is_infinite
from grader.equivalence.points import Space
from grader.equivalence.precision import bits
from grader.equivalence.prepare import Prepared
from grader.equivalence.scalars import Unclear, Undefined, sign, to_arb
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, replace

_MAX_SIZE = 120
_PLAIN = frozenset(["exp", "sin", "cos", "sinh", "cosh", "tanh", "arctan", "abs"])


def limit_of(tree: Expr, assumptions: Assumptions) -> Expr | None:
    """The value of a limit (perhaps infinite); None where it is not found. Raises `asking.Stopped`."""
    body, x, point = tree.args
    if tree.size > _MAX_SIZE:
        return None
    if x not in free_symbols(body):
        return body
    if not is_infinite(point) and _plain(body):
        return replace(body, {x: point})
    free = [s for s in free_symbols(tree) if s.kind in ("scalar", "integer")]
    known = bounds_of({s: assumptions.domain(s) for s in free})
    found = ask("limit", (body, x, point), tree.value or "", known)
    if found is None or not _approached(body, x, point, tree.value, found, assumptions):
        return None
    return found


def _plain(tree: Expr) -> bool:
    """Built of operations that are continuous on all reals."""
    if tree.head in ("number", "decimal", "symbol", "constant"):
        return True
    if tree.head == "pow":
        n = tree.args[1]
        whole = n.head == "number" and n.value >= 0 and n.value.denominator == 1
        return all(map(_plain, tree.args)) and (whole or not free_symbols(tree.args[0]))
    smooth = tree.head in ("add", "mul") or (tree.head == "call" and tree.value in _PLAIN)
    return smooth and all(map(_plain, tree.args))


def _approached(body: Expr, x: Expr, point: Expr, side: str, found: Expr, assumptions: Assumptions) -> bool:
    """The values come near to what was found; where they cannot be reckoned, SymPy's word stands."""
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
