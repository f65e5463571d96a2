"""Trees and side conditions made ready together; a condition `s = value` is put in at once."""

from __future__ import annotations

from dataclasses import replace as with_fields

from grader.equivalence.assumptions import Assumptions, narrowed
from grader.equivalence.features import features
from grader.equivalence.normal import Normalizer
from grader.equivalence.prepare import Coordinate, Prepared, prepare
from grader.equivalence.solving import branches
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import replace


def settle(trees: tuple[Expr, ...], assumptions: Assumptions) -> tuple[Prepared, Assumptions]:
    """Prepared trees, and assumptions whose conditions are prepared alike and hold no equation s = value."""
    if not assumptions.conditions:
        return prepare(trees, assumptions), assumptions
    assumptions = narrowed(assumptions)
    prepared = prepare((*trees, *assumptions.conditions), assumptions)
    conditions = list(prepared.trees[len(trees) :])
    done = prepared.trees[: len(trees)]
    coordinates = prepared.coordinates
    for _ in range(len(conditions)):
        found = _known_value(conditions, assumptions)
        if found is None:
            break
        used, table = found
        done = tuple(replace(t, table) for t in done)
        conditions = [replace(c, table) for c in conditions if c is not used]
        coordinates = tuple(_with_value(c, table) for c in coordinates)
    kept = _bearing([c for c in conditions if not _is_trivial(c)], done)
    ready = Prepared(done, coordinates, prepared.naturals)
    return ready, with_fields(assumptions, conditions=kept)


def _bearing(conditions: list[Expr], trees: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """The conditions that bear on the trees: those on their letters, and on letters tied to these.

    `p != 1` says nothing of two numbers, nor of two multiples of a length.
    """
    reached = {s for t in trees for s in features(t).free}
    for _ in conditions:
        reached |= {s for c in conditions if reached & features(c).free for s in features(c).free}
    return tuple(c for c in conditions if not features(c).free or reached & features(c).free)


def _known_value(conditions: list[Expr], assumptions: Assumptions) -> tuple[Expr, dict[Expr, Expr]] | None:
    """An equation among the conditions, and the value that it gives a symbol."""
    for condition in conditions:
        if condition.head != "chain" or condition.value != ("=",):
            continue
        for symbol, value in (condition.args, condition.args[::-1]):
            if symbol.head == "symbol" and symbol not in features(value).free:
                return condition, {symbol: value}
        solved = _solved(condition, assumptions)
        if solved:
            return condition, solved
    return None


def _solved(condition: Expr, assumptions: Assumptions) -> dict[Expr, Expr]:
    """An equation that says what one symbol is, when it is solved."""
    for symbol in sorted(features(condition).free, key=lambda s: str(s.value)):
        if symbol.kind == "scalar":
            found = branches(condition.args[0], condition.args[1], symbol, Normalizer(assumptions.domain))
            if found is not None and len(set(found)) == 1:
                return {symbol: found[0]}
    return {}


def _is_trivial(condition: Expr) -> bool:
    return condition.head == "chain" and condition.value == ("=",) and condition.args[0] is condition.args[1]


def _with_value(item: Coordinate, table: dict[Expr, Expr]) -> Coordinate:
    return Coordinate(item.symbol, replace(item.inside, table), replace(item.value, table))
