"""Values put in for names of which the answer says nothing: they stand in the question, perhaps."""

from __future__ import annotations

from grader.expressions.build import ONE, add
from grader.expressions.rewrite import replace
from grader.records import Equality
from grader.working.entailment import unknowns
from grader.working.links import Trial


def numbers_put_in(trial: Trial) -> bool:
    """Whether a chain goes on from an expression in free names to a number: right for some values."""
    link, known = trial.link, trial.known
    left = known.coordinates(link.left)
    free = unknowns(left)
    if not free or unknowns(known.coordinates(link.right)) or (link.first and not link.continuing):
        return False
    facts = [f for f in (*known.facts, *known.points) if f.place != link.place]
    told = frozenset().union(*(unknowns(fact.relation) for fact in facts))
    if free & told or known.target.references:
        return False
    moved = {s: add(s, ONE) for s in free if s.kind in ("scalar", "integer")}
    return not moved or trial.compare(left, replace(left, moved)).verdict is not Equality.EQUAL
