"""Which mutants have the value of what was written: all slips at all nodes, sampled in one go a node."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from grader.diagnosis.mutants import Named, Slipped, Spot, rebuilt, spots
from grader.diagnosis.samples import Sampler, Unfit, Value, agree
from grader.expressions.nodes import Expr, TooLarge
from grader.expressions.rewrite import replace

MAX_MUTANTS = 900
Fits = Callable[[Value, Value], Any]


@dataclass(frozen=True, slots=True)
class Hit:
    """A slip whose result agrees with the target at all points: the rule, the node, what became of it."""

    rule: Named
    node: Expr
    slip: Expr
    tree: Expr
    source: Expr


def quiet() -> AbstractContextManager[None]:
    """Without warnings for samples outside the domain of a function."""
    return np.errstate(all="ignore")


def hits(
    sampler: Sampler,
    source: Expr,
    target: Value,
    slips: Callable[[Expr], tuple[Slipped, ...]],
    fits: Fits = agree,
) -> Iterator[Hit]:
    """The slips in a tree after which it has the target's value (or what else `fits` asks for).

    A node that stands at several places is slipped at one of them, and at all of them.
    """
    places = spots(source)
    count = 0
    several = _several(places)
    for place, spot in enumerate(places):
        made = slips(spot.node)
        count += len(made)
        if count > MAX_MUTANTS:
            return
        for group, batch in _sampled(sampler, made):
            mask = _lifted(sampler, places, place, batch, target, fits)
            yield from _found(mask, group, partial(rebuilt, places, place), spot.node, source)
            if several.get(spot.node) == place and spot.node.args:
                mask = _everywhere(sampler, source, spot.node, batch, target, fits)
                exchange = partial(_exchange, source, spot.node)
                yield from _found(mask, group, exchange, spot.node, source)


def _exchange(source: Expr, old: Expr, new: Expr) -> Expr:
    return replace(source, {old: new})


def _several(places: Sequence[Spot]) -> dict[Expr, int]:
    """The nodes that occur more than once, with the place of the first."""
    first: dict[Expr, int] = {}
    again: dict[Expr, int] = {}
    for k, spot in enumerate(places):
        if spot.node in first:
            again[spot.node] = first[spot.node]
        else:
            first[spot.node] = k
    return again


def _sampled(sampler: Sampler, made: Sequence[Slipped]) -> Iterator[tuple[list[Slipped], Value]]:
    """The slips that have samples, by the shape of their values."""
    groups: dict[tuple[int, ...], list[tuple[Slipped, Value]]] = {}
    for slipped in made:
        value = sampler.value(slipped[1])
        if value is not None:
            groups.setdefault((value.rank, *value.data.shape), []).append((slipped, value))
    for members in groups.values():
        stacked = np.stack([value.data for _, value in members])
        yield [slipped for slipped, _ in members], Value(members[0][1].rank, stacked)


def _lifted(
    sampler: Sampler, places: Sequence[Spot], place: int, batch: Value, target: Value, fits: Fits
) -> list[int]:
    """The members of a batch at one place for which the whole has the target's value."""
    try:
        while places[place].parent >= 0:
            spot = places[place]
            batch = sampler.above(places[spot.parent].node, spot.index, batch)
            place = spot.parent
        return [int(k) for k in np.flatnonzero(fits(batch, target))]
    except (Unfit, ValueError):
        return []


def _everywhere(
    sampler: Sampler, source: Expr, node: Expr, batch: Value, target: Value, fits: Fits
) -> list[int]:
    """The same when the node is exchanged wherever it stands."""
    try:
        whole = sampler.exchanged(source, node, batch)
        return [int(k) for k in np.flatnonzero(fits(whole, target))]
    except (Unfit, ValueError):
        return []


def _found(
    mask: Sequence[int], group: Sequence[Slipped], build: Callable[[Expr], Expr], node: Expr, source: Expr
) -> Iterator[Hit]:
    for k in mask:
        rule, new = group[k]
        try:
            yield Hit(rule, node, new, build(new), source)
        except TooLarge:
            continue
