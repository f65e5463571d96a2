"""`arctan x = sum (-1)^n x^(2n+1)/(2n)`: the first terms of a power series against the other side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from grader.equivalence.settled import NO_VALUE, value_exactly
from grader.expressions.build import INFINITY, ZERO, add, apply, chain, number, power, symbol
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, replace
from grader.records import Equality, Evidence, EvidenceKind, StepVerdict, Verdict
from grader.working.arguments.conditions import undefined
from grader.working.arguments.taylor import compared, order_of
from grader.working.entailment import unknowns
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Trial

_TERMS = 4


def power_series(trial: Trial) -> Judgement | None:
    """Fails where a first coefficient is another, or a term divides by 0; equality is not shown so."""
    link, known = trial.link, trial.known
    sums = [
        p for side in link.relation.args for p in walk(side) if p.head == "sum" and p.args[-1] is INFINITY
    ]
    if link.operator != "=" or not sums or trial.identity.verdict is not Equality.UNKNOWN:
        return None
    sides = [known.coordinates(side) for side in link.relation.args]
    names = unknowns(sides[0])
    if names != unknowns(sides[1]) or undefined(link.relation, trial):
        return None
    verdict = _refuted(sides, sorted(names, key=lambda s: str(s.value)), known)
    return Judgement(StepVerdict.FAILS, verdict.evidence) if verdict.verdict is Equality.DIFFERENT else None


def _refuted(sides: Sequence[Expr], names: Sequence[Expr], known: Knowledge) -> Verdict:
    for variable in names:
        written = {p: _first_terms(p, variable, known) for s in sides for p in walk(s) if p.head == "sum"}
        if any(isinstance(value, Evidence) for value in written.values()):
            return Verdict(Equality.DIFFERENT, next(v for v in written.values() if isinstance(v, Evidence)))
        table = {part: value for part, value in written.items() if isinstance(value, Expr)}
        if len(table) == len(written):
            relation = chain(tuple(replace(side, table) for side in sides), ("=",))
            return compared(relation, variable, ZERO, known)
    return Verdict(Equality.UNKNOWN)


def _first_terms(series: Expr, variable: Expr, known: Knowledge) -> Expr | Evidence | None:
    """The first terms of an infinite sum and `O(x^9)` for the others; why it has no value, if it has none."""
    body, index, low, high = series.args if len(series.args) == 4 else (ZERO, ZERO, ZERO, ZERO)
    if high is not INFINITY or low.head != "number" or not _is_power(body, index, variable):
        return None
    terms = [replace(body, {index: number(low.value + k)}) for k in range(_TERMS + 1)]
    for k, term in enumerate(terms):
        if any(not free_symbols(p) and value_exactly(p) is NO_VALUE for p in walk(term) if p.head == "pow"):
            said = f"For {index.value} = {low.value + k} the term of the sum divides by 0."
            return Evidence(EvidenceKind.COUNTEREXAMPLE, said)
    orders = [order_of(term, variable, ZERO, known) for term in terms]
    if any(a is None or b is None or a >= b for a, b in pairwise(orders)):
        return None
    left_out = power(variable, number(orders[-1] or 0))
    return add(*terms[:-1], apply(symbol("O", "function"), left_out))


def _is_power(body: Expr, index: Expr, variable: Expr) -> bool:
    """Whether its terms are powers of a variable, and the letter that numbers them stands in the exponent."""
    powers = [p for p in walk(body) if p.head == "pow" and variable in free_symbols(p.args[0])]
    return bool(powers) and any(index in free_symbols(p.args[1]) for p in powers)
