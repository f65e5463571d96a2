"""`l'(lambda) = n/lambda - S`, so the hat of lambda is n/S: where the slope that stands before it is 0."""

from __future__ import annotations

import re

from grader.equivalence import decide
from grader.expressions.build import ZERO
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, replace
from grader.expressions.symbols import Symbol
from grader.records import Equality, StepVerdict
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Trial

_ZERO = re.compile(r"\b(zero|0|solv\w+|stationary|vanish\w*)\b")
_HAT = re.compile(r"(?:hat|tilde)\((?P<letter>\w+)\)(?:_\w+)?$|(?P<marked>[^\W_]+)_(?:MLE|ML|mle|opt|star)$")


def estimate(trial: Trial) -> Judgement | None:
    """Holds or fails for what a hat over a letter says, once the slope of a function of it was worked out."""
    link, known = trial.link, trial.known
    if link.operator != "=" or not link.first or link.continuing or link.left.head != "symbol":
        return None
    letter = _letter(link.left, known)
    if letter is None or known.slope is None or not known.is_fresh(link.left):
        return None
    if letter in free_symbols(link.right):
        return None
    there = replace(known.coordinates(known.slope), {letter: known.coordinates(link.right)})
    verdict = decide(there, ZERO, known.assumptions())
    if verdict.verdict is Equality.UNKNOWN:
        return None
    made = Symbol(str(link.left.value), link.right.kind, definition=link.right)
    if verdict.verdict is Equality.EQUAL:
        return Judgement(StepVerdict.HOLDS, verdict.evidence, symbol=made)
    untold = free_symbols(link.right) - free_symbols(known.coordinates(known.slope))
    if untold or not _is_set_to_zero(trial):
        return None  # `= bar(x)`, of which nothing says what it is
    return Judgement(StepVerdict.FAILS, verdict.evidence, symbol=made, cause="wrong-critical-point")


def _is_set_to_zero(trial: Trial) -> bool:
    """Whether the slope is said to be 0: the largest value may be taken at an end, where it is not."""
    zeros = (fact.relation for fact in trial.known.facts if fact.relation.head == "chain")
    return bool(_ZERO.search(trial.link.cue)) or any(relation.args[-1] is ZERO for relation in zeros)


def _letter(name: Expr, known: Knowledge) -> Expr | None:
    """The letter under a hat, where it is all that some function of the student's own depends on."""
    found = _HAT.match(str(name.value))
    if found is None or known.slope is None:
        return None
    letter = found["letter"] or found["marked"]
    own = [s.parameters[0] for s in known.own_symbols() if len(s.parameters) == 1]
    of = [p for p in own if p.value == letter and p in free_symbols(known.coordinates(known.slope))]
    return of[0] if of else None
