"""Steps with inequalities that follow and let in what solves nothing: `x^2 < 9`, so `x < 3`."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from grader.equivalence import decide
from grader.equivalence.polynomial import coefficients_of
from grader.expressions.build import mul, neg, power, sub
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols
from grader.places import place_text
from grader.records import Equality, Evidence
from grader.working import cues
from grader.working.entailment import deep_unknowns, entails
from grader.working.knowledge import Fact, Knowledge

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def one_sided(relation: Expr, known: Knowledge, cue: str) -> Evidence | None:
    """Why one of the two bounds of a square is not all that it says; None for anything else."""
    name = _single(relation, known)
    if name is None or not known.told.purpose.solves or known.told.purpose.proves or cues.WEAKENS.search(cue):
        return None
    if _degree(relation, name, known) != 1:
        return None
    squares = [f for f in _alone(name, known) if _degree(f.relation, name, known) == 2]
    return _lets_in(relation, squares[-1], known) if squares else None


def multiplied(relation: Expr, known: Knowledge) -> Evidence | None:
    """Why an inequality may not be multiplied by what has no known sign: `5/x > 2`, so `5 > 2x`."""
    name = _single(relation, known)
    if name is None or _denominators(relation, name):
        return None
    for fact in reversed(_alone(name, known)):
        below = _denominators(fact.relation, name)
        if below and _is_product(relation, fact.relation, mul(*below), known):
            return _lets_in(relation, fact, known)
    return None


def _single(relation: Expr, known: Knowledge) -> Expr | None:
    """The unknown of one inequality in one unknown."""
    plain = relation.head == "chain" and len(relation.args) == 2 and relation.value[0] in _TURNED
    names = deep_unknowns(relation, known) if plain else frozenset()
    return next(iter(names)) if len(names) == 1 else None


def _alone(name: Expr, known: Knowledge) -> list[Fact]:
    return [f for f in known.facts if _single(f.relation, known) is name and not f.side]


def _degree(relation: Expr, name: Expr, known: Knowledge) -> int:
    if relation.head != "chain":
        return 0
    gaps = (known.coordinates(sub(a, b)) for a, b in pairwise(relation.args))
    found = [coefficients_of(gap, name) for gap in gaps]
    return max(len(f) - 1 if f is not None else 0 for f in found)


def _denominators(relation: Expr, name: Expr) -> list[Expr]:
    parts = [p for p in walk(relation) if p.head == "pow" and name in free_symbols(p.args[0])]
    below = [p for p in parts if p.args[1].head == "number" and p.args[1].value < 0]
    return [power(p.args[0], neg(p.args[1])) for p in dict.fromkeys(below)]


def _is_product(relation: Expr, before: Expr, factor: Expr, known: Knowledge) -> bool:
    """Whether both sides were multiplied by a factor, and the sign between them stayed as it was."""
    left, right = before.args
    if relation.value[0] != before.value[0]:
        if relation.value[0] != _TURNED[before.value[0]]:
            return False
        left, right = right, left
    product = mul(factor, sub(left, right))
    return decide(product, sub(*relation.args), known.assumptions()).verdict is Equality.EQUAL


def _lets_in(relation: Expr, before: Fact, known: Knowledge) -> Evidence | None:
    """A value that a relation lets in, whatever else is known, and that does not solve what stands before."""
    names = deep_unknowns(relation, known)
    others = [f for f in known.facts if f is not before and deep_unknowns(f.relation, known) == names]
    bare = known.with_facts(())
    (name,) = names
    beside = [f.relation for f in others if f.side or _degree(f.relation, name, known) == 1]
    if entails([relation, *beside], before.relation, bare).verdict is not Equality.DIFFERENT:
        return None
    evidence = entails([relation], before.relation, bare).evidence
    point = dict(evidence.data).get("point") if evidence is not None else None
    if evidence is None or not point:
        return None
    where = ", ".join(f"{key} = {value}" for key, value in point.items())
    sentence = f"{where} fulfils this and does not solve line {before.line}."
    return replace(
        evidence, sentence=sentence, data={**evidence.data, "one_side_of": place_text(before.place)}
    )
