"""Limits that are claimed and certainly are not so: "it goes to infinity", "it gets small as p -> 1/2".

What a quantity tends to is worked out under the one condition that the clause itself names. Where the value
does not come out as a number, or the clause names more than one condition, nothing is said.
"""

from __future__ import annotations

from fractions import Fraction

from grader.claims.drafts import Draft
from grader.claims.model import ASSERTED
from grader.claims.plausible import NOT_THERE, at_condition
from grader.claims.quantities import Lexis
from grader.equivalence import enclose
from grader.expressions import build
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, replace

_SOME_CASES = "it is said of some cases only"
_POLYNOMIAL = frozenset(["add", "mul", "pow", "symbol", "number"])
_INFINITE = (build.INFINITY, build.neg(build.INFINITY))


def mark_false_limits(drafts: list[Draft], lexis: Lexis) -> None:
    """Marks where what is asked about is claimed to tend to what it certainly does not tend to."""
    for draft in drafts:
        value = lexis.meaning(draft.subject)
        if draft.subject is not lexis.focus or draft.negated or draft.modality not in ASSERTED:
            continue
        draft.false = _is_false(draft, _of_unit_norm(value), lexis)


def _is_false(draft: Draft, value: Expr, lexis: Lexis) -> bool:
    if draft.predicate == "tends" and draft.target in _INFINITE:
        return not draft.hedge and _is_bounded(value, lexis)
    goal = build.ZERO if draft.predicate == "small" else draft.target
    if draft.predicate not in ("tends", "small") or goal is None or draft.hedge not in _allowed(draft):
        return False
    if len(draft.condition) != 1:
        return False
    (condition,) = draft.condition
    driver = lexis.is_named(condition.subject)
    if not driver or condition.predicate != "tends" or condition.negated or condition.role != "condition":
        return False
    there = at_condition(value, condition, lexis)
    gap = None if there is None else build.sub(there, _of_unit_norm(goal))
    ball = None if gap is None or free_symbols(gap) else enclose(gap, {})
    return ball is not None and not _holds_zero(ball)


def _allowed(draft: Draft) -> tuple[str, ...]:
    return ("", _SOME_CASES) if draft.predicate == "small" else ("", NOT_THERE)


def _is_bounded(value: Expr, lexis: Lexis) -> bool:
    """Whether it is a polynomial in names that range over bounded intervals."""
    for part in walk(value):
        if part.head not in _POLYNOMIAL:
            return False
        if part.head == "pow" and not _is_natural(part.args[1]):
            return False
    return all(_has_bounds(s, lexis) for s in free_symbols(value))


def _is_natural(exponent: Expr) -> bool:
    return exponent.head == "number" and exponent.value >= Fraction(0) and exponent.value.denominator == 1


def _has_bounds(symbol: Expr, lexis: Lexis) -> bool:
    found = lexis.table.symbols.get(str(symbol.value))
    domain = None if found is None else found.domain
    return domain is not None and domain.low is not None and domain.high is not None


def _of_unit_norm(tree: Expr) -> Expr:
    """With every norm set to 1: it scales both sides alike."""
    return replace(tree, {part: build.ONE for part in walk(tree) if part.head == "norm"})


def _holds_zero(ball: object) -> bool:
    contains = getattr(ball, "contains", None)
    return contains is None or bool(contains(0))
