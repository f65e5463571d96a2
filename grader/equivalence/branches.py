"""Premises used up by solving: each equation gives branches x = t, and the conclusion is judged in each."""

from __future__ import annotations

from dataclasses import replace as with_fields
from fractions import Fraction

from grader.equivalence.assumptions import Assumptions, narrowed
from grader.equivalence.conclude import Ways, combine, conclude
from grader.equivalence.points import Space
from grader.equivalence.prepare import Prepared
from grader.equivalence.solving import branches
from grader.equivalence.truths import Link
from grader.equivalence.values import decide_values, normalizer_for
from grader.equivalence.witness import search_witness
from grader.expressions.build import chain, number
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import contains, free_symbols, replace
from grader.records import Equality, Evidence, Verdict

_UNKNOWN = Verdict(Equality.UNKNOWN)
_MAX_DEPTH = 5


def follow_branches(
    equations: tuple[Link, ...], wanted: Ways, assumptions: Assumptions, depth: int = 0
) -> Verdict:
    """Whether the wanted statement holds in every branch that is possible."""
    if not equations:
        return conclude(wanted, assumptions)
    if depth > _MAX_DEPTH:
        return _UNKNOWN
    for used in equations:
        rest = tuple(link for link in equations if link is not used)
        for unknown in _unknowns(used, wanted):
            found = _solved(used, unknown, assumptions)
            if found is not None:
                return _in_branches(used, unknown, found, rest, wanted, assumptions, depth)
    exchanged = _exchange(equations, wanted, assumptions, depth)
    if exchanged is not None:
        return exchanged
    return search_witness(equations, wanted, assumptions)


def _unknowns(link: Link, wanted: Ways) -> list[Expr]:
    """The scalar symbols of an equation, those of the conclusion first."""
    sides = free_symbols(link.left) | free_symbols(link.right)
    goal = frozenset().union(
        *(free_symbols(side) for way in wanted for w in way for side in (w.left, w.right))
    )
    alone = {link.left, link.right}
    scalars = [s for s in sides if s.kind in ("scalar", "integer") or s in alone]
    return sorted(scalars, key=lambda s: (s not in goal, s not in alone, str(s.value)))


def _solved(link: Link, unknown: Expr, assumptions: Assumptions) -> tuple[Expr, ...] | None:
    space = Space(Prepared((link.left, link.right)), assumptions)
    return branches(link.left, link.right, unknown, normalizer_for(space))


def _in_branches(
    used: Link,
    unknown: Expr,
    values: tuple[Expr, ...],
    rest: tuple[Link, ...],
    wanted: Ways,
    assumptions: Assumptions,
    depth: int,
) -> Verdict:
    verdicts = []
    for value in dict.fromkeys(values):
        if unknown in free_symbols(value):
            return _UNKNOWN
        verdict = _branch(used, unknown, value, rest, wanted, assumptions, depth)
        if verdict is not None:
            verdicts.append(verdict)
    return combine(verdicts)


def _branch(
    used: Link,
    unknown: Expr,
    value: Expr,
    rest: tuple[Link, ...],
    wanted: Ways,
    assumptions: Assumptions,
    depth: int,
) -> Verdict | None:
    """The verdict with unknown = value; None if that is impossible."""
    table = {unknown: value}
    conditions = tuple(replace(c, table) for c in assumptions.conditions)
    inside = narrowed(
        with_fields(assumptions, conditions=(*conditions, *_domain_conditions(unknown, value, assumptions)))
    )
    possible = _possible(used, table, inside)
    if possible is False:
        return None
    equations = tuple(_exchanged(link, table) for link in rest)
    goal = tuple(tuple(_exchanged(link, table) for link in way) for way in wanted)
    verdict = follow_branches(equations, goal, inside, depth + 1)
    if verdict.verdict is Equality.DIFFERENT:
        return _with_value(verdict, unknown, value) if possible else _UNKNOWN
    return verdict


def _domain_conditions(unknown: Expr, value: Expr, assumptions: Assumptions) -> tuple[Expr, ...]:
    domain = assumptions.domain(unknown)
    found = []
    if domain.low is not None:
        found.append(chain((value, number(domain.low)), (">" if domain.open_low else ">=",)))
    if domain.high is not None:
        found.append(chain((value, number(domain.high)), ("<" if domain.open_high else "<=",)))
    return tuple(found)


def _possible(used: Link, table: dict[Expr, Expr], inside: Assumptions) -> bool | None:
    """Whether the equation itself and the conditions hold there; None where that is open."""
    left, right = replace(used.left, table), replace(used.right, table)
    for condition in inside.conditions:
        if condition.head == "chain" and not free_symbols(condition):
            way = (tuple(Link(condition.value[0], *condition.args) for _ in (0,)),)
            found = conclude(way, with_fields(inside, conditions=()))
            if found.verdict is Equality.DIFFERENT:
                return False
    verdict = decide_values(left, right, inside)
    if verdict.verdict is Equality.DIFFERENT:
        varies = free_symbols(left) | free_symbols(right)
        return None if varies else False
    return True if verdict.verdict is Equality.EQUAL else None


def _exchanged(link: Link, table: dict[Expr, Expr]) -> Link:
    return Link(link.operator, replace(link.left, table), replace(link.right, table))


def _with_value(verdict: Verdict, unknown: Expr, value: Expr) -> Verdict:
    """The counterexample with the value of the unknown named."""
    evidence = verdict.evidence
    if evidence is None:
        return verdict
    data = dict(evidence.data)
    point = dict(data.get("point", {}))
    text = _shown(value, point)
    if text is not None:
        point = {str(unknown.value): text, **point}
    data["point"] = point
    place = ", ".join(f"{k} = {v}" for k, v in point.items())
    sides = f"here the left side is {data.get('left')} and the right side is {data.get('right')}"
    shown = data.get("left") is not None and data.get("right") is not None
    sentence = f"With {place} what stands before holds, but {sides if shown else 'this does not'}."
    return Verdict(verdict.verdict, Evidence(evidence.kind, sentence, data))


def _shown(value: Expr, point: dict[str, str]) -> str | None:
    from grader.equivalence.ball import enclose
    from grader.equivalence.sentences import exact_text

    places: dict[Expr, Fraction] = {}
    for s in free_symbols(value):
        text = point.get(str(s.value))
        try:
            places[s] = Fraction(text) if text is not None else Fraction(0)
        except ValueError:
            return None
    found = enclose(value, places)
    return None if found is None else exact_text(found)


def _exchange(
    equations: tuple[Link, ...], wanted: Ways, assumptions: Assumptions, depth: int
) -> Verdict | None:
    """T = t read from left to right where T stands in the conclusion (or from right to left)."""
    trees = [side for way in wanted for link in way for side in (link.left, link.right)]
    for used in equations:
        rest = tuple(link for link in equations if link is not used)
        for old, new in ((used.left, used.right), (used.right, used.left)):
            if old.args and any(contains(t, old) for t in trees):
                goal = tuple(tuple(_exchanged(link, {old: new}) for link in way) for way in wanted)
                verdict = follow_branches(rest, goal, assumptions, depth + 1)
                if verdict.verdict is Equality.EQUAL:
                    return verdict
    return None
