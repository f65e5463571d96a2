"""`f''(x) = 1/x^2` is said for every x, also after `x = 1` was found: one value does not make it true."""

from __future__ import annotations

from grader.equivalence import follows
from grader.records import Equality, StepVerdict
from grader.working import cues
from grader.working.entailment import ORDERED, deep_unknowns, is_ordered, relevant
from grader.working.links import Judgement, Trial, is_operator
from grader.working.open_functions import follows_for_functions


def for_every_value(trial: Trial) -> Judgement | None:
    """Fails where a formula that is worked out, or what is said "for all x", is wrong at another value."""
    link = trial.link
    general = link.everywhere or _is_formula(trial)
    if not general or not _is_solved(trial) or follows_for_functions(link.relation, trial.known):
        return None
    verdict = trial.identity
    if link.operator in ORDERED:
        verdict = follows([], link.relation, trial.known.assumptions())
    elif link.operator != "=":
        return None
    if verdict.verdict is not Equality.DIFFERENT:
        return None
    return Judgement(StepVerdict.FAILS, verdict.evidence)


def _is_formula(trial: Trial) -> bool:
    """`f''(x) = ...` with the unknown on the right side too."""
    link = trial.link
    opens = link.operator == "=" and link.first and not link.continuing and is_operator(link.left)
    return opens and bool(deep_unknowns(link.right, trial.known)) and not cues.supposes(link.cue)


def _is_solved(trial: Trial) -> bool:
    """Whether facts speak of its one unknown alone, and one of them is an equation."""
    names = deep_unknowns(trial.link.relation, trial.known)
    facts = [f.relation for f in relevant(trial.known.facts, trial.link.relation, trial.known)]
    alone = len(names) == 1 and all(deep_unknowns(r, trial.known) == names for r in facts)
    return alone and not all(is_ordered(r) for r in facts)
