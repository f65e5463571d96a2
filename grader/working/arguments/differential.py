"""Differential equations: is `y = A e^(x^2)` a solution of `dy/dx = 2xy`, which stands before it?

An explicit solution is put in, at any order. An implicit one of first order is differentiated: where its
slope agrees with the equation's along the curve, it is a solution (Boyce and DiPrima, section 2.6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from grader.equivalence import decide
from grader.expressions.build import symbol
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import contains, free_symbols, replace
from grader.records import Equality, Evidence, EvidenceKind, StepVerdict, Verdict
from grader.working.arguments.rates import differentiated
from grader.working.completing import USUAL, slopes_in
from grader.working.entailment import entails, unknowns
from grader.working.initial import against_values
from grader.working.knowledge import Fact, Knowledge
from grader.working.links import Judgement, Trial

_CONSTANT = re.compile(r"[ABCDKack](_\w+)?$")
_OTHER = re.compile(
    r"\b(tangent|normal|asymptote|line|try|trying|guess|let|put|set|suppos\w*|assum\w*|substitut\w*"
    r"|if|when|at|particular|homogeneous)\b"
)
_LINE = re.compile(r"\b(tangent|normal|asymptote|chord)\b")
_UNKNOWN = Verdict(Equality.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Differential:
    """A differential equation among the facts: the function's letter, its variable, its slopes by order."""

    fact: Fact
    of: Expr
    by: Expr
    slopes: tuple[tuple[Expr, int], ...]


def solves(trial: Trial) -> Judgement | None:
    """Holds for a solution of an equation that stands before, which misses no value given."""
    relation, known = trial.link.relation, trial.known
    if not _is_stated(trial):
        return None
    solved = _solved(relation, known)
    if solved is None or against_values(relation, known) is not None:
        return None
    said = f"It solves the differential equation of line {solved.fact.line}."
    evidence = Evidence(EvidenceKind.CALCULUS, said)
    return Judgement(StepVerdict.HOLDS, evidence, (solved.fact.line,), fact=relation, solution=True)


def solves_nothing(trial: Trial) -> Judgement | None:
    """Fails where a family of curves, or the last word, is no solution of the equation that stands first."""
    relation, known = trial.link.relation, trial.known
    if not _is_stated(trial) or _OTHER.search(trial.link.cue) or _LINE.search(trial.link.sentence):
        return None
    found = list(equations(relation, known))
    tried = [_tried(relation, equation, known) for equation in found]
    wrong = against_values(relation, known)
    if wrong is not None and any(v.verdict is Equality.EQUAL for v in tried):
        return Judgement(StepVerdict.FAILS, wrong[0], (wrong[1],))
    if not tried or any(v.verdict is not Equality.DIFFERENT for v in tried):
        return None
    if not (_stands_first(found[-1], known) and _is_solution_for(relation, found[-1])):
        return None
    return Judgement(StepVerdict.FAILS, tried[-1].evidence, (found[-1].fact.line,))


def _solved(relation: Expr, known: Knowledge) -> Differential | None:
    """The latest equation that a relation solves."""
    for equation in equations(relation, known):
        if _tried(relation, equation, known).verdict is Equality.EQUAL:
            return equation
    return None


def _is_stated(trial: Trial) -> bool:
    return trial.link.operator == "=" and trial.link.first and not trial.link.continuing


def equations(relation: Expr, known: Knowledge) -> Iterator[Differential]:
    """The differential equations before it that speak of what it ties together, the latest first."""
    names = {str(s.value): s for s in free_symbols(relation) if s.kind == "scalar"}
    if any(True for _ in slopes_in(relation)):
        return
    for fact in reversed(known.facts):
        slopes = [one for one in slopes_in(fact.relation) if one[0].value not in known.table.symbols]
        letters = {of for _, of, _, _ in slopes}
        if len(letters) != 1 or fact.relation.head != "chain" or fact.relation.value != ("=",):
            continue
        (of,) = letters
        near = {str(s.value) for s in free_symbols(fact.relation)} | names.keys()
        by = next((by for _, _, by, _ in slopes if by), next((u for u in USUAL if u in near), ""))
        if of in names and of != by and (by in names or any(map(_CONSTANT.match, names))):
            variable = names.get(by, symbol(by))
            yield Differential(fact, names[of], variable, tuple((s, order) for s, _, _, order in slopes))


def _tried(relation: Expr, equation: Differential, known: Knowledge) -> Verdict:
    """Whether a relation solves the equation; DIFFERENT with a point where it does not."""
    left, right = relation.args
    if left is equation.of and not contains(right, equation.of):
        return _put_in(right, equation, known)
    if any(order != 1 for _, order in equation.slopes) or len({s for s, _ in equation.slopes}) != 1:
        return _UNKNOWN
    slope = differentiated(relation, equation.by, {equation.of: equation.slopes[0][0]})
    return _UNKNOWN if slope is None else entails([equation.fact.relation, relation], slope, known)


def _put_in(value: Expr, equation: Differential, known: Knowledge) -> Verdict:
    """The equation with the explicit solution in the function's place."""
    table = {equation.of: value}
    for slope, order in equation.slopes:
        result: Expr | None = value
        for _ in range(order):
            result = differentiate(result, equation.by) if result is not None else None
        if result is None:
            return _UNKNOWN
        table[slope] = result
    left, right = (replace(side, table) for side in equation.fact.relation.args)
    return decide(left, right, known.assumptions())


def _stands_first(equation: Differential, known: Knowledge) -> bool:
    """Whether nothing tied the letters together before it, so that it is what is being solved."""
    before = (f.relation for f in known.facts if f.line < equation.fact.line)
    return not any({equation.of, equation.by} <= unknowns(r) for r in before)


def _is_solution_for(relation: Expr, equation: Differential) -> bool:
    """Whether it is meant as a solution: beside `dx/dt = 3` the curve `D^2 = x^2 + x^4` says nothing of t."""
    explicit = relation.args[0] is equation.of
    return (explicit or equation.by in unknowns(relation)) and _is_family(relation, equation)


def _is_family(relation: Expr, equation: Differential) -> bool:
    """Whether its other letters are constants of integration, or the equation's own."""
    own = free_symbols(equation.fact.relation) | {equation.of, equation.by}
    return all(_CONSTANT.match(str(s.value)) for s in unknowns(relation) - own)
