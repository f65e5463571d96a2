"""`x = -1: B = 1/2`: with the value that was stated last, what stands before says what B is."""

from __future__ import annotations

from grader.expressions.nodes import Expr
from grader.records import Evidence, StepVerdict
from grader.working.entailment import deep_unknowns, points_on, relevant, unknowns
from grader.working.knowledge import Fact, Knowledge
from grader.working.links import Judgement
from grader.working.sampling import determined, never_holds, told


def against_points(relation: Expr, known: Knowledge) -> Judgement | None:
    """Fails where facts and the latest stated value leave finitely many values, and none of them fits."""
    if not known.points or relation.head != "chain" or relation.value != ("=",):
        return None
    point = known.points[-1]
    if unknowns(relation) & unknowns(point.relation):
        return None
    equations = [f for f in relevant(known.facts, relation, known) if _is_equation(f.relation)]
    basis = tuple(f for f in equations if f.basis)
    for chosen in [basis, *((f,) for f in reversed(equations))]:
        evidence = _never(relation, (*chosen, point), known)
        if evidence is not None:
            lines = tuple(sorted({f.line for f in (*chosen, point) if f.line}))
            return Judgement(StepVerdict.FAILS, evidence, lines)
    return None


def _never(relation: Expr, supposed: tuple[Fact, ...], known: Knowledge) -> Evidence | None:
    """Why a relation is false wherever the premises hold, which leave finitely many values; else None."""
    bare = tuple(known.coordinates(fact.relation) for fact in supposed)
    if not determined(bare, deep_unknowns(relation, known), known.assumptions()):
        return None
    coordinates, places = points_on(supposed, relation, known)
    return told(coordinates, places[0]) if never_holds(coordinates, places) else None


def _is_equation(relation: Expr) -> bool:
    return relation.head == "chain" and set(relation.value) == {"="}
