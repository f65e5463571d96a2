"""Both sides differentiated: x^2 + y^2 = 25 gives 2x + 2y dy/dx = 0; and an integrated equation, back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace as replace_fields

from grader.expressions.build import chain, symbol
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols
from grader.records import Equality, Evidence, EvidenceKind, Place, StepVerdict
from grader.working.completing import USUAL, rates_in, slopes_in
from grader.working.entailment import entails, unknowns
from grader.working.initial import against_values
from grader.working.knowledge import Fact, Knowledge
from grader.working.links import Judgement, Trial
from grader.working.total import is_indefinite, total_derivative

_NOWHERE = Place("", 0)
_SENTENCE = "It follows with both sides differentiated."


def integrated(trial: Trial) -> Judgement | None:
    """Holds when its derivative follows: `ln|y| = x^2 + C` from `dy/dx = 2xy`."""
    relation, known = trial.link.relation, trial.known
    if trial.link.operator != "=":
        return None
    for fact in reversed(known.facts):
        for rate, of, by in rates_in(fact.relation):
            names = {s.value: s for s in unknowns(relation)} | {
                p.args[1].value: p.args[1] for p in walk(relation) if is_indefinite(p)
            }
            if of not in names or by not in names:
                continue
            slope = differentiated(relation, names[by], {names[of]: rate})
            if slope is not None and entails([fact.relation], slope, known).verdict is Equality.EQUAL:
                wrong = against_values(relation, known)
                if wrong is not None:
                    return Judgement(StepVerdict.FAILS, wrong[0], (wrong[1],))
                evidence = Evidence(EvidenceKind.CALCULUS, _SENTENCE)
                return Judgement(StepVerdict.HOLDS, evidence, (fact.line,), fact=relation)
    return None


def with_slopes(relation: Expr, known: Knowledge) -> tuple[Knowledge, bool]:
    """The knowledge with its equations differentiated where slopes are spoken of; does this line speak so?"""
    trees = [relation, *(fact.relation for fact in known.facts)]
    rates = {(of, by): rate for tree in trees for rate, of, by in rates_in(tree)}
    found = [*_explicit(trees, known), *(slope for _, slope in tied_by(rates, known))]
    return (known.with_facts((*known.facts, *found)) if found else known), bool(found) and any(
        slopes_in(relation)
    )


def tied_by(rates: Mapping[tuple[str, str], Expr], known: Knowledge) -> Iterator[tuple[Fact, Fact]]:
    """What ties names together, each with what it says of their rates once it is differentiated."""
    for by in dict.fromkeys(by for _, by in rates):
        for fact in _equations(known):
            slope = _slope_equation(fact.relation, by, rates)
            if slope is not None:
                yield fact, replace_fields(fact, relation=slope)


def _slope_equation(tied: Expr, by: str, rates: Mapping[tuple[str, str], Expr]) -> Expr | None:
    """What ties names together, differentiated by one of them or by time."""
    names = {str(s.value): s for s in unknowns(tied)}
    moving = {names[of]: rate for (of, other), rate in rates.items() if other == by and of in names}
    valued = by not in names and len(names) == 1  # `tan(phi) = 2`: at one instant
    whole = by in names or len(moving) == len(names)
    if not moving or not whole or valued or _has_rates(tied):
        return None
    return differentiated(tied, names.get(by, symbol(by)), moving)


def _explicit(trees: Sequence[Expr], known: Knowledge) -> Iterator[Fact]:
    """The slopes y', y'' that are spoken of, of a y that a line gives in full."""
    slopes = {
        one: None for tree in trees for one in slopes_in(tree) if one[0].value not in known.table.symbols
    }
    for slope, of, by, order in slopes:
        for fact in known.facts:
            left, right = fact.relation.args[0], fact.relation.args[-1]
            names = {str(s.value): s for s in free_symbols(right)}
            variable = names.get(by or next((u for u in USUAL if u in names), ""))
            if fact.relation.head != "chain" or left.value != of or of in names or variable is None:
                continue
            result: Expr | None = right
            for _ in range(order):
                result = differentiate(result, variable) if result is not None else None
            if result is not None:
                yield replace_fields(fact, relation=chain((slope, result), ("=",)))


def _has_rates(relation: Expr) -> bool:
    return any(True for _ in rates_in(relation))


def _equations(known: Knowledge) -> Iterator[Fact]:
    """What ties names together: equations, and definitions, in full too (`V = pi r^2 h`, h = 2r)."""
    yield from known.facts
    for made in known.own_symbols():
        if made.definition is not None and not made.parameters and made.kind == "scalar":
            for body in dict.fromkeys((made.definition, known.spelled(made.definition))):
                yield Fact(chain((made.expr, body), ("=",)), _NOWHERE)


def differentiated(relation: Expr, variable: Expr, rates: Mapping[Expr, Expr]) -> Expr | None:
    """An equation with both sides differentiated, where some names depend on the variable."""
    if relation.head != "chain" or relation.value != ("=",):
        return None
    sides = [total_derivative(side, variable, rates) for side in relation.args]
    if sides[0] is None or sides[1] is None:
        return None
    return chain((sides[0], sides[1]), ("=",))


def depends_silently(relation: Expr, known: Knowledge) -> bool:
    """Whether y is differentiated or integrated as a constant in x, though `dy/dx` stands in lines before."""
    rates = {(of, by) for name in (relation, *known.seen) for _, of, by in rates_in(name)}
    if not rates:
        return False
    names = {str(s.value) for s in unknowns(known.spelled(relation))}
    slopes = {str(p.args[1].value) for p in walk(relation) if p.head == "derivative"}
    integrals = {str(p.args[1].value) for p in walk(relation) if is_indefinite(p)}
    if any(of in integrals and by in names for of, by in rates):
        return True
    return any(of in names and by in slopes | integrals for of, by in rates)
