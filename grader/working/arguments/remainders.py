"""`x - sin x = x^3/6 + O(x^5)`: what is left out is of the order that is written.

Two remainders are two quantities: from `O(x^5)` in one line nothing follows for that in another.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from flint import arb

from grader.equivalence.ball import enclose, exact_at
from grader.expressions.build import ZERO, add, mul, sub
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols
from grader.records import Evidence, EvidenceKind, StepVerdict
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Trial
from grader.working.telling.limits import FAR

_SIGNS = frozenset(["O", "o", "cal(O)", "cal(o)"])
_LITTLE = frozenset(["o", "cal(o)"])
_PLACES = (0, 1, -1, 2)
_STEPS = tuple(Fraction(1, 10**k) for k in (4, 8, 12))
_PRECISION = 512
_GROWTH = 100  # a ratio that stays bounded does not grow so much from one step to the next
_SMALL = Fraction(1, 10**6)
_COUNTS = frozenset(["n", "N", "m", "k"])  # what grows
_SAID = "What is left out is of the order that is written."
_Size = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class _Side:
    """A sum without its remainders, and what stands in their brackets."""

    main: Expr
    orders: tuple[Expr, ...]


def remainder(trial: Trial) -> Judgement | None:
    """Holds where the sides differ by no more than the remainders say, and fails where they differ by more.

    Unknown where that cannot be seen.
    """
    link, known = trial.link, trial.known
    if link.operator != "=" or not _is_remainder(link.relation, known):
        return None
    sides = [_split(known.coordinates(side)) for side in (link.left, link.right)]
    orders = [order for side in sides for order in side.orders]
    gap = sub(sides[0].main, sides[1].main)
    names = free_symbols(gap).union(*(free_symbols(order) for order in orders))
    if len(names) != 1 or not orders or _is_remainder(gap, known):
        return Judgement(StepVerdict.UNKNOWN)
    (name,) = names
    far = str(name.value) in _COUNTS or any(bounds[0].args == (name, FAR) for bounds in known.told.limits)
    little = any(part.value in _LITTLE for part in walk(link.relation) if _is_sign(part))
    return _judged(gap, orders, name, far, little)


def _judged(gap: Expr, orders: list[Expr], name: Expr, far: bool, little: bool) -> Judgement:
    """By the size of the gap near the place, against each of the orders."""
    near = [_points(order, name, far) for order in orders]
    pairs = zip(orders, near, strict=True)
    bounded = [_is_bounded(gap, order, name, points, little) for order, points in pairs]
    if True in bounded:
        return Judgement(StepVerdict.HOLDS, Evidence(EvidenceKind.CONSISTENT, _SAID))
    if None in bounded:
        return Judgement(StepVerdict.UNKNOWN)
    return Judgement(StepVerdict.FAILS, _told(gap, orders[0], name, near[0][1]))


def _told(gap: Expr, order: Expr, name: Expr, point: Fraction) -> Evidence:
    """By how much what is left out exceeds its order, at a point near the place."""
    times, where = _ratio(gap, order, name, point), f"{float(point):.6g}"
    said = f" {float(times[0]):.3g} times" if times is not None else ""
    size = f"what is left out is{said} what stands in the bracket, and this grows without end"
    data = {"point": {str(name.value): where}, "left": "", "right": "", "domain_only": False}
    return Evidence(EvidenceKind.COUNTEREXAMPLE, f"At {name.value} = {where} {size}.", data)


def _is_remainder(tree: Expr, known: Knowledge) -> bool:
    """Whether a remainder stands in a tree, of a text that writes them with brackets."""
    return known.told.remainders and any(_is_sign(part) for part in walk(tree))


def _is_sign(tree: Expr) -> bool:
    return tree.head == "symbol" and tree.value in _SIGNS


def _split(tree: Expr) -> _Side:
    terms = tree.args if tree.head == "add" else (tree,)
    found = [(term, _order(term)) for term in terms]
    main = [term for term, order in found if order is None]
    return _Side(add(*main) if main else ZERO, tuple(order for _, order in found if order is not None))


def _order(term: Expr) -> Expr | None:
    """The x^5 of a term `c O(x^5)`."""
    if term.head == "apply" and _is_sign(term.args[0]):
        return term.args[1]
    if term.head != "mul" or sum(map(_is_sign, term.args)) != 1:
        return None
    rest = mul(*(factor for factor in term.args if not _is_sign(factor)))
    return rest if free_symbols(rest) else None


def _is_bounded(
    gap: Expr, order: Expr, name: Expr, points: tuple[Fraction, ...], little: bool
) -> bool | None:
    """Whether gap / order stays bounded along the points, or vanishes (`little`); None if it has no value."""
    sizes = [size for point in points if (size := _ratio(gap, order, name, point)) is not None]
    if len(sizes) < len(points):
        return None
    if all(_grows(a, b) for a, b in pairwise(sizes)) or (little and sizes[-1][0] > _SMALL):
        return False
    steady = all(b[1] <= _GROWTH * max(a[1], _SMALL) for a, b in pairwise(sizes))
    return True if steady and (sizes[-1][1] < _SMALL or not little) else None


def _grows(before: _Size, after: _Size) -> bool:
    """Whether a ratio is certainly much larger than the one before."""
    return after[0] > _GROWTH * max(before[1], _SMALL)


def _points(order: Expr, name: Expr, far: bool) -> tuple[Fraction, ...]:
    """Points closer and closer to a place where the order vanishes; else farther and farther out."""
    places = () if far else _PLACES
    for place in places:
        if exact_at(order, {name: Fraction(place)}) == 0:
            return tuple(place + step for step in _STEPS)
    return tuple(1 / step for step in _STEPS)


def _ratio(gap: Expr, order: Expr, name: Expr, point: Fraction) -> _Size | None:
    """The size of gap / order at a point, from below and from above."""
    value, size = (enclose(tree, {name: point}, _PRECISION) for tree in (gap, order))
    if value is None or size is None or 0 in size:
        return None
    ball = abs(value / size)
    return _exactly(ball.lower()), _exactly(ball.upper())


def _exactly(end: arb) -> Fraction:
    man, exp = end.man_exp()
    return Fraction(int(man)) * Fraction(2) ** int(exp)
