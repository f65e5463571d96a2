"""`e^(x + C) = A e^x`: a new letter takes up what does not change."""

from __future__ import annotations

from grader.equivalence import decide
from grader.equivalence.normal import Normalizer
from grader.equivalence.solving import branches
from grader.expressions.build import ZERO, div, equation, neg, sub
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, replace
from grader.records import Equality, Evidence, EvidenceKind, StepVerdict
from grader.working.arguments.differential import equations
from grader.working.entailment import unknowns
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Trial

_LATEST = 4


def new_constant(trial: Trial) -> Judgement | None:
    """Holds on one line, or with what a line before says of the function that is asked for."""
    link, known = trial.link, trial.known
    if link.operator != "=":
        return None
    said = _taken_up(link.left, link.right, known)
    if said is not None:
        return Judgement(StepVerdict.HOLDS, said[1], fact=said[0])
    if not link.first or link.continuing:
        return None
    for fact in reversed((*known.facts, *known.own)[-_LATEST:]):
        for asked in equations(link.relation, known):
            evidence = _from_line(link.relation, fact.relation, asked.of, known)
            if evidence is not None:
                return Judgement(StepVerdict.HOLDS, evidence, (fact.line,), fact=link.relation)
    return None


def _from_line(relation: Expr, before: Expr, of: Expr, known: Knowledge) -> Evidence | None:
    """Whether the two are one once the function is put in as the line before has it."""
    if before.head != "chain" or before.value != ("=",):
        return None
    for value in branches(before.args[0], before.args[1], of, Normalizer(known.assumptions().domain)) or ():
        if of in free_symbols(value):
            continue
        left, right = (replace(side, {of: value}) for side in relation.args)
        said = _taken_up(left, right, known)
        if said is not None:
            return said[1]
    return None


def _taken_up(left: Expr, right: Expr, known: Knowledge) -> tuple[Expr, Evidence] | None:
    """What the one fresh letter on the right stands for, if that holds nothing which both sides share."""
    names = unknowns(left), unknowns(right)
    fresh = [n for n in names[1] - names[0] if n not in known.seen and known.is_free(n)]
    shared = names[0] & names[1]
    if len(fresh) != 1 or not shared or not names[0] - names[1]:
        return None
    for value in _values(left, right, fresh[0], known):
        if all(_is_still(value, name, known) for name in shared):
            said = f"{fresh[0].value} takes up what does not change."
            return equation(fresh[0], value), Evidence(EvidenceKind.CALCULUS, said)
    return None


def _values(left: Expr, right: Expr, name: Expr, known: Knowledge) -> tuple[Expr, ...]:
    """What an equation says of a letter: of one that is linear in it, or by undoing what is done to it."""
    gap = sub(left, right)
    slope = differentiate(gap, name)
    if slope is not None and name not in free_symbols(slope):
        return (neg(div(replace(gap, {name: ZERO}), slope)),)
    return branches(left, right, name, Normalizer(known.assumptions().domain)) or ()


def _is_still(value: Expr, name: Expr, known: Knowledge) -> bool:
    """Whether a value does not change with a name."""
    slope = differentiate(value, name)
    return slope is not None and decide(slope, ZERO, known.assumptions()).verdict is Equality.EQUAL
