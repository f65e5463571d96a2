"""`f'(x) = 1 - 144/x^2, so x^2 = 144`: that the slope is set to 0 goes without saying, or words say it."""

from __future__ import annotations

from collections.abc import Iterator

from grader.expressions.build import ZERO, chain
from grader.expressions.nodes import Expr
from grader.records import Equality, Place, StepVerdict
from grader.working.clashes import clash
from grader.working.entailment import deep_unknowns, entails, points_on, unknowns
from grader.working.knowledge import Fact, Knowledge
from grader.working.links import Judgement
from grader.working.sampling import refuted_at


def where_stationary(relation: Expr, known: Knowledge, place: Place) -> Judgement | None:
    """Given where it follows from the slopes that were worked out being 0, with what is known beside."""
    wanted = deep_unknowns(relation, known)
    if not known.told.purpose.optimises or not wanted:
        return None
    letters = sorted(wanted, key=lambda s: str(s.value)) if known.told.purpose.measures else ()
    positive = known.with_positive(letters)
    for facts in _settings(known, place):
        if not wanted & frozenset().union(*(deep_unknowns(f.relation, known) for f in facts)):
            continue
        for what in (known, positive):
            if _follows(relation, facts, what):
                return Judgement(StepVerdict.GIVEN, fact=relation)
    return None


def _settings(known: Knowledge, place: Place) -> Iterator[tuple[Fact, ...]]:
    """The latest slope as 0, all of them, and these beside what was supposed."""
    zeros = tuple(Fact(chain((slope, ZERO), ("=",)), place) for slope in known.slopes if unknowns(slope))
    if not zeros:
        return
    basis = tuple(f for f in known.facts if f.basis)
    sides = tuple(f for f in known.facts if f.side)
    yield from dict.fromkeys((zeros[-1:], (*sides, *zeros[-1:]), zeros, (*basis, *zeros)))


def _follows(relation: Expr, facts: tuple[Fact, ...], known: Knowledge) -> bool:
    coordinates, places = points_on(facts, relation, known)
    if clash(facts) or refuted_at(coordinates, places) is not None:
        return False
    return entails([f.relation for f in facts], relation, known).verdict is Equality.EQUAL
