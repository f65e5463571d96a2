"""Trees made ready to be compared: definitions written out, operators carried out, coordinates chosen.

A scalar symbol that is defined as F(T), F invertible, is a coordinate for T: w . phi(x) becomes
ln(p / (1 - p)) when p is sigma(w . phi(x)). Everything is then a function of p, and a counterexample
can be shown at p = 1/3.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from grader.equivalence.assumptions import Assumptions
from grader.equivalence.expectations import spelled_out_expectations
from grader.equivalence.features import features
from grader.equivalence.first_terms import without_empty_terms
from grader.equivalence.spread import family_letters, name_bare_functions, name_members
from grader.expressions.build import E, power
from grader.expressions.calculus_operators import coordinate, expand
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import readings, replace, transform
from grader.expressions.symbols import Symbol


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


@lru_cache(maxsize=1 << 14)
def prepare(trees: tuple[Expr, ...], assumptions: Assumptions) -> Prepared:
    """The trees, ready for the layers; with their ambiguities read in the preferred way."""
    trees = tuple(readings(t, 1)[0] if "choice" in features(t).heads else t for t in trees)
    if any("apply" in features(t).heads for t in trees):
        trees = spelled_out_expectations(trees, assumptions.table)
    trees = name_members(name_bare_functions(trees, assumptions.table), assumptions.table)
    trees = tuple(without_empty_terms(t) for t in trees)
    naturals = family_letters(trees)
    table = assumptions.table
    if not table.symbols and not any(features(t).has_work for t in trees):
        return Prepared(trees, (), naturals)
    coordinates = coordinates_of(assumptions)
    if coordinates:
        done = tuple(_in_coordinates(t, assumptions) for t in trees)
        return Prepared(done, _used(coordinates, done), naturals)
    return Prepared(tuple(_written_out(t, assumptions) for t in trees), (), naturals)


@lru_cache(maxsize=1 << 14)
def _written_out(tree: Expr, assumptions: Assumptions) -> Expr:
    return without_empty_terms(expand(tree, assumptions.table))


@lru_cache(maxsize=256)
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


@lru_cache(maxsize=1 << 14)
def _in_coordinates(tree: Expr, assumptions: Assumptions) -> Expr:
    coordinates = coordinates_of(assumptions)
    held = frozenset(c.symbol.value for c in coordinates)
    exchange = {c.inside: c.value for c in coordinates}
    done = without_empty_terms(replace(expand(tree, assumptions.table, held), exchange))
    logarithms = frozenset(c.value for c in coordinates if c.value.head == "call" and c.value.value == "ln")
    return transform(done, lambda part: _undone_exponential(part, logarithms)) if logarithms else done


def _undone_exponential(part: Expr, logarithms: frozenset[Expr]) -> Expr:
    """exp(n ln a) as a^n, for the logarithms that coordinates brought in (a > 0 on their domain)."""
    if (part.head == "call" and part.value == "exp") or (part.head == "pow" and part.args[0] is E):
        exponent = part.args[-1]
        if exponent in logarithms:
            return exponent.args[0]
        if exponent.head == "mul" and len(exponent.args) == 2 and exponent.args[1] in logarithms:
            n, logarithm = exponent.args
            whole = n.head == "number" and n.value.denominator == 1
            return power(logarithm.args[0], n) if whole else part
    return part


def _used(coordinates: tuple[Coordinate, ...], trees: tuple[Expr, ...]) -> tuple[Coordinate, ...]:
    """The coordinates whose vector still stands somewhere, so that it must be chosen to fit."""
    present = frozenset().union(*(features(t).free for t in trees))
    return tuple(c for c in coordinates if free_vector(c) in present)


def free_vector(item: Coordinate) -> Expr:
    """The abstract vector that is chosen to fit the coordinate."""
    return next(a for a in item.inside.args if a.head == "symbol" and a.kind == "vector")
