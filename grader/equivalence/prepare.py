"""Trees made ready to be compared: definitions written out, operators carried out, coordinates chosen.

A scalar symbol that is defined as F(T), F invertible, is a coordinate for T: w . phi(x) becomes
ln(p / (1 - p)) when p is sigma(w . phi(x)). Everything is then a function of p, and a counterexample
can be shown at p = 1/3.
"""

from __future__ import annotations

from dataclasses import dataclass

from grader.equivalence.assumptions import Assumptions
from grader.equivalence.spread import family_letters, name_bare_functions
from grader.expressions.calculus_operators import coordinate, expand
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import contains, free_symbols, readings, replace
from grader.expressions.symbols import Symbol, SymbolTable


@dataclass(frozen=True, slots=True)
class Coordinate:
    """`symbol` stands for `inside` = `value`, where `value` is written in the symbol."""

    symbol: Expr
    inside: Expr
    value: Expr


@dataclass(frozen=True, slots=True)
class Prepared:
    """Trees over independent symbols, and the coordinates that tie a remaining vector to a scalar."""

    trees: tuple[Expr, ...]
    coordinates: tuple[Coordinate, ...] = ()
    naturals: frozenset[str] = frozenset()


def prepare(trees: tuple[Expr, ...], assumptions: Assumptions) -> Prepared:
    """The trees, ready for the layers; with their ambiguities read in the preferred way."""
    trees = tuple(readings(t, 1)[0] for t in trees)
    trees = name_bare_functions(trees, assumptions.table)
    naturals = family_letters(trees)
    table = assumptions.table
    if not table.symbols and not any(_has_work(t) for t in trees):
        return Prepared(trees, (), naturals)
    coordinates = coordinates_of(assumptions)
    if coordinates:
        done = _with_coordinates(trees, coordinates, table)
        if done is not None:
            return Prepared(done, _used(coordinates, done), naturals)
    return Prepared(tuple(expand(t, table) for t in trees), (), naturals)


_WORK = frozenset(
    ["derivative", "gradient", "at", "derived", "inverse", "compose", "dot", "transpose", "index"]
)


def _has_work(tree: Expr) -> bool:
    return any(part.head in _WORK for part in walk(tree))


def coordinates_of(assumptions: Assumptions) -> tuple[Coordinate, ...]:
    """One coordinate for each T that some declared scalar with a domain is an invertible function of."""
    found: dict[Expr, Coordinate] = {}
    for known in assumptions.table.symbols.values():
        if known.definition is None or known.parameters or known.kind != "scalar":
            continue
        if not _bounded(known, assumptions):
            continue
        inside, value = coordinate(known, assumptions.table)
        if inside not in found and _is_vector_product(inside) and value is not known.expr:
            found[inside] = Coordinate(known.expr, inside, value)
    return tuple(found.values())


def _bounded(known: Symbol, assumptions: Assumptions) -> bool:
    return known.domain is not None or known.name in assumptions.domains


def _is_vector_product(tree: Expr) -> bool:
    return tree.head == "dot" and any(a.head == "symbol" and a.kind == "vector" for a in tree.args)


def _with_coordinates(
    trees: tuple[Expr, ...], coordinates: tuple[Coordinate, ...], table: SymbolTable
) -> tuple[Expr, ...] | None:
    held = frozenset(c.symbol.value for c in coordinates)
    exchange = {c.inside: c.value for c in coordinates}
    done = tuple(replace(expand(t, table, held), exchange) for t in trees)
    return done


def _used(coordinates: tuple[Coordinate, ...], trees: tuple[Expr, ...]) -> tuple[Coordinate, ...]:
    """The coordinates whose vector still stands somewhere, so that it must be chosen to fit."""
    present = frozenset().union(*(free_symbols(t) for t in trees))
    return tuple(c for c in coordinates if free_vector(c) in present)


def free_vector(item: Coordinate) -> Expr:
    """The abstract vector that is chosen to fit the coordinate."""
    return next(a for a in item.inside.args if a.head == "symbol" and a.kind == "vector")


def mentions(trees: tuple[Expr, ...], part: Expr) -> bool:
    """Whether a part stands in any of the trees."""
    return any(contains(t, part) for t in trees)
