"""`2A = A e^(kt)`: but for a factor that cancels one side is a number, so it asks when that is so."""

from __future__ import annotations

from grader.expressions.build import chain, mul
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols
from grader.working.entailment import unknowns


def cancelled(relation: Expr) -> Expr | None:
    """The equation without letters that are factors of both sides and nowhere else; None if it asks nothing.

    >>> # 2A = A e^(kt) -> 2 = e^(kt); xy = x^2 y -> None, since both sides still hold a letter
    """
    if relation.head != "chain" or relation.value != ("=",):
        return None
    factors = [side.args if side.head == "mul" else (side,) for side in relation.args]
    common = {f for f in factors[0] if f.head == "symbol" and f in factors[1]}
    left, right = (mul(*(f for f in own if f not in common)) for own in factors)
    names = unknowns(left), unknowns(right)
    if not common or common & (names[0] | names[1]) or bool(names[0]) == bool(names[1]):
        return None
    return chain((left, right), ("=",))


def supposed(relation: Expr) -> Expr:
    """What an equation says that is set: where something grows, whose start is not 0, the cancelled one."""
    shorter = cancelled(relation)
    if shorter is None or not any(_is_growth(part) for part in walk(shorter)):
        return relation
    return shorter


def _is_growth(part: Expr) -> bool:
    """A power or an exponential with an unknown in its exponent."""
    if part.head == "pow":
        return bool(free_symbols(part.args[1]))
    return part.head == "call" and part.value == "exp" and bool(free_symbols(part))
