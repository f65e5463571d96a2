"""An integrating factor of `y' + p y = q`: it has p for its logarithmic derivative."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.equivalence import decide
from grader.expressions.build import div, mul, sub
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols
from grader.records import Equality, StepVerdict, Verdict
from grader.working.arguments.integrals import slope_of
from grader.working.completing import USUAL, slopes_in
from grader.working.definitions import defined_symbol
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Trial
from grader.working.spoken import FACTOR, calls_factor, spoken_name


def integrating_factor(trial: Trial) -> Judgement | None:
    """Holds or fails for what words call the integrating factor; a name for it is defined all the same."""
    link, known = trial.link, trial.known
    if link.operator != "=" or (link.left is not FACTOR and not _is_called_so(trial)):
        return None
    found = [_fits(link.right, equation, known) for equation in _linear(known)]
    if not found or any(one.verdict is Equality.UNKNOWN for one in found):
        return None
    made = defined_symbol(link.left, link.right, known) if link.first and link.left is not FACTOR else None
    right = next((one for one in found if one.verdict is Equality.EQUAL), None)
    if right is not None:
        return Judgement(StepVerdict.GIVEN if made else StepVerdict.HOLDS, right.evidence, symbol=made)
    return Judgement(StepVerdict.FAILS, found[-1].evidence, symbol=made)


def _is_called_so(trial: Trial) -> bool:
    left = trial.link.left
    named = left.head == "symbol" or (left.head == "call" and left.value == "exp")
    said = trial.link.sentence or trial.link.cue
    return named and (spoken_name(said) is FACTOR or calls_factor(said))


@dataclass(frozen=True, slots=True)
class _Linear:
    """`a y' + b y = q` in x."""

    a: Expr
    b: Expr
    variable: Expr


def _linear(known: Knowledge) -> Iterator[_Linear]:
    """The linear equations of first order that stand before."""
    for fact in known.facts:
        slopes = set(slopes_in(fact.relation))
        if fact.relation.head != "chain" or fact.relation.value != ("=",) or len(slopes) != 1:
            continue
        ((slope, of, by, order),) = slopes
        names = {str(s.value): s for s in free_symbols(fact.relation)}
        variable = names.get(by or next((u for u in USUAL if u in names and u != of), ""))
        if order != 1 or of not in names or variable is None:
            continue
        gap = sub(*fact.relation.args)
        a, b = differentiate(gap, slope), differentiate(gap, names[of])
        if a is not None and b is not None and not (free_symbols(a) | free_symbols(b)) & {slope, names[of]}:
            yield _Linear(a, b, variable)


def _fits(factor: Expr, equation: _Linear, known: Knowledge) -> Verdict:
    """Whether it makes one derivative of the left side, with the equation divided by a or as it stands."""
    verdicts: list[Verdict] = []
    for whole, rest in (
        (factor, div(mul(factor, equation.b), equation.a)),
        (mul(factor, equation.a), mul(factor, equation.b)),
    ):
        slope = slope_of(known.coordinates(whole), equation.variable)
        verdicts.append(
            Verdict(Equality.UNKNOWN) if slope is None else decide(slope, rest, known.assumptions())
        )
    return next((v for v in verdicts if v.verdict is not Equality.DIFFERENT), verdicts[0])
