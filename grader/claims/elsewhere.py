"""What a quantity comes to where a text says, or where nothing is said, at the ends of what it is made of.

"It tends to 1/2": under the conditions of its own clause, else where other sentences go ("let p -> 1"), else
where whatever drives it runs to an end. All norms are taken as 1: they scale both sides alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.claims.directions import infinite
from grader.claims.drafts import Draft
from grader.claims.model import ASSERTED
from grader.claims.plausible import applied, at_condition
from grader.claims.quantities import Lexis, name_of
from grader.claims.shape import expanded
from grader.expressions import build
from grader.expressions.nodes import Expr, node, walk
from grader.expressions.rewrite import free_symbols, replace

_FAR = build.symbol("how far")


def values(draft: Draft, drafts: Sequence[Draft], lexis: Lexis) -> list[Expr]:
    """What the subject of a claim comes to at each place that may be meant; empty where one is not known."""
    value = of_unit_norm(lexis.meaning(draft.subject))
    conditions = draft.condition or _gone_to(draft, drafts, lexis)
    if not conditions:
        return list(_at_ends(value, lexis))
    found: list[Expr] = []
    for condition in conditions:
        here = _under(value, condition, lexis)
        if not here:
            return []
        found += here
    return found


def _gone_to(draft: Draft, drafts: Sequence[Draft], lexis: Lexis) -> list[Draft]:
    """Where the text lets other quantities go, whatever sentence says it."""
    others = (d for d in drafts if d.subject is not draft.subject and lexis.is_named(d.subject))
    return [d for d in others if d.predicate in ("tends", "equals") and d.modality in (*ASSERTED, "purpose")]


def _under(value: Expr, condition: Draft, lexis: Lexis) -> list[Expr]:
    """What a value is under one condition; a vector that grows may drive it to either end."""
    if condition.negated or not lexis.is_named(condition.subject):
        return []
    if infinite(condition.target):
        driver = lexis.meaning(condition.subject)
        return list(_at_ends(value, lexis)) if driver.kind == "vector" else _far(value, condition, lexis)
    there = at_condition(value, condition, lexis)
    return [of_unit_norm(there)] if there is not None and not free_symbols(there) else []


def _far(value: Expr, condition: Draft, lexis: Lexis) -> list[Expr]:
    """The limit of a value as a scalar that stands in it goes to infinity."""
    assert condition.target is not None
    wide, driver = (expanded(t, lexis.table) for t in (value, lexis.meaning(condition.subject)))
    there = of_unit_norm(applied(replace(wide, {driver: _FAR}), lexis.table))
    if free_symbols(there) != {_FAR}:
        return []
    return [node("limit", (there, _FAR, condition.target), "", "scalar")]


def _at_ends(value: Expr, lexis: Lexis) -> Iterator[Expr]:
    """What a value is at the ends of the ranges of the other quantities."""
    for quantity in lexis.quantities:
        for end in lexis.ends(name_of(quantity)):
            there = value if quantity.value is None else replace(value, {quantity.value: end})
            if there is not value and not free_symbols(there):
                yield there


def of_unit_norm(tree: Expr) -> Expr:
    """With every norm set to 1."""
    return replace(tree, {part: build.ONE for part in walk(tree) if part.head == "norm"})


def lowest(lexis: Lexis, value: Expr) -> list[Expr]:
    """What a value comes to at the ends: it gets at least as small as each of these."""
    return list(_at_ends(of_unit_norm(value), lexis))
