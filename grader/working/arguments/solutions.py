"""What a step does to the solutions of an equation, in words: lost, gained, and by which operation."""

from __future__ import annotations

from dataclasses import replace

from grader.equivalence import decide
from grader.expressions.build import TWO, mul, power
from grader.expressions.nodes import Expr
from grader.places import place_text
from grader.records import Equality, Evidence
from grader.working.entailment import Entailment, deep_unknowns, entails, is_ordered, unknowns
from grader.working.knowledge import Fact, Knowledge


def lost(found: Entailment, relation: Expr, known: Knowledge) -> Evidence | None:
    """The evidence that a relation does not follow, with what was lost if it keeps only some solutions."""
    evidence, solved = found.verdict.evidence, _solved(found, relation, known)
    premise = solved.relation
    if evidence is None or not _plain(premise) or not _plain(relation):
        return evidence
    point = _point(evidence, relation)
    kept = entails([relation], premise, known).verdict is Equality.EQUAL
    if not point or not kept:
        return evidence
    operation = _operation(premise, relation, known, "Dividing by what may be 0", "Taking a root on one side")
    place = solved.place
    sentence = f"{operation} loses a solution: {point} solves line {place.line} and not this."
    return replace(
        evidence,
        sentence=sentence,
        data={**evidence.data, "lost": point, "lost_from": place_text(place)},
    )


def _solved(found: Entailment, relation: Expr, known: Knowledge) -> Fact:
    """The equation of which a relation gives solutions: the latest in its unknown alone, else the latest."""
    last, names = found.premises[-1], deep_unknowns(relation, known)
    if deep_unknowns(last.relation, known) == names:
        return last
    own = (f for f in reversed(known.facts) if not f.side and deep_unknowns(f.relation, known) == names)
    return next((f for f in own if f.relation.args[0] not in names), last)


def with_gained(found: Entailment, relation: Expr, known: Knowledge) -> Evidence | None:
    """The evidence that a relation follows; that it may have more solutions is said where it does."""
    evidence = found.verdict.evidence
    if evidence is None or len(found.premises) != 1:
        return evidence
    premise = found.premises[0].relation
    if not _plain(premise) or not _plain(relation) or unknowns(premise) != unknowns(relation):
        return evidence
    if len(unknowns(relation)) != 1:
        return evidence
    back = entails([relation], premise, known)
    if back.verdict is not Equality.DIFFERENT or back.evidence is None:
        return evidence
    point = _point(back.evidence, premise)
    if not point:
        return evidence
    operation = _operation(relation, premise, known, "Multiplying by what may be 0", "Squaring")
    gained = f"{point} solves this and not line {found.premises[0].line}."
    sentence = f"Implied, not equivalent. {operation} may gain solutions: {gained}"
    return replace(evidence, sentence=sentence, data={**evidence.data, "gained": point})


def _plain(relation: Expr) -> bool:
    """One equation of scalars."""
    return relation.head == "chain" and relation.value == ("=",) and relation.args[0].kind == "scalar"


def _point(evidence: Evidence, relation: Expr) -> str:
    found = dict(evidence.data).get("point") or {}
    return ", ".join(f"{name} = {value}" for name, value in found.items())


def _operation(larger: Expr, smaller: Expr, known: Knowledge, factor: str, root: str) -> str:
    """What leads from the equation with fewer solutions to the one with more, or back."""
    if is_ordered(larger):
        return "This step"
    if is_square(larger, smaller, known):
        return root
    (a, b), (c, d) = larger.args, smaller.args
    assumptions = known.assumptions()
    if decide(mul(a, d), mul(b, c), assumptions).verdict is Equality.EQUAL:
        return factor
    return "This step"


def is_square(larger: Expr, smaller: Expr, known: Knowledge) -> bool:
    """Whether both sides of one equation are the squares of those of another."""
    if not _plain(larger) or not _plain(smaller):
        return False
    pairs = zip(larger.args, smaller.args, strict=True)
    assumptions = known.assumptions()
    return all(decide(x, power(y, TWO), assumptions).verdict is Equality.EQUAL for x, y in pairs)
