"""Both sides differentiated: x^2 + y^2 = 25 gives 2x + 2y dy/dx = 0; and an integrated equation, back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grader.expressions.build import apply, chain, derived, symbol
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import replace
from grader.records import Equality, Evidence, EvidenceKind, Place, StepVerdict
from grader.working.completing import rates_in
from grader.working.entailment import entails, unknowns
from grader.working.initial import against_values
from grader.working.knowledge import Fact, Knowledge
from grader.working.links import Judgement, Trial

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
    """The knowledge with its equations differentiated, for a relation that speaks of dy/dx; are there any?"""
    found: list[Fact] = []
    rates = {(of, by): rate for rate, of, by in rates_in(relation)}
    for by in {by for _, by in rates}:
        for relation_, fact in _equations(known):
            names = {s.value: s for s in unknowns(relation_)}
            moving = {names[of]: rate for (of, other), rate in rates.items() if other == by and of in names}
            valued = relation_.head == "chain" and not unknowns(relation_.args[-1])
            whole = by in names or len(moving) == len(names)
            if (
                moving
                and whole
                and not (valued and relation_.args[0].head == "symbol")
                and not _has_rates(relation_)
            ):
                slope = differentiated(relation_, names.get(by, symbol(by)), moving)
                if slope is not None:
                    found.append(Fact(slope, fact.place) if fact is not None else Fact(slope, Place("", 0)))
    return (known.with_facts((*known.facts, *found)), True) if found else (known, False)


def _has_rates(relation: Expr) -> bool:
    return any(True for _ in rates_in(relation))


def _equations(known: Knowledge) -> Iterator[tuple[Expr, Fact | None]]:
    """What ties names together: equations, and definitions of names."""
    for fact in known.facts:
        yield fact.relation, fact
    for made in known.own_symbols():
        if made.definition is not None and not made.parameters and made.kind == "scalar":
            yield chain((made.expr, made.definition), ("=",)), None


def differentiated(relation: Expr, variable: Expr, rates: Mapping[Expr, Expr]) -> Expr | None:
    """An equation with both sides differentiated, where some names depend on the variable."""
    if relation.head != "chain" or relation.value != ("=",):
        return None
    sides = [_total(side, variable, rates) for side in relation.args]
    if sides[0] is None or sides[1] is None:
        return None
    return chain((sides[0], sides[1]), ("=",))


def _total(tree: Expr, variable: Expr, rates: Mapping[Expr, Expr]) -> Expr | None:
    integrals = [part for part in walk(tree) if is_indefinite(part)]
    functions = {part: symbol(f"antiderivative {i}", "function") for i, part in enumerate(integrals)}
    opened = replace(tree, {part: apply(f, part.args[1]) for part, f in functions.items()})
    values = {name: apply(symbol(f"value of {name.value}", "function"), variable) for name in rates}
    slope = differentiate(replace(opened, values), variable)
    if slope is None:
        return None
    back = {apply(derived(f), replace(p.args[1], values)): p.args[0] for p, f in functions.items()}
    back |= {apply(derived(value.args[0]), variable): rates[name] for name, value in values.items()}
    slope = replace(slope, back)
    return replace(slope, {value: name for name, value in values.items()})


def is_indefinite(part: Expr) -> bool:
    """Whether a node is an integral without bounds."""
    return part.head == "integral" and len(part.args) == 2


def depends_silently(relation: Expr, known: Knowledge) -> bool:
    """Whether y is differentiated or integrated as a constant in x, though `dy/dx` stands in lines before."""
    rates = {(of, by) for name in known.seen for _, of, by in rates_in(name)}
    if not rates:
        return False
    names = {str(s.value) for s in unknowns(relation)}
    worked = {
        str(part.args[1].value) for part in walk(relation) if part.head == "derivative" or is_indefinite(part)
    }
    return any(of in names and by in worked for of, by in rates)
