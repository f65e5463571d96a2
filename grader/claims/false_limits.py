"""Limits and bounds that are claimed and certainly are not so: "it gets small as p -> 1/2", "at least 1/4".

What a quantity tends to is worked out where the claim is made (`elsewhere`). Where that is not known, or a
value does not come out as a number, nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from grader.claims.drafts import SIDE, Draft
from grader.claims.elsewhere import lowest, of_unit_norm, values
from grader.claims.model import ASSERTED
from grader.claims.plausible import NOT_THERE
from grader.claims.quantities import Lexis
from grader.equivalence import Assumptions, decide, enclose
from grader.expressions import build
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols
from grader.records import Equality

_SOME_CASES = "it is said of some cases only"
_POLYNOMIAL = frozenset(["add", "mul", "pow", "symbol", "number"])
_INFINITE = (build.INFINITY, build.neg(build.INFINITY))
_LIMITS = ("tends", "small", "smallest")
_FROM_BELOW = (("at-least", False), ("greater", False), ("less", True), ("at-most", True))


def mark_false_limits(drafts: list[Draft], lexis: Lexis) -> None:
    """Marks where what is asked about is claimed to tend to what it certainly does not tend to."""
    for draft in drafts:
        if draft.subject is not lexis.focus or draft.modality not in ASSERTED:
            continue
        if draft.lowest or (draft.predicate, draft.negated) in _FROM_BELOW:
            draft.false = _is_no_bound(draft, lexis)
        elif draft.predicate in _LIMITS and not draft.negated and draft.hedge in _allowed(draft):
            draft.false = _is_false(draft, drafts, lexis)


def _is_false(draft: Draft, drafts: Sequence[Draft], lexis: Lexis) -> bool:
    value = lexis.meaning(draft.subject)
    if draft.predicate == "tends" and draft.target in _INFINITE:
        return not draft.hedge and _is_bounded(of_unit_norm(value), lexis)
    goal = build.ZERO if draft.predicate == "small" else draft.target
    if not _says_where(draft, goal):
        return False
    places = values(draft, drafts, lexis)
    if draft.predicate == "smallest":
        return bool(places) and all(_is_above(there, lowest(lexis, value)) for there in places)
    return bool(places) and goal is not None and all(_is_apart(t, _size(goal)) for t in places)


def _size(goal: Expr) -> Expr:
    """A goal with every norm set to 1; of a vector, `-2 phi(x)`, how long it is."""
    if goal.kind != "vector":
        return of_unit_norm(goal)
    factors = goal.args if goal.head == "mul" else (goal,)
    return build.call("abs", build.mul(build.ONE, *(f for f in factors if f.kind != "vector")))


def _is_no_bound(draft: Draft, lexis: Lexis) -> bool:
    """Whether it is said to stay above, or to be smallest at, what it gets below."""
    if draft.hedge or draft.target is None or (draft.condition and not draft.lowest):
        return False
    if draft.lowest and draft.negated:
        return False
    return _is_above(of_unit_norm(draft.target), lowest(lexis, lexis.meaning(draft.subject)))


def _says_where(draft: Draft, goal: Expr | None) -> bool:
    """Whether its conditions say where it is claimed; a limit other than 0 needs none."""
    if not draft.condition:
        return draft.predicate == "tends" and goal is not build.ZERO
    reached = ("tends", "equals") if draft.predicate == "smallest" else ("tends",)
    return all(c.predicate in reached and c.role in SIDE for c in draft.condition)


def _is_apart(value: Expr, goal: Expr) -> bool:
    """Whether a value certainly is another number."""
    gap = build.sub(value, goal)
    if free_symbols(gap):
        return False
    return decide(value, goal, Assumptions()).verdict is Equality.DIFFERENT


def _is_above(value: Expr, others: Sequence[Expr]) -> bool:
    """Whether a value certainly is greater than one of others."""
    gaps = (build.sub(value, other) for other in others if value.head != "limit")
    balls = (enclose(gap, {}) for gap in gaps if not free_symbols(gap))
    return any(ball is not None and bool(ball.real > 0) for ball in balls)


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
