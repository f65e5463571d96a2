"""A list of solutions with one too many: `x^2 = 4`, so `x = 2` or `x = -2` or `x = 3`.

Such a list follows from the equation as logic has it, and is no solution of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from grader.equivalence.features import features
from grader.equivalence.holding import holds_at
from grader.equivalence.plain import constant_text
from grader.equivalence.truths import alternatives
from grader.expressions.build import chain
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols
from grader.records import Evidence, EvidenceKind
from grader.working.entailment import candidates, deep_unknowns, is_ordered, is_total
from grader.working.knowledge import Fact, Knowledge


@dataclass(frozen=True, slots=True)
class Surplus:
    """A listed value that solves nothing of what stands before; `certain` unless squaring may bring it."""

    unknown: Expr
    value: Expr
    line: int
    certain: bool

    @property
    def evidence(self) -> Evidence:
        """What a person can check."""
        name, text = str(self.unknown.value), constant_text(self.value) or "one of the values"
        said = f"{name} = {text} is listed here and does not solve line {self.line}."
        sentence = said if self.certain else f"Implied, not equivalent: {said}"
        data = {"point": {name: text}, "left": "true", "right": "false", "domain_only": False}
        return Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, data)


def surplus(relation: Expr, known: Knowledge) -> Surplus | None:
    """The first of several listed values that solves no equation from which the list may come."""
    listed = _listed(relation)
    if listed is None:
        return None
    unknown, values = listed
    before = [f for f in candidates(relation, known) if _is_equation(f, unknown, known)]
    if not before:
        return None
    equations = [known.coordinates(f.relation) for f in before]
    for value in values:
        if chain((unknown, value), ("=",)) in known.ended:
            continue  # the end of a case before
        if all(holds_at(e, {unknown: value}) is False for e in equations):
            return Surplus(unknown, value, before[-1].line, all(is_total(e) for e in equations))
    return None


def extraneous(relation: Expr, known: Knowledge) -> Surplus | None:
    """The first of several listed values that does not solve what was supposed: squaring may bring it."""
    return surplus(relation, known.with_facts(f for f in known.facts if f.basis))


def _listed(relation: Expr) -> tuple[Expr, list[Expr]] | None:
    """The unknown and the values of `x = 2 or x = 3` (no decimals); None for anything else."""
    ways = alternatives(relation) or ()
    if len(ways) < 2 or any(len(way) != 1 or way[0].operator != "=" for way in ways):
        return None
    names = {way[0].left for way in ways}
    values = [way[0].right for way in ways]
    (unknown, *others) = names
    exact = not any(part.head == "decimal" for v in values for part in walk(v))
    if others or unknown.head != "symbol" or unknown.kind != "scalar" or not exact:
        return None
    return (unknown, values) if all(_is_real(v) for v in values) else None


def _is_real(value: Expr) -> bool:
    """Whether it is a number, and has a value without complex ones: not `sqrt(-3)`."""
    plain = not free_symbols(value) and "i" not in features(value).constants
    return plain and holds_at(chain((value, value), ("=",)), {}) is True


def _is_equation(fact: Fact, unknown: Expr, known: Knowledge) -> bool:
    """An equation for the unknown alone."""
    return deep_unknowns(fact.relation, known) == {unknown} and not is_ordered(fact.relation)
