"""Two sides compared power by power, up to the lowest one that an `O(x^4)` leaves out."""

from __future__ import annotations

from grader.equivalence import decide
from grader.expressions.build import ZERO, add, mul, neg, power, sub, symbol
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, rebuild, replace
from grader.records import Equality, Verdict
from grader.working.knowledge import Knowledge
from grader.working.orders import orders_in

_MOST = 12


def compared(relation: Expr, variable: Expr, centre: Expr, known: Knowledge) -> Verdict:
    """Whether no power below the lowest order that is left out tells the sides apart."""
    rests: list[tuple[Expr, Expr]] = []
    named = [_named(side, rests) for side in relation.args]
    gap = _without_pole(known.coordinates(sub(named[0], named[1])), variable, centre, known)
    bounds = [_order(gap, rest, variable, centre, known) for rest, _ in rests]
    small = [order.args[0].value == "o" for _, order in rests]
    if any(bound is None for bound in bounds):
        return Verdict(Equality.UNKNOWN)
    highest = min(bound + extra for bound, extra in zip(bounds, small, strict=True) if bound is not None)
    return _agree(
        replace(gap, dict.fromkeys((rest for rest, _ in rests), ZERO)), variable, centre, highest, known
    )


def _agree(gap: Expr, variable: Expr, centre: Expr, highest: int, known: Knowledge) -> Verdict:
    """Whether the first coefficients of the gap between the sides are 0."""
    tree: Expr | None = gap
    for _ in range(highest):
        verdict = Verdict(Equality.UNKNOWN) if tree is None else _vanishes(tree, variable, centre, known)
        if tree is None or verdict.verdict is not Equality.EQUAL:
            return verdict
        tree = differentiate(tree, variable)
    return Verdict(Equality.EQUAL)


def _named(tree: Expr, rests: list[tuple[Expr, Expr]]) -> Expr:
    """The tree with every `O(x^4)` as an x^4 with a factor of its own: no two of them cancel."""
    if tree in orders_in(tree):
        rests.append((symbol(f"rest {len(rests)}"), tree))
        return mul(rests[-1][0], tree.args[1])
    return rebuild(tree, tuple(_named(part, rests) for part in tree.args))


def _vanishes(tree: Expr, variable: Expr, centre: Expr, known: Knowledge) -> Verdict:
    return decide(replace(tree, {variable: centre}), ZERO, known.assumptions())


def _order(gap: Expr, rest: Expr, variable: Expr, centre: Expr, known: Knowledge) -> int | None:
    """The lowest power with which a rest comes in."""
    factor = differentiate(gap, rest)
    return None if factor is None else order_of(factor, variable, centre, known)


def order_of(factor: Expr, variable: Expr, centre: Expr, known: Knowledge) -> int | None:
    """The lowest power of a tree at a place."""
    tree: Expr | None = factor
    for order in range(_MOST):
        if tree is None:
            return None
        verdict = _vanishes(tree, variable, centre, known).verdict
        if verdict is Equality.DIFFERENT:
            return order
        if verdict is not Equality.EQUAL:
            return None
        tree = differentiate(tree, variable)
    return None


def _without_pole(gap: Expr, variable: Expr, centre: Expr, known: Knowledge) -> Expr:
    """The gap times the one denominator that is 0 at the place: `sin(x)/x - 1` as `sin x - x`."""
    powers = [p for p in walk(gap) if p.head == "pow" and p.args[1].head == "number" and p.args[1].value < 0]
    poles = {p for p in powers if _vanishes(p.args[0], variable, centre, known).verdict is Equality.EQUAL}
    if len(poles) != 1 or gap.head != "add":
        return gap
    (pole,) = poles
    factor = power(pole.args[0], neg(pole.args[1]))
    terms = [term.args if term.head == "mul" else (term,) for term in gap.args]
    return add(*(mul(*(f for f in t if f is not pole)) if pole in t else mul(*t, factor) for t in terms))


def degree_of(tree: Expr, variable: Expr) -> int | None:
    """The highest power of a polynomial; None for anything else."""
    slope: Expr | None = tree
    for degree in range(_MOST):
        slope = differentiate(slope, variable) if slope is not None else None
        if slope is None or variable not in free_symbols(slope):
            return None if slope is None else degree + (slope is not ZERO)
    return None
