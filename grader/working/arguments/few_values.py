"""What stands before leaves few values, and none fits: `R^2 = 25`, so `R = 25`; `x = -1: B = 1/2`."""

from __future__ import annotations

from collections.abc import Sequence

from grader.expressions.nodes import Expr
from grader.records import Evidence, StepVerdict
from grader.working.entailment import deep_unknowns, points_on, relevant, unknowns
from grader.working.knowledge import Fact, Knowledge
from grader.working.links import Judgement, is_operator
from grader.working.sampling import determined, never_holds, told


def against_its_own(relation: Expr, known: Knowledge) -> Judgement | None:
    """Fails where what is known of its one unknown leaves finitely many values, and none of them fits."""
    here = deep_unknowns(relation, known)
    if len(here) != 1 or not _is_equation(relation) or any(is_operator(side) for side in relation.args):
        return None
    alone = tuple(f for f in known.facts if f.basis and deep_unknowns(f.relation, known) == here)
    equations = tuple(f for f in alone if _is_equation(f.relation))
    if not determined(_bare(equations, known), here, known.assumptions()):
        return None
    return _failed(_never(relation, alone, known), alone)


def against_points(relation: Expr, known: Knowledge) -> Judgement | None:
    """Fails where facts and the latest stated values leave finitely many values, and none of them fits."""
    if not known.points or not _is_equation(relation):
        return None
    if unknowns(relation) & unknowns(known.points[-1].relation):
        return None
    latest = {point.relation.args[0]: point for point in known.points}
    there = tuple(p for p in latest.values() if not unknowns(relation) & unknowns(p.relation))
    equations = [f for f in relevant(known.facts, relation, known) if _is_equation(f.relation)]
    basis = tuple(f for f in equations if f.basis)
    pairs = [(f, there[-1:]) for f in (basis, *((f,) for f in reversed(equations)))]
    if len(there) > 1:
        pairs += [((f,), there) for f in reversed(equations)]
    for chosen, points in pairs:
        supposed = (*chosen, *points)
        if determined(_bare(supposed, known), deep_unknowns(relation, known), known.assumptions()):
            evidence = _never(relation, supposed, known)
            if evidence is not None:
                return _failed(evidence, supposed)
    return None


def _bare(facts: Sequence[Fact], known: Knowledge) -> tuple[Expr, ...]:
    return tuple(known.coordinates(fact.relation) for fact in facts)


def _never(relation: Expr, supposed: Sequence[Fact], known: Knowledge) -> Evidence | None:
    """Why a relation is false at every point where the premises hold; None if it is not."""
    coordinates, places = points_on(supposed, relation, known)
    return told(coordinates, places[0]) if never_holds(coordinates, places) else None


def _failed(evidence: Evidence | None, premises: Sequence[Fact]) -> Judgement | None:
    lines = tuple(sorted({fact.line for fact in premises if fact.line}))
    return None if evidence is None else Judgement(StepVerdict.FAILS, evidence, lines)


def _is_equation(relation: Expr) -> bool:
    return relation.head == "chain" and set(relation.value) == {"="}
