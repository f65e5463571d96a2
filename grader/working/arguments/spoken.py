"""A relation between rates with what only words tell put in: `2 * 6 * 2 + 2 * 8 dy/dt = 0`, as dx/dt is 2.

Where the words are not understood so, nothing is called wrong: what the missing rate is, they may tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

from grader.equivalence import decide
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import replace
from grader.records import Equality, Evidence, EvidenceKind, StepVerdict
from grader.working.arguments.near_miss import values_of
from grader.working.completing import rates_in
from grader.working.entailment import unknowns
from grader.working.knowledge import Fact, Knowledge
from grader.working.links import Judgement
from grader.working.sampling import solutions_of

_LATEST = 6
_MOST_OPEN = 3
_MOST_WAYS = 600


def told_in_words(relation: Expr, known: Knowledge) -> Judgement | None:
    """Given with numbers of the text for the rates that an equation before it speaks of and it does not.

    Unknown where no number fits; None where no such rate is open, the rate alone is stated, or another one
    is spoken of.
    """
    premises = list(_open_premises(relation, known))
    for fact, tied in premises:
        if _fits(relation, tied, known):
            evidence = Evidence(EvidenceKind.CONSISTENT, "It follows with numbers that the words tell.")
            return Judgement(StepVerdict.GIVEN, evidence, (fact.line,) if fact.line else (), fact=relation)
    plain = relation.args[0] in _rates(relation.args[0]) and not unknowns(relation.args[-1])
    put_in = bool(premises) and not plain and len(_rates(relation)) == 1
    return Judgement(StepVerdict.UNKNOWN, fact=relation) if put_in else None


def _open_premises(relation: Expr, known: Knowledge) -> Iterator[tuple[Fact, Expr]]:
    """The equations of a rate of which it speaks that speak of an open one as well; values put in."""
    spoken = _rates(relation)
    if relation.head != "chain" or relation.value != ("=",) or not spoken:
        return
    values, wanted = _stated(known), unknowns(relation)
    latest = ((f, replace(known.coordinates(f.relation), values)) for f in reversed(known.facts[-_LATEST:]))
    about = [(f, tied) for f, tied in latest if tied.value == ("=",) and _rates(tied) & spoken]
    if not any(unknowns(tied) <= wanted for _, tied in about):
        yield from ((f, tied) for f, tied in about if _open(tied, known) - wanted)


def _open(tied: Expr, known: Knowledge) -> frozenset[Expr]:
    """The rates in an equation, and the letters that change."""
    return _rates(tied) | {s for s in unknowns(tied) if str(s.value) in known.told.changing}


def _stated(known: Knowledge) -> dict[Expr, Expr]:
    """What formulas say that letters are, here and at the instant."""
    said = {p.relation.args[0]: p.relation.args[1] for p in known.points}
    return {**values_of(known), **{name: value for name, value in said.items() if not unknowns(value)}}


def _rates(tree: Expr) -> frozenset[Expr]:
    return frozenset(rate for rate, *_ in rates_in(tree))


def _fits(relation: Expr, tied: Expr, known: Knowledge) -> bool:
    """Whether numbers of the text, for the letters that are open, make of the equation what is said."""
    meant = replace(known.coordinates(relation), _stated(known))
    solution = next(iter(solutions_of(meant, known.assumptions())), None)
    letters = sorted(unknowns(tied) - unknowns(meant), key=lambda s: str(s.value))
    if solution is None or len(letters) > _MOST_OPEN:
        return False
    there = replace(tied, solution)
    ways = product(known.told.numbers, repeat=len(letters))
    for way in islice(ways, _MOST_WAYS):
        sides = replace(there, dict(zip(letters, way, strict=True))).args
        if decide(sides[0], sides[1], known.assumptions()).verdict is Equality.EQUAL:
            return True
    return False
