"""Largest and smallest values of an expression on the domain of one variable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from grader.equivalence.assumptions import Assumptions
from grader.equivalence.points import Space
from grader.equivalence.settle import settle
from grader.equivalence.solving import branches
from grader.equivalence.values import normalizer_for
from grader.expressions.build import ZERO, number
from grader.expressions.calculus import differentiate
from grader.expressions.domains import Domain
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import replace


@dataclass(frozen=True, slots=True)
class Extremum:
    """A largest ("max", or "sup" if it is not reached) or smallest ("min", "inf") value, and where."""

    kind: Literal["max", "min", "sup", "inf"]
    at: Expr
    value: Expr
    attained: bool


def extrema(body: Expr, variable: Expr, assumptions: Assumptions) -> tuple[Extremum, ...]:
    """The extreme values of a scalar on the domain of `variable`, other symbols held.

    Empty where the critical points cannot be found. Scalars that stand as common factors of known sign
    (a norm) are allowed; p (1-p)^2 norm(phi(x)) has its maximum at p = 1/3.
    """
    from grader.equivalence.extremes import compare_candidates

    prepared, assumptions = settle((body,), assumptions)
    tree = prepared.trees[0]
    slope = differentiate(tree, variable)
    if slope is None:
        return ()
    space = Space(prepared, assumptions, (variable,))
    roots = _critical(slope, variable, space)
    if roots is None:
        return ()
    domain = space.domains.get(variable, assumptions.domain(variable))
    return compare_candidates(tree, variable, roots, _ends(domain), space)


def _critical(slope: Expr, variable: Expr, space: Space) -> tuple[Expr, ...] | None:
    from grader.equivalence.extremes import factor_branches

    direct = branches(slope, ZERO, variable, normalizer_for(space))
    return direct if direct is not None else factor_branches(slope, variable, space)


def _ends(domain: Domain) -> tuple[tuple[Expr, bool], ...]:
    found = []
    if domain.low is not None:
        found.append((number(domain.low), not domain.open_low))
    if domain.high is not None:
        found.append((number(domain.high), not domain.open_high))
    return tuple(found)


def value_at(tree: Expr, variable: Expr, place: Expr) -> Expr:
    """The tree with the variable exchanged."""
    return replace(tree, {variable: place})
