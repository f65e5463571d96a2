"""Definite integrals: an antiderivative that is checked, on an interval where it is continuous.

An antiderivative F is accepted if F' is the integrand by our own ladder; then the fundamental theorem
gives the value, with limits at ends that are infinite or where F has no value. Integrands with cases or
absolute values are cut where their rule changes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace as with_fields
from fractions import Fraction
from itertools import pairwise

from grader.equivalence.antiderivatives import antiderivative
from grader.equivalence.asking import Ask, ask, bounds_of
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.cells import with_rules
from grader.equivalence.constants import constant_sign, constant_value
from grader.equivalence.continuity import continuous
from grader.equivalence.gaussians import gaussian
from grader.equivalence.infinite import total
from grader.equivalence.limits import limit_of
from grader.equivalence.membership import is_infinite
from grader.equivalence.prepare import Prepared
from grader.equivalence.settled import NO_VALUE, value_exactly
from grader.equivalence.turning import turns
from grader.equivalence.zeros import zeros_of
from grader.expressions.build import ZERO, mul, neg, number, sub
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr, node, walk
from grader.expressions.rewrite import free_symbols, replace
from grader.records import Equality, Verdict

Climb = Callable[[Prepared, Assumptions], Verdict]
_MAX_SIZE = 120
_MAX_PIECES = 12
_RULES = frozenset(["abs", "sign", "min", "max"])


def definite(tree: Expr, assumptions: Assumptions, climb: Climb, asking: Ask = ask) -> Expr | None:
    """The value of an integral between ends; None where it cannot be found or checked. Raises `Stopped`."""
    body, x, low, high = tree.args
    if tree.size > _MAX_SIZE or x.head != "symbol":
        return None
    if low is high:
        return ZERO
    if x not in free_symbols(body) and not is_infinite(low) and not is_infinite(high):
        return mul(body, sub(high, low))
    if _has_rules(body):
        return _in_pieces(tree, assumptions, climb, asking)
    exact = gaussian(tree, assumptions)
    if exact is not None:
        return exact
    found = antiderivative(body, x, asking)
    if found is not None and _checked(found, body, x, low, high, assumptions, climb):
        value = _between(found, x, low, high, assumptions, asking)
        if value is not None:
            return value
    if is_infinite(low) or is_infinite(high):
        return _asked(tree, assumptions, asking)
    return None


def _checked(
    found: Expr, body: Expr, x: Expr, low: Expr, high: Expr, assumptions: Assumptions, climb: Climb
) -> bool:
    slope = differentiate(found, x)
    if slope is None or not continuous(found, body, x, low, high, assumptions):
        return False
    inside = with_fields(assumptions, ignore_domain=True)  # F' may have no value at the ends
    return climb(Prepared((slope, body)), inside).verdict is Equality.EQUAL


def _between(
    found: Expr, x: Expr, low: Expr, high: Expr, assumptions: Assumptions, asking: Ask
) -> Expr | None:
    top = _end_value(found, x, high, "-", assumptions, asking)
    bottom = _end_value(found, x, low, "+", assumptions, asking)
    return None if top is None or bottom is None else total([top, neg(bottom)])


def _end_value(
    found: Expr, x: Expr, end: Expr, way: str, assumptions: Assumptions, asking: Ask
) -> Expr | None:
    if is_infinite(end):
        return limit_of(node("limit", (found, x, end), ""), assumptions, asking)
    there = replace(found, {x: end})
    if not free_symbols(there) and value_exactly(there) in (NO_VALUE, None):
        return limit_of(node("limit", (found, x, end), way), assumptions, asking)
    return there


def _asked(tree: Expr, assumptions: Assumptions, asking: Ask) -> Expr | None:
    """SymPy's value of an improper integral (checked in the helper by another way of reckoning)."""
    free = [s for s in free_symbols(tree) if s.kind in ("scalar", "integer")]
    return asking("definite", tree.args, "", bounds_of({s: assumptions.domain(s) for s in free}))


def _has_rules(body: Expr) -> bool:
    return any(p.head == "cases" or (p.head == "call" and p.value in _RULES) for p in walk(body))


def _in_pieces(tree: Expr, assumptions: Assumptions, climb: Climb, asking: Ask) -> Expr | None:
    """The integral cut where the rule of the integrand changes; for integrands and ends without symbols."""
    body, x, low, high = tree.args
    if free_symbols(tree):
        return None
    cuts = _cuts(body, x, low, high)
    if cuts is None or len(cuts) > _MAX_PIECES:
        return None
    parts = []
    for a, b in pairwise([low, *cuts, high]):
        inside = _inside(a, b)
        ruled = with_rules(body, x, number(inside)) if inside is not None else body
        if _has_rules(ruled):
            return None
        part = definite(node("integral", (ruled, x, a, b), None, tree.kind), assumptions, climb, asking)
        if part is None:
            return None
        parts.append(part)
    return total(parts)


def _cuts(body: Expr, x: Expr, low: Expr, high: Expr) -> list[Expr] | None:
    """The exact places between the ends, in order; None if others may exist, or the ends are turned round."""
    if not is_infinite(low) and not is_infinite(high) and constant_sign(sub(high, low)) != 1:
        return None
    found: dict[Fraction, Expr] = {}
    for part in {turn.part: None for turn in turns(body) if turn.how == "turn"}:
        zeros = zeros_of(part, x)
        for zero in zeros.found:
            if zero.tree is None:
                return None
            if _lies_between(zero.tree, low, high):
                found[zero.low] = zero.tree
        if not zeros.complete:
            return None
    return [found[key] for key in sorted(found)]


def _lies_between(place: Expr, low: Expr, high: Expr) -> bool:
    above = is_infinite(low) or constant_sign(sub(place, low)) == 1
    return above and (is_infinite(high) or constant_sign(sub(high, place)) == 1)


def _inside(low: Expr, high: Expr) -> Fraction | None:
    """A rational between two ends."""
    values = [None if is_infinite(end) else constant_value(end) for end in (low, high)]
    known = [None if v is None else Fraction(str(float(v))) for v in values]
    a, b = known
    if (a is None and not is_infinite(low)) or (b is None and not is_infinite(high)):
        return None
    if a is not None and b is not None:
        return (a + b) / 2
    return a + 1 if a is not None else (b - 1 if b is not None else Fraction(0))
