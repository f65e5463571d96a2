"""Definite integrals and limits: SymPy finds, we check.

An antiderivative F is accepted if F' is the integrand by our own ladder and F is continuous on the interval
(it has finite enclosures on a cover of it); then the fundamental theorem gives the value.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from flint import arb

from grader.equivalence.arrays import ShapeError
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.ball import Unsupported, compile_tape, exact_at
from grader.equivalence.points import Space
from grader.equivalence.precision import bits
from grader.equivalence.prepare import Prepared
from grader.equivalence.scalars import Unclear, Undefined, sign, to_arb
from grader.expressions.build import HALF, add, call, div, mul, number, power, sub
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, replace
from grader.records import Equality, Verdict

Climb = Callable[[Prepared, Assumptions], Verdict]
_PIECES = 64
_MAX_SIZE = 80


def definite(tree: Expr, assumptions: Assumptions, climb: Climb) -> Expr | None:
    """The value of an integral between ends; None where it cannot be found or checked."""
    body, x, low, high = tree.args
    if tree.size > _MAX_SIZE:
        return None
    found = antiderivative(body, x)
    if found is None:
        return None
    slope = differentiate(found, x)
    if slope is None or climb(Prepared((slope, body)), assumptions).verdict is not Equality.EQUAL:
        return None
    if not _continuous(found, body, x, low, high):
        return None
    values = [_end_value(found, x, end, way, assumptions) for end, way in ((high, "-"), (low, "+"))]
    return None if values[0] is None or values[1] is None else sub(values[0], values[1])


def _end_value(found: Expr, x: Expr, end: Expr, way: str, assumptions: Assumptions) -> Expr | None:
    if _infinite(end):
        from grader.expressions.nodes import node

        return limit_of(node("limit", (found, x, end), "" if _infinite(end) else way), assumptions)
    return replace(found, {x: end})


def _infinite(tree: Expr) -> bool:
    return (tree.head == "constant" and tree.value == "oo") or (
        tree.head == "mul" and any(_infinite(a) for a in tree.args)
    )


def antiderivative(body: Expr, x: Expr) -> Expr | None:
    """Some F with F' = body: simple rules first, else SymPy."""
    simple = _simple(body, x)
    if simple is not None:
        return simple
    from grader.equivalence.sympy_bridge import sympy_antiderivative

    return sympy_antiderivative(body, x)


def _simple(body: Expr, x: Expr) -> Expr | None:
    """Sums of constants times x^n, exp, sin, cos of a linear argument."""
    if x not in free_symbols(body):
        return mul(body, x)
    if body is x:
        return mul(HALF, power(x, number(2)))
    if body.head == "add":
        parts = [_simple(a, x) for a in body.args]
        return None if any(p is None for p in parts) else add(*(p for p in parts if p is not None))
    if body.head == "mul":
        moving = [a for a in body.args if x in free_symbols(a)]
        inner = _simple(moving[0], x) if len(moving) == 1 else None
        rest = [a for a in body.args if a is not moving[0]]
        return None if inner is None else mul(*rest, inner)
    if body.head == "pow" and body.args[0] is x and x not in free_symbols(body.args[1]):
        n = body.args[1]
        if n.head == "number" and n.value != -1:
            return mul(number(1 / (n.value + 1)), power(x, number(n.value + 1)))
        return call("ln", call("abs", x)) if n.head == "number" else None
    if body.head == "call" and body.value in _TABLE and len(body.args) == 1:
        slope = differentiate(body.args[0], x)
        if slope is not None and x not in free_symbols(slope):
            return div(_TABLE[body.value](body.args[0]), slope)
    return None


_TABLE: dict[str, Callable[[Expr], Expr]] = {
    "exp": lambda a: call("exp", a),
    "sin": lambda a: mul(number(-1), call("cos", a)),
    "cos": lambda a: call("sin", a),
    "sinh": lambda a: call("cosh", a),
    "cosh": lambda a: call("sinh", a),
}


def _continuous(found: Expr, body: Expr, x: Expr, low: Expr, high: Expr) -> bool:
    """Finite enclosures of F on a cover of the interval between rational ends (symbols at sample values)."""
    if free_symbols(found) <= {x} and not _infinite(low) and not _infinite(high):
        a, b = exact_at(low, {}), exact_at(high, {})
        if a is not None and b is not None:
            return _covered(found, x, min(a, b), max(a, b))
    return _plain(found) and _plain(body)


def _plain(tree: Expr) -> bool:
    """Built of operations that are continuous on all reals."""
    if tree.head in ("number", "decimal", "symbol", "constant"):
        return True
    if tree.head == "pow":
        n = tree.args[1]
        constant_exponent = n.head == "number" and n.value >= 0 and n.value.denominator == 1
        bottom = not free_symbols(tree.args[0])
        return all(map(_plain, tree.args)) and (constant_exponent or bottom)
    smooth = tree.head in ("add", "mul") or (
        tree.head == "call" and tree.value in ("exp", "sin", "cos", "sinh", "cosh", "tanh", "arctan", "erf")
    )
    return smooth and all(map(_plain, tree.args))


def _covered(found: Expr, x: Expr, low: Fraction, high: Fraction) -> bool:
    try:
        tape = compile_tape(found)
        with bits(64):
            for k in range(_PIECES):
                ends = [low + (high - low) * Fraction(i, _PIECES) for i in (k, k + 1)]
                a, b = (arb(e.numerator) / e.denominator for e in ends)
                piece = a.union(b) if k not in (0, _PIECES - 1) else (a + b) / 2
                tape.run({x: piece})
    except (Undefined, Unclear, Unsupported, ShapeError):
        return False
    return True


def limit_of(tree: Expr, assumptions: Assumptions) -> Expr | None:
    """A limit, by substitution where that is continuous, else by SymPy and checked numerically."""
    body, x, point = tree.args
    if tree.size > _MAX_SIZE:
        return None
    if not _infinite(point) and _plain(body):
        return replace(body, {x: point})
    from grader.equivalence.sympy_bridge import sympy_limit

    found = sympy_limit(body, x, point, tree.value)
    if found is None or not _approached(body, x, point, tree.value, found, assumptions):
        return None
    return found


def _approached(body: Expr, x: Expr, point: Expr, side: str, found: Expr, assumptions: Assumptions) -> bool:
    """The values come near to what was found."""
    if _infinite(found):
        return True
    space = Space(Prepared((body, found)), assumptions)
    try:
        tape, goal = compile_tape(body, space.complexes), compile_tape(found, space.complexes)
        gaps = []
        with bits(512):
            env = dict(space.environment(next(iter(space.points(1)))))
            for distance in (Fraction(1, 10**3), Fraction(1, 10**12)):
                env[x] = _near(point, distance, side)
                gaps.append(to_arb(abs(tape.run(env) - goal.run(env))))
        return bool(gaps[1] < 0.3) and sign(gaps[1] - gaps[0]) <= 0
    except (Undefined, Unclear, Unsupported, ShapeError, StopIteration):
        return not free_symbols(found)


def _near(point: Expr, distance: Fraction, side: str) -> Any:
    from flint import fmpq

    step = fmpq(distance.numerator, distance.denominator)
    if _infinite(point):
        return (-1 if point.head == "mul" else 1) / step
    value = compile_tape(point).run({})
    return value - step if side == "-" else value + step
