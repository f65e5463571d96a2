"""Piecewise rules in one variable: a proof on each piece of the line between places where rules change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace as with_fields
from fractions import Fraction
from itertools import pairwise

from grader.equivalence import sentences
from grader.equivalence.holding import holds_at
from grader.equivalence.holes import simplest_between
from grader.equivalence.points import Space
from grader.equivalence.prepare import Prepared
from grader.equivalence.settled import NO_VALUE, value_exactly
from grader.equivalence.turning import turns
from grader.equivalence.zeros import Zero, zeros_of
from grader.expressions.build import number, sub
from grader.expressions.domains import Domain
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import transform
from grader.records import Evidence

Prove = Callable[[Expr, Expr, Space], Evidence | None]
_MAX_CELLS = 16


def equal_in_cells(left: Expr, right: Expr, space: Space, prove: Prove) -> Evidence | None:
    """Evidence if the trees are equal on every piece and at every place between; else None."""
    if len(space.scalars) != 1 or space.vectors or space.matrices or space.calls or space.complexes:
        return None
    variable = space.scalars[0]
    zeros = _changes((left, right), variable)
    if zeros is None:
        return None
    cells = list(_cells(zeros, space.domains[variable]))
    if len(cells) > _MAX_CELLS:
        return None
    for cell in cells:
        if not _equal_on(cell, left, right, variable, space, prove):
            return None
    places = [z.tree for z in zeros if z.tree is not None]
    if not all(_equal_at(place, left, right, variable) for place in places):
        return None
    return sentences.by_cases(len(cells))


def _changes(trees: tuple[Expr, ...], variable: Expr) -> list[Zero] | None:
    """All places where a rule may change, if all are known exactly."""
    found: dict[tuple[Fraction, Fraction], Zero] = {}
    for part in dict.fromkeys(turn.part for tree in trees for turn in turns(tree)):
        zeros = zeros_of(part, variable)
        if not zeros.complete or any(z.tree is None for z in zeros.found):
            return None
        for zero in zeros.found:
            found.setdefault((zero.low, zero.high), zero)
    return [found[key] for key in sorted(found)]


def _cells(zeros: list[Zero], domain: Domain) -> Iterator[Domain]:
    """The open pieces between the places, as domains with rational ends a little outside irrational ones."""
    ends: list[tuple[Fraction | None, Fraction | None]] = [(None, domain.low)]
    ends += [(zero.low, zero.high) for zero in zeros if _lies_inside(zero, domain)]
    ends.append((domain.high, None))
    for (_, low), (high, _) in pairwise(ends):
        yield Domain(low, high, True, True, domain.integer)


def _lies_inside(zero: Zero, domain: Domain) -> bool:
    above = domain.low is None or zero.low > domain.low
    return above and (domain.high is None or zero.high < domain.high)


def _sample(cell: Domain) -> Fraction:
    if cell.low is not None and cell.high is not None:
        return simplest_between(cell.low, cell.high)
    if cell.low is not None:
        return cell.low + 1
    return cell.high - 1 if cell.high is not None else Fraction(0)


def _equal_on(cell: Domain, left: Expr, right: Expr, variable: Expr, space: Space, prove: Prove) -> bool:
    inside = number(_sample(cell))
    trees = tuple(with_rules(tree, variable, inside) for tree in (left, right))
    domains = {**space.assumptions.domains, variable.value: cell}
    narrow = Space(Prepared(trees), with_fields(space.assumptions, domains=domains))
    if trees[0] is trees[1]:
        return True
    return prove(trees[0], trees[1], narrow) is not None


def with_rules(tree: Expr, variable: Expr, inside: Expr) -> Expr:
    """The tree with the rules that hold around a place of the cell."""

    def change(part: Expr) -> Expr:
        if part.head == "cases":
            for value, condition in zip(part.args[::2], part.args[1::2], strict=True):
                if holds_at(condition, {variable: inside}):
                    return value
            return part
        if part.head == "call" and part.value in ("min", "max"):
            return _picked(part, variable, inside)
        if part.head == "call" and part.value in ("abs", "sign"):
            return _signed(part, variable, inside)
        return part

    return transform(tree, change)


def _picked(part: Expr, variable: Expr, inside: Expr) -> Expr:
    from grader.expressions.build import chain

    operator = "<=" if part.value == "min" else ">="
    for one in part.args:
        if all(holds_at(chain((one, other), (operator,)), {variable: inside}) for other in part.args):
            return one
    return part


def _signed(part: Expr, variable: Expr, inside: Expr) -> Expr:
    from grader.expressions.build import ONE, ZERO, chain, neg

    held = part.args[0]
    for operator, value in ((">", held), ("<", neg(held))):
        if holds_at(chain((held, ZERO), (operator,)), {variable: inside}):
            return value if part.value == "abs" else (ONE if operator == ">" else neg(ONE))
    return part


def _equal_at(place: Expr, left: Expr, right: Expr, variable: Expr) -> bool:
    """Equal at one place, or without value on one side (domains are compared elsewhere)."""
    from grader.equivalence.constants import constant_zero
    from grader.expressions.rewrite import replace

    trees = tuple(replace(tree, {variable: place}) for tree in (left, right))
    trees = tuple(with_rules(tree, variable, place) for tree in trees)
    values = [value_exactly(tree) for tree in trees]
    if NO_VALUE in values:
        return True
    return constant_zero(sub(*trees)) is True
