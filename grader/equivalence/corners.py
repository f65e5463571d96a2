"""Places where a denominator of several terms vanishes: x = y = 0 in x^2 + y^2.

Lines along one symbol meet no such place: all terms have to vanish at once. The candidates are the zeros of
each term in its own symbol; complex symbols are tried at 0, 1, -1, i and -i. That a vector is not 0 is
taken for granted where its norm is divided by.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice, product

from grader.equivalence.features import features
from grader.equivalence.points import Point, Space
from grader.equivalence.turning import turns
from grader.equivalence.zeros import zeros_of
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols

_MAX_POINTS = 24
_COMPLEX = tuple((Fraction(a), Fraction(b)) for a, b in ((0, 0), (1, 0), (0, 1), (0, -1), (-1, 0)))


def corner_points(space: Space, trees: tuple[Expr, ...], base: Point) -> Iterator[Point]:
    """Points at which a denominator of one of the trees may vanish, the other symbols as in `base`."""
    poles = tuple(dict.fromkeys(t.part for tree in trees for t in turns(tree) if t.how == "pole"))
    for part in poles:
        yield from islice(_of_sum(space, part, base), _MAX_POINTS)
        yield from _of_complex(space, part, base)


def _of_sum(space: Space, part: Expr, base: Point) -> Iterator[Point]:
    """Every combination of the zeros of the terms, where there are several symbols."""
    symbols = [s for s in space.scalars if s in features(part).free and s.kind != "complex"]
    if len(symbols) < 2 or not any(p.head == "add" for p in walk(part)):
        return
    places = [_zeros(space, part, s) for s in symbols]
    if all(places):
        for values in product(*places):
            yield replace(base, scalars={**base.scalars, **dict(zip(symbols, values, strict=True))})


def _zeros(space: Space, part: Expr, symbol: Expr) -> list[Fraction]:
    """The rational zeros of what holds this symbol alone in a part."""
    inside = dict.fromkeys(p for p in walk(part) if p.kind == "scalar" and free_symbols(p) == {symbol})
    found = [z.exact for p in inside for z in zeros_of(p, symbol).found]
    kept = dict.fromkeys(v for v in found if v is not None and space.domains[symbol].holds(v))
    return list(kept)[:4]


def _of_complex(space: Space, part: Expr, base: Point) -> Iterator[Point]:
    for symbol in (s for s in space.scalars if s.kind == "complex" and s in features(part).free):
        for real, imaginary in _COMPLEX:
            scalars = {**base.scalars, symbol: real}
            yield replace(base, scalars=scalars, imaginary=((symbol, imaginary),))
