"""Where in a tree a slip can be made, and what it makes of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from grader.diagnosis.derivation import faulty_results
from grader.diagnosis.families import MENDS_BY_HEAD, SLIPS_BY_HEAD
from grader.expressions.build import add, mul
from grader.expressions.nodes import Expr, TooLarge
from grader.expressions.rewrite import rebuild
from grader.expressions.symbols import SymbolTable

MAX_PLACES = 90
MAX_SLIPS = 60
MAX_INSIDE = 40

_CLOSED = frozenset(
    ["derivative", "gradient", "integral", "limit", "sum", "product", "at", "inverse", "derived"]
)


class Named(Protocol):
    """A rule: the misconception that it stands for, and its own name."""

    @property
    def id(self) -> str:
        """The misconception."""

    @property
    def name(self) -> str:
        """The rule."""


Slipped = tuple[Named, Expr]


@dataclass(frozen=True, slots=True)
class Spot:
    """One occurrence of a node: `parent` is the number of the spot above it, `index` its place there."""

    node: Expr
    parent: int
    index: int


def spots(tree: Expr) -> list[Spot]:
    """The occurrences of nodes, parents first; what is under a binder belongs to the binder."""
    found = [Spot(tree, -1, 0)]
    at = 0
    while at < len(found) and len(found) < MAX_PLACES:
        part = found[at].node
        if part.head not in _CLOSED:
            first = 1 if part.head == "apply" else 0
            found.extend(Spot(part.args[k], at, k) for k in range(first, len(part.args)))
        at += 1
    return found[:MAX_PLACES]


def rebuilt(places: list[Spot], place: int, new: Expr) -> Expr:
    """The whole tree with one occurrence exchanged."""
    while places[place].parent >= 0:
        spot = places[place]
        above = places[spot.parent].node
        args = (*above.args[: spot.index], new, *above.args[spot.index + 1 :])
        new = _joined(above, args)
        place = spot.parent
    return new


def _joined(above: Expr, args: tuple[Expr, ...]) -> Expr:
    if above.head == "add":
        return add(*args)
    return mul(*args) if above.head == "mul" else rebuild(above, args)


def slips_at(part: Expr, table: SymbolTable) -> tuple[Slipped, ...]:
    """Every faulty version of a node, the preferred rule first for versions that several rules give."""
    if part.head in _CLOSED or (part.head == "apply" and part.args[0].head == "derived"):
        return _plain_slips(part) + _calculus_slips(part, table)
    return _plain_slips(part)


@lru_cache(maxsize=8192)
def _plain_slips(part: Expr) -> tuple[Slipped, ...]:
    return _collected(
        part, ((rule, new) for rule in SLIPS_BY_HEAD.get(part.head, ()) for new in _safe(rule.slips, part))
    )


@lru_cache(maxsize=8192)
def mends_at(part: Expr) -> tuple[Slipped, ...]:
    """What a node of a wrong line may have been before a slip."""
    return _collected(
        part,
        (
            (rule, new)
            for rule in MENDS_BY_HEAD.get(part.head, ())
            if rule.mends is not None
            for new in _safe(rule.mends, part)
        ),
    )


def _safe(make: object, part: Expr) -> Iterator[Expr]:
    assert callable(make)
    try:
        yield from make(part)
    except (TooLarge, ZeroDivisionError, OverflowError):
        return


def _collected(part: Expr, made: Iterator[Slipped]) -> tuple[Slipped, ...]:
    found: dict[Expr, Named] = {}
    for rule, new in made:
        if new is not part:
            found.setdefault(new, rule)
        if len(found) >= MAX_SLIPS:
            break
    return tuple((rule, new) for new, rule in found.items())


@lru_cache(maxsize=512)
def _calculus_slips(part: Expr, table: SymbolTable) -> tuple[Slipped, ...]:
    """Faulty derivations of what is to be carried out, then slips in the body under the binder."""
    made: list[Slipped] = list(faulty_results(part, table))
    if part.head in _CLOSED and part.head not in ("inverse", "derived"):
        made.extend(_inside(part))
    return tuple(made)


def _inside(part: Expr) -> Iterator[Slipped]:
    places = spots(part.args[0])
    count = 0
    for k, spot in enumerate(places):
        for rule, new in _plain_slips(spot.node):
            yield rule, rebuild(part, (rebuilt(places, k, new), *part.args[1:]))
            count += 1
            if count >= MAX_INSIDE:
                return
