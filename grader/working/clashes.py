"""Suppositions that exclude each other: cases and places that a text takes one after another.

From both together anything follows, so nothing may be drawn from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from grader.equivalence.holding import holds_at
from grader.expressions.build import ZERO, chain, div, neg, sub
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, replace
from grader.working.knowledge import Fact, Knowledge

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}


@dataclass(frozen=True, slots=True)
class _Bound:
    """`name operator value`, the value a constant; the name may be an expression: `x^2 - 4 >= 0`."""

    name: Expr
    operator: str
    value: Expr

    @property
    def relation(self) -> Expr:
        return chain((self.name, self.value), (self.operator,))


def without_lapsed(known: Knowledge, new: Expr) -> Knowledge:
    """What is known once another case is supposed: after `x < 1`, `x > 1` takes its place; so for values.

    What was supposed in the case before, and inequalities that were shown in it, go with it.
    """
    bounds = _bounds(new)
    lapsed = [f for f in known.facts if f.basis and _is_another_case(_bounds(f.relation), bounds)]
    if not lapsed:
        return known
    names, since = {s for b in bounds for s in free_symbols(b.name)}, known.facts.index(lapsed[0])
    later = [f for f in known.facts[since:] if f.line >= lapsed[0].line]
    inside = [f for f in later if f not in lapsed and _is_of_the_case(f, names)]
    return known.with_facts(f for f in known.facts if f not in lapsed and f not in inside)


def _is_of_the_case(fact: Fact, names: set[Expr]) -> bool:
    """What was supposed of the name alone in the case before, and the inequalities that were shown in it."""
    found = {s for s in free_symbols(fact.relation) if s.kind != "function"}
    return found == names if fact.basis else bool(found & names) and not _is_equation(fact.relation)


def _is_equation(relation: Expr) -> bool:
    return relation.head != "chain" or "=" in relation.value


def _is_another_case(old: Sequence[_Bound], new: Sequence[_Bound]) -> bool:
    """Whether both are values, or both are bounds, and exclude each other."""
    return any((a.operator == "=") == (b.operator == "=") and _excludes(a, b) for a in old for b in new)


def clash(facts: Sequence[Fact]) -> bool:
    """Whether two of the facts exclude each other."""
    bounds = [b for f in facts for b in _bounds(f.relation)]
    return any(_excludes(one, other) for one, other in combinations(bounds, 2))


def never_positive(facts: Iterable[Fact]) -> bool:
    """Whether one of the facts says of a name that it is not positive."""
    bounds = (b for f in facts for b in _bounds(f.relation) if b.name.head == "symbol")
    return any(_excludes(b, _Bound(b.name, ">", ZERO)) for b in bounds)


def _bounds(relation: Expr) -> tuple[_Bound, ...]:
    """What a relation says of single names: `-1 < x < 1` says two things."""
    if relation.head != "chain":
        return ()
    links = zip(relation.args, relation.value, relation.args[1:], strict=False)
    return tuple(b for b in (_bound(*link) for link in links) if b is not None)


def _bound(left: Expr, operator: str, right: Expr) -> _Bound | None:
    if operator not in _TURNED:
        return None
    for name, value, turned in ((left, right, operator), (right, left, _TURNED[operator])):
        if name.head == "symbol" and name.kind == "scalar" and not free_symbols(value):
            return _Bound(name, turned, value)
    return None if operator == "=" else _solved_bound(left, operator, right)


def _solved_bound(left: Expr, operator: str, right: Expr) -> _Bound | None:
    """`3x - 5 < 0` as a bound of x; where it is not linear, as one of what stands on its left."""
    gap = sub(left, right)
    names = free_symbols(gap)
    if len(names) != 1 or any(s.kind != "scalar" for s in names):
        return None
    (name,) = names
    slope = differentiate(gap, name)
    if slope is None or free_symbols(slope):
        return None if free_symbols(right) else _Bound(left, operator, right)
    falls = holds_at(chain((slope, ZERO), ("<",)), {})
    if falls is None or holds_at(chain((slope, ZERO), ("=",)), {}) is not False:
        return None
    value = div(neg(replace(gap, {name: ZERO})), slope)
    return _Bound(name, _TURNED[operator] if falls else operator, value)


def _excludes(one: _Bound, other: _Bound) -> bool:
    if one.name is not other.name:
        return False
    if "=" in (one.operator, other.operator):
        value, tried = (one, other) if one.operator == "=" else (other, one)
        return holds_at(chain((value.value, tried.value), (tried.operator,)), {}) is False
    upper = [b for b in (one, other) if b.operator in ("<", "<=")]
    if len(upper) != 1:
        return False
    lower = other if upper[0] is one else one
    strict = "<" if (upper[0].operator, lower.operator) == ("<=", ">=") else "<="
    return holds_at(chain((upper[0].value, lower.value), (strict,)), {}) is True
