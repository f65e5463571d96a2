"""Equations whose solutions are taken one after another, in lines of their own: `x = 2`, later `x = -3`.

Each line by itself would lose the other solutions.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.expressions.build import chain
from grader.expressions.nodes import Expr, node
from grader.places import place_text
from grader.records import Equality, StepVerdict
from grader.working.entailment import entails, is_ordered, unknowns
from grader.working.knowledge import Knowledge
from grader.working.records import Statement, Step, Working


def split_places(found: Working) -> frozenset[str]:
    """The places of equations from which several lines follow as cases that together lose nothing."""
    failed = [step for step in found.steps if step.verdict is StepVerdict.FAILS]
    places = {place for step in failed if (place := _lost_from(step)) is not None}
    split = frozenset(place for place in places if _is_split(found, place))
    return split | frozenset(place for place in _bounded_from(failed) if _is_bounded(found, place))


def _bounded_from(failed: Sequence[Step]) -> frozenset[str]:
    """The places of inequalities of which steps give one bound each."""
    said = (s.evidence.data.get("one_side_of") for s in failed if s.evidence is not None)
    return frozenset(place for place in said if isinstance(place, str))


def _is_bounded(found: Working, place: str) -> bool:
    """Whether the bounds that stand behind an inequality come to it together."""
    before = next(s.relation for s in found.steps if place_text(s.place) == place and s.relation is not None)
    names = unknowns(before)
    later = [s.relation for s in found.steps if s.relation is not None and unknowns(s.relation) == names]
    bounds = [r for r in later if r.head == "chain" and is_ordered(r) and r.args[0] in names]
    return len(bounds) > 1 and entails(bounds, before, found.known.with_facts(())).verdict is Equality.EQUAL


def _lost_from(step: Step) -> str | None:
    """The place of the equation of which a step loses solutions, or takes one that is called one of them."""
    if step.evidence is None:
        return None
    place = step.evidence.data.get("lost_from")
    return place if isinstance(place, str) else None


def _is_split(found: Working, place: str) -> bool:
    """Whether one of the cases holds wherever the equation at the place does, within its unknown's bounds."""
    stated = [k for k, s in enumerate(found.steps) if place_text(s.place) == place and s.relation is not None]
    equation = found.steps[stated[-1]].relation if stated else None
    if equation is None:
        return False
    after = found.steps[stated[-1]].line
    rejected = [
        chain(s.members, ("=",))
        for s in found.statements
        if _is_rejected_value(s) and s.line.place.line > after
    ]
    taken = _cases(found.steps[stated[-1] + 1 :], place, equation, found.known)
    cases = dict.fromkeys([*taken, *(rejected if taken else ())])
    whole = node("or", tuple(cases), None, "truth")
    if len(cases) < 2:
        return False
    names = unknowns(equation)
    bounds = [c for c in found.known.conditions if unknowns(c) == names]
    return any(
        entails(premises, whole, found.known).verdict is Equality.EQUAL
        for premises in ([equation], [*bounds, equation])
    )


def _is_rejected_value(statement: Statement) -> bool:
    """`x = -2`, thrown out by words."""
    return statement.rejected and not statement.steps and len(statement.members) == 2


def _cases(steps: Sequence[Step], place: str, equation: Expr, known: Knowledge) -> list[Expr]:
    """What loses solutions of the equation, and what is solved anew after it and solves it as well."""
    cases = []
    for step in steps:
        relation = step.relation
        if relation is None:
            continue
        anew = step.verdict is StepVerdict.GIVEN and relation.head == "chain" and relation.value == ("=",)
        solves = anew and relation.args[0].head != "symbol" and _follows(relation, equation, known)
        if _lost_from(step) == place or solves:
            cases.append(relation)
    return cases


def _follows(premise: Expr, conclusion: Expr, known: Knowledge) -> bool:
    return entails([premise], conclusion, known).verdict is Equality.EQUAL
