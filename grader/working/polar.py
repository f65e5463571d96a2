"""`R cos t = 5` and `R sin t = 12` solved together: `R = 13, t = arctan(12/5)`."""

from __future__ import annotations

from collections.abc import Sequence

from grader.equivalence.holding import holds_at
from grader.expressions.build import PI, TWO, ZERO, add, call, chain, div, power, sqrt
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, transform

Pair = tuple[Expr, Expr]
Solution = dict[Expr, Expr]


def polar(pairs: Sequence[Pair]) -> tuple[tuple[Pair, ...], tuple[Solution, ...]] | None:
    """The pairs but for two of this kind, and what those two say; None where there are none."""
    found: dict[tuple[Expr, Expr, str], tuple[Pair, Expr]] = {}
    for pair in pairs:
        for side, value in (pair, pair[::-1]):
            parts = _parts(side) if not free_symbols(value) else None
            if parts is not None:
                found[parts] = (pair, value)
    for radius, angle, name in found:
        if name == "cos" and (radius, angle, "sin") in found:
            (first, along), (second, up) = found[radius, angle, "cos"], found[radius, angle, "sin"]
            rest = tuple(p for p in pairs if p not in (first, second))
            solutions = _solutions(radius, angle, along, up)
            return (rest, solutions) if solutions else None
    return None


def _parts(side: Expr) -> tuple[Expr, Expr, str] | None:
    """R, t and the function of `R cos t`."""
    if side.head != "mul" or len(side.args) != 2:
        return None
    turned = [a for a in side.args if a.head == "call" and a.value in ("sin", "cos")]
    names = [a for a in side.args if a.head == "symbol"]
    if len(turned) != 1 or len(names) != 1 or turned[0].args[0].head != "symbol":
        return None
    return names[0], turned[0].args[0], str(turned[0].value)


def _solutions(radius: Expr, angle: Expr, along: Expr, up: Expr) -> tuple[Solution, ...]:
    """The one with a positive R, as is the custom; its angle is one of many."""
    right = holds_at(chain((along, ZERO), (">",)), {})
    if right is None or holds_at(chain((along, ZERO), ("=",)), {}) is not False:
        return ()
    length = sqrt(add(power(along, TWO), power(up, TWO)))
    first = call("arctan", div(up, along))
    return ({radius: length, angle: first if right else add(first, PI)},)


def speaks_of_angle(relation: Expr, premises: Sequence[Expr]) -> bool:
    """Whether a relation says what the angle itself is, and not only a sine or a tangent of it."""
    found = polar([(p.args[0], p.args[1]) for p in premises if p.head == "chain" and len(p.args) == 2])
    angles = {name for solution in found[1] for name in list(solution)[1:]} if found is not None else set()
    return bool(angles & free_symbols(transform(relation, _without_turns)))


def _without_turns(part: Expr) -> Expr:
    return ZERO if part.head == "call" and part.value in ("sin", "cos", "tan") else part
