"""Coefficients compared: `5x + 1 = A(x + 2) + B(x - 1)` for all x, so `A + B = 5`.

An identity in x is true at every x; at a few of them it says what its other letters are. What follows from
these follows from the identity.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from grader.expressions.build import PI, div, number
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import replace
from grader.records import Equality, Evidence, EvidenceKind, StepVerdict
from grader.working.entailment import entails, is_ordered, points_on, unknowns
from grader.working.knowledge import Fact, Knowledge
from grader.working.links import Judgement
from grader.working.sampling import determined, refuted_at, told

_VARIABLES = ("x", "t", "z", "s", "n", "theta", "u")
_PLACES = (
    number(0),
    number(3),
    number(Fraction(1, 2)),
    number(5),
    div(PI, number(2)),
)
_LATEST = 4


def identically(relation: Expr, known: Knowledge) -> Judgement | None:
    """Whether it follows from a line before that is taken for all values of another letter; None if open."""
    if is_ordered(relation) or relation.head != "chain":
        return None
    for fact in reversed([f for f in known.facts if not f.side][-_LATEST:]):
        for letter in _open_letters(fact.relation, relation, known):
            made = _at_places(fact, letter, known)
            coordinates, points = points_on(made, relation, known)
            if not points:
                continue
            place = refuted_at(coordinates, points)
            if (
                place is None
                and entails([f.relation for f in made], relation, known).verdict is Equality.EQUAL
            ):
                said = f"It follows with line {fact.line} taken for all values of {letter.value}."
                evidence = Evidence(EvidenceKind.CALCULUS, said)
                return Judgement(StepVerdict.HOLDS, evidence, (fact.line,), fact=relation)
            if place is not None and _is_settled(made, relation, known):
                return Judgement(StepVerdict.FAILS, told(coordinates, place), (fact.line,))
    return None


def _is_settled(made: list[Fact], relation: Expr, known: Knowledge) -> bool:
    """Whether what is said at the places leaves one value for each letter of the relation."""
    equations = tuple(fact.relation for fact in made)
    return determined(equations, unknowns(known.coordinates(relation)), known.assumptions())


def _open_letters(premise: Expr, relation: Expr, known: Knowledge) -> Iterator[Expr]:
    """The letters on both sides of a premise that may be its variable: nothing is said of them alone."""
    if premise.head != "chain" or premise.value != ("=",):
        return
    left, right = (unknowns(known.coordinates(side)) for side in premise.args)
    wanted = unknowns(known.coordinates(relation))
    stated = {point.relation.args[0] for point in known.points}
    for letter in sorted((left & right) - wanted - stated, key=lambda s: str(s.value)):
        if str(letter.value) in _VARIABLES and wanted and wanted <= left | right:
            yield letter


def _at_places(fact: Fact, letter: Expr, known: Knowledge) -> list[Fact]:
    tree = known.coordinates(fact.relation)
    return [Fact(replace(tree, {letter: place}), fact.place) for place in _PLACES]
