"""Relations that are the same up to a factor: 2x < 2y is x < y, x/2 + y/3 = 1 is 3x + 2y = 6."""

from __future__ import annotations

from math import prod

from grader.equivalence.assumptions import Assumptions
from grader.equivalence.field import Beyond, Frac, rational
from grader.equivalence.normal import Normalizer
from grader.equivalence.points import Space
from grader.equivalence.prepare import Prepared
from grader.equivalence.signs import never_zero
from grader.equivalence.truths import FLIPPED, ORDER, Link, links
from grader.equivalence.values import normalizer_for
from grader.expressions.nodes import Expr


def same_relation(left: Expr, right: Expr, assumptions: Assumptions, constant: bool = False) -> bool:
    """Whether two relations (or conjunctions of as many) differ by factors that never vanish; False is open.

    With `constant` the factors must be numbers.

    >>> from grader.expressions.build import chain, mul, number, symbol
    >>> x, y, two = symbol("x"), symbol("y"), number(2)
    >>> doubled = chain((mul(two, x), mul(two, y)), ("<",))
    >>> same_relation(doubled, chain((x, y), ("<",)), Assumptions())
    True
    """
    first, second = links(left), links(right)
    if not first or not second or len(first) != len(second):
        return False
    rest = list(second)
    for link in first:
        match = next((k for k in rest if _same(link, k, assumptions, constant)), None)
        if match is None:
            return False
        rest.remove(match)
    return True


def _same(a: Link, b: Link, assumptions: Assumptions, constant: bool) -> bool:
    if any(side.kind not in ("scalar", "integer") for side in (a.left, a.right, b.left, b.right)):
        return False
    space = Space(Prepared((a.left, a.right, b.left, b.right)), assumptions)
    n = normalizer_for(space)
    try:
        return n.attempt(lambda: _proportional(n, a, b, constant))
    except Beyond:
        return False


def _proportional(n: Normalizer, a: Link, b: Link, constant: bool) -> bool:
    first, second = (n.sub(n.scalar(k.left), n.scalar(k.right)) for k in (a, b))
    if first.top == 0 or second.top == 0:
        return False
    ratio = n.div(first, second)
    if rational(ratio) is None and (constant or (a.operator == "=" and _never_vanishes(n, first))):
        return False  # nothing solves the first, and the second is another equation
    if a.operator == b.operator and a.operator in ("=", "!="):
        return _never_vanishes(n, ratio)
    if a.operator not in ORDER or b.operator not in ORDER:
        return False
    sign = _sign(n, ratio)
    return sign != 0 and b.operator == (a.operator if sign > 0 else FLIPPED[a.operator])


def _never_vanishes(n: Normalizer, ratio: Frac) -> bool:
    return all(never_zero(f, n.kernels) for f, _ in n.split(ratio)[1])


def _sign(n: Normalizer, ratio: Frac) -> int:
    """The sign of a quotient that never vanishes; 0 if it may, or is not known."""
    c, parts = n.split(ratio)
    if not all(never_zero(f, n.kernels) for f, _ in parts):
        return 0
    return (1 if c > 0 else -1) * prod(1 if k % 2 == 0 else n.sign(f) for f, k in parts)
