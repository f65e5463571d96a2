"""`x^2 + y^3 = 9`, then `2x + y^2 dy/dx = 0`: one side is differentiated wrongly."""

from __future__ import annotations

import re

from grader.expressions.build import HALF, ONE, TWO, ZERO, div, neg, sub
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, replace
from grader.records import Equality, Evidence, StepVerdict
from grader.working import cues
from grader.working.arguments.near_miss import nearly_follows
from grader.working.arguments.rates import tied_by
from grader.working.completing import rates_in
from grader.working.entailment import refutation, unknowns
from grader.working.knowledge import Fact, Knowledge
from grader.working.links import Judgement, Trial
from grader.working.sampling import near_a_zero

_VALUES = (ONE, TWO, HALF)
_DIFFERENTIATES = re.compile(
    r"\b(differentiat\w*|derivative|implicit\w*|(chain|product|quotient|power) rule|d/d[a-z])\b"
)


def wrong_rate(trial: Trial) -> Judgement | None:
    """Fails where a line is no derivative of the equation whose rates it ties together, all of them.

    What leaves a rate out, or every other name, has values put in, and may be said of one place only. Where
    no words say that something is differentiated, it has to be one slip away from what follows.
    """
    link, known = trial.link, trial.known
    if link.operator != "=" or not link.first or link.continuing or cues.supposes(link.cue):
        return None
    rates = {(of, by): rate for rate, of, by in rates_in(link.relation)}
    others = unknowns(known.coordinates(link.relation)) - frozenset(rates.values())
    if not rates or not others:
        return None
    explicit = _of_explicit(trial)
    if explicit is not None:
        return explicit
    for tied, slope in tied_by(rates, known):
        if frozenset(rate for rate, *_ in rates_in(slope.relation)) == frozenset(rates.values()):
            found = _against(link.relation, tied, slope, known, bool(_DIFFERENTIATES.search(link.cue)))
            if found is not None:
                return found
    return None


def _of_explicit(trial: Trial) -> Judgement | None:
    """Fails for a `dJ/dw` that is not the slope of J, of which one line says all that there is."""
    link, known = trial.link, trial.known
    rates = list(rates_in(link.left)) if link.left.head == "symbol" else []
    for _, of, by in rates:
        said = [f for f in known.facts if f.relation.head == "chain" and str(f.relation.args[0].value) == of]
        letters = unknowns(said[0].relation) if len(said) == 1 else frozenset()
        variable = next((s for s in letters if str(s.value) == by), None)
        others = (f for f in known.facts if f not in said and not f.side)
        if variable is None or any(letters & unknowns(f.relation) for f in others):
            continue
        name, body = said[0].relation.args[0], known.coordinates(said[0].relation.args[-1])
        slope = differentiate(body, variable) if name not in free_symbols(body) else None
        verdict = trial.compare(slope, link.right) if slope is not None else None
        if verdict is not None and verdict.verdict is Equality.DIFFERENT:
            return Judgement(StepVerdict.FAILS, verdict.evidence, (said[0].line,))
    return None


def _against(relation: Expr, tied: Fact, slope: Fact, known: Knowledge, told: bool) -> Judgement | None:
    """Fails at a point of the curve at which the slope is another."""
    others = unknowns(relation) - frozenset(rate for rate, *_ in rates_in(relation))
    if not others <= unknowns(tied.relation):
        return None
    evidence = refutation([tied, slope], relation, known) or _near_the_curve(relation, tied, slope, known)
    if evidence is None or not (told or nearly_follows(relation, [slope.relation], known, True)):
        return None
    return Judgement(StepVerdict.FAILS, evidence, tuple(sorted({tied.line} - {0})))


def _near_the_curve(relation: Expr, tied: Fact, slope: Fact, known: Knowledge) -> Evidence | None:
    """The same where points of the curve are only known as intervals: y of `x^3 + y^3 = 6xy` at x = 1."""
    rate, *others = (one for one, *_ in rates_in(slope.relation))
    table = dict.fromkeys(others, ONE)
    gap = replace(sub(*slope.relation.args), table)
    steep = differentiate(gap, rate)
    if steep is None or steep is ZERO or rate in free_symbols(steep):
        return None
    table[rate] = neg(div(replace(gap, {rate: ZERO}), steep))
    names = sorted(unknowns(tied.relation), key=lambda s: str(s.value))
    for value in _VALUES:
        held = dict.fromkeys(names[:-1], value)
        curve, there = (replace(tree, held) for tree in (tied.relation, replace(relation, table)))
        found = near_a_zero(known.coordinates(curve), known.coordinates(there), known.assumptions())
        if found is not None:
            return found
    return None
