"""`The gradient of the normal is 1/3`: the slope that words name, at the place that was stated last."""

from __future__ import annotations

from grader.equivalence import decide
from grader.expressions.build import MINUS_ONE, ZERO, div, equation
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, replace
from grader.records import Equality, StepVerdict
from grader.working.entailment import unknowns
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Trial
from grader.working.spoken import NORMAL, TANGENT, spoken_name


def spoken_slope(trial: Trial) -> Judgement | None:
    """Holds or fails for a number that is said to be the slope of the tangent or of the normal."""
    link, known = trial.link, trial.known
    name = link.left if link.left in (TANGENT, NORMAL) else spoken_name(link.sentence)
    if name not in (TANGENT, NORMAL) or link.operator != "=" or not link.first or unknowns(link.right):
        return None
    if link.left is not name and (link.left.head != "symbol" or not known.is_fresh(link.left)):
        return None
    slope = _slope(known)
    steep = slope if name is TANGENT or slope is None else _turned(slope, known)
    if steep is None:
        return None
    verdict = decide(steep, link.right, known.assumptions())
    if verdict.verdict is Equality.EQUAL and link.left is name:
        return Judgement(StepVerdict.HOLDS, verdict.evidence, fact=equation(name, link.right))
    if verdict.verdict is not Equality.DIFFERENT or link.left is not name:
        return None
    if name is TANGENT and slope is not None and _is_normal(slope, link.right, known):
        return Judgement(StepVerdict.GIVEN)  # `Normal: the gradient is $-1/2$`
    return Judgement(StepVerdict.FAILS, verdict.evidence)


def _is_normal(slope: Expr, value: Expr, known: Knowledge) -> bool:
    turned = _turned(slope, known)
    return turned is not None and decide(turned, value, known.assumptions()).verdict is Equality.EQUAL


def _turned(slope: Expr, known: Knowledge) -> Expr | None:
    flat = decide(slope, ZERO, known.assumptions()).verdict is not Equality.DIFFERENT
    return None if flat else div(MINUS_ONE, slope)


def _slope(known: Knowledge) -> Expr | None:
    """The slope that was said to be the tangent's, else that of the one curve at the place stated last."""
    for fact in reversed((*known.facts, *known.own)):
        if fact.relation.head == "chain" and fact.relation.args[0] is TANGENT:
            return fact.relation.args[1]
    curves = [(s, known.coordinates(s.definition)) for s in known.own_symbols() if s.definition is not None]
    bent = [(s, c) for s, c in curves if c.kind == "scalar" and len(free_symbols(c)) == 1]
    if len(bent) != 1:
        return None
    (letter,) = free_symbols(bent[0][1])
    places = [p.relation.args[1] for p in known.points if p.relation.args[0].value == letter.value]
    slope = differentiate(bent[0][1], letter)
    return None if slope is None or not places else replace(slope, {letter: places[-1]})
