"""Equal by their slopes: the same derivative on every piece of the domain, and the same value on it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

from grader.equivalence import sentences
from grader.equivalence.constants import constant_zero
from grader.equivalence.features import features
from grader.equivalence.holes import simplest_between
from grader.equivalence.points import Space
from grader.equivalence.turning import turns
from grader.equivalence.zeros import zeros_of
from grader.expressions.build import number, sub
from grader.expressions.calculus import differentiate
from grader.expressions.domains import Domain
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import replace
from grader.records import Evidence

Prove = Callable[[Expr, Expr, Space], Evidence | None]
_SMOOTH = frozenset(
    ["arcsin", "arccos", "arctan", "arccot", "arcsec", "arccsc", "arsinh", "arcosh", "artanh", "arcoth", "ln"]
)
_MAX_SIZE = 120
_MAX_PIECES = 8
_PLACES = tuple(Fraction(v) for v in (0, 1, -1, 2, Fraction(1, 2), -2, 3))


def equal_by_slope(left: Expr, right: Expr, space: Space, prove: Prove) -> Evidence | None:
    """Evidence if the difference has slope 0 and is 0 at one place of every piece; else None."""
    arcs = any(p.head == "call" and p.value in _SMOOTH for t in (left, right) for p in walk(t))
    if not arcs or len(space.scalars) != 1 or space.calls or space.vectors or space.complexes:
        return None
    if left.size + right.size > _MAX_SIZE:
        return None
    variable = space.scalars[0]
    domain = space.domains[variable]
    slopes = [differentiate(t, variable) for t in (left, right)]
    if slopes[0] is None or slopes[1] is None or domain.integer:
        return None
    pieces = _pieces((left, right), variable, domain)
    if not pieces or prove(slopes[0], slopes[1], space) is None:
        return None
    gap = sub(left, right)
    return sentences.by_slope() if all(_meets(gap, variable, piece) for piece in pieces) else None


def _pieces(trees: tuple[Expr, ...], variable: Expr, domain: Domain) -> list[Domain] | None:
    """The domain cut at every place where the trees may jump; None where these are not all known."""
    ends: set[Fraction] = set()
    for part in dict.fromkeys(turn.part for tree in trees for turn in turns(tree)):
        if features(part).heads.isdisjoint(("call",)) and _never_zero(part, variable, domain):
            continue
        zeros = zeros_of(part, variable)
        if not zeros.complete:
            return None
        ends.update(end for zero in zeros.found for end in (zero.low, zero.high))
    inside = sorted(e for e in ends if domain.holds(e) and e not in (domain.low, domain.high))
    edges = [domain.low, *inside, domain.high]
    pieces = [Domain(a, b) for a, b in pairwise(edges) if not _is_narrow(a, b)]
    return pieces if len(pieces) <= _MAX_PIECES else None


def _is_narrow(low: Fraction | None, high: Fraction | None) -> bool:
    """The two rationals around one irrational end."""
    return low is not None and high is not None and high - low < Fraction(1, 10**12) * (1 + abs(low))


def _never_zero(part: Expr, variable: Expr, domain: Domain) -> bool:
    from grader.equivalence.field import Beyond
    from grader.equivalence.normal import Normalizer
    from grader.equivalence.signs import never_zero

    n = Normalizer(lambda _: domain)

    def work() -> bool:
        value = n.scalar(part)
        return bool(value.top != 0) and all(never_zero(f, n.kernels) for f, _ in n.factors(value.top)[1])

    try:
        return n.attempt(work)
    except Beyond:
        return False


def _meets(gap: Expr, variable: Expr, piece: Domain) -> bool:
    """The difference is 0 at a place of the piece (a piece on which it has no value does not count)."""
    from grader.equivalence.settled import NO_VALUE, value_exactly

    places = [p for p in _PLACES if piece.holds(p)]
    if piece.low is not None and piece.high is not None:
        places.append(simplest_between(piece.low, piece.high))
    elif piece.low is not None:
        places.append(piece.low + 1)
    elif piece.high is not None:
        places.append(piece.high - 1)
    for place in places:
        there = replace(gap, {variable: number(place)})
        value = value_exactly(there)
        if value is NO_VALUE:
            continue
        if constant_zero(there):
            return True
    return all(value_exactly(replace(gap, {variable: number(p)})) is NO_VALUE for p in places)
