"""`l(theta) = ...` beside a likelihood `L(theta) = ...`: its logarithm, up to what theta is not in."""

from __future__ import annotations

from grader.expressions.build import HALF, apply, call, sub
from grader.expressions.rewrite import replace
from grader.expressions.symbols import Symbol
from grader.records import Equality, Evidence, StepVerdict
from grader.working.links import Judgement, Trial

_LOGARITHMS = ("ell", "l", "LL", "cal(L)")
_LIKELIHOODS = ("L", "cal(L)", "Lik")
_SENTENCE = "It is not the logarithm of the likelihood, nor differs from it by a constant."


def log_likelihood(trial: Trial) -> Judgement | None:
    """Fails where a text that speaks of likelihoods says something else of their logarithm.

    At 1/2 a rate, a chance, a deviation may all be.
    """
    link, known = trial.link, trial.known
    left = link.left
    plain = link.operator == "=" and link.first and not link.continuing
    if not plain or left.head != "apply" or len(left.args) != 2 or left.args[0].value not in _LOGARITHMS:
        return None
    likelihood = _likelihood(trial)
    variable = left.args[1]
    if likelihood is None or variable.head != "symbol" or not known.told.purpose.estimates:
        return None
    gap = sub(call("ln", apply(likelihood.expr, variable)), link.right)
    verdict = trial.compare(gap, replace(gap, {variable: HALF}))
    if verdict.verdict is not Equality.DIFFERENT or verdict.evidence is None:
        return None
    evidence = Evidence(verdict.evidence.kind, _SENTENCE, verdict.evidence.data)
    return Judgement(StepVerdict.FAILS, evidence)


def _likelihood(trial: Trial) -> Symbol | None:
    own = (s for s in trial.known.own_symbols() if s.name in _LIKELIHOODS and len(s.parameters) == 1)
    return next((s for s in own if s.definition is not None), None)
