"""Limits: by structure, by growth, by l'Hopital's rule; else by SymPy. All are checked at near places."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any

from flint import fmpq

from grader.equivalence.approach import Approach
from grader.equivalence.arrays import ShapeError
from grader.equivalence.asking import Ask, ask, bounds_of
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.ball import Unsupported, compile_tape
from grader.equivalence.infinite import infinity_sign
from grader.equivalence.membership import is_infinite
from grader.equivalence.points import Space
from grader.equivalence.precision import bits
from grader.equivalence.prepare import Prepared
from grader.equivalence.scalars import Unclear, Undefined, sign, to_arb
from grader.expressions.build import ZERO
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
    """The values come near to what was found, from both sides where none is named.

    Where they cannot be reckoned, it stands.
    """
    sign_found = infinity_sign(found)
    space = Space(Prepared((body, ZERO if sign_found else found, point)), assumptions)
    sides = [side] if side or is_infinite(point) else ["+", "-"]
    try:
        tape, goal = compile_tape(body, space.complexes), compile_tape(space.trees[1], space.complexes)
        env = dict(space.environment(next(iter(space.points(1)))))
    except (Unsupported, ShapeError, StopIteration):
        return True

    def gap(way: str, distance: Fraction) -> Any:
        env[x] = _near(point, distance, way, env)
        return to_arb(tape.run(env) - goal.run(env))

    with bits(1024):
        return all(_comes_near(partial(gap, way), sign_found) for way in sides)


def _comes_near(gap: Callable[[Fraction], Any], wanted: int) -> bool:
    """Whether the gaps shrink; where infinity was found, whether they have its sign and are large."""
    gaps: list[Any] = []
    for digits in (3, 12, 30):
        try:
            gaps.append(gap(Fraction(1, 10**digits)))
        except (Undefined, Unclear, Unsupported, ShapeError):
            break
    try:
        if wanted:
            return not gaps or bool(wanted * gaps[-1] > 1)
        if len(gaps) < 3:
            return True
        return bool(abs(gaps[2]) < 0.3) and sign(abs(gaps[2]) - abs(gaps[0])) <= 0
    except Unclear:
        return True


def _near(point: Expr, distance: Fraction, side: str, env: dict[Any, Any]) -> Any:
    step = fmpq(distance.numerator, distance.denominator)
    if is_infinite(point):
        return (-1 if point.head == "mul" else 1) / step
    value = compile_tape(point).run(env)
    return value - step if side == "-" else value + step
