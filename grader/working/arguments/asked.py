"""What a question asks for: "Find $f(g(x))$", "make $r$ the subject". What is then written is claimed."""

from __future__ import annotations

from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols
from grader.records import Equality, StepVerdict
from grader.working import cues
from grader.working.entailment import relevant, search, unknowns
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Trial


def asked_value(trial: Trial) -> Judgement | None:
    """Fails for `f(g(x)) = (2x - 1)^2` where f(g(x)) was asked for and is something else.

    What is set equal to a number is an equation to be solved.
    """
    link, known = trial.link, trial.known
    if link.left not in known.asked or not _opens(trial):
        return None
    inside = unknowns(known.coordinates(link.right))
    if not inside or not inside <= unknowns(known.coordinates(link.left)):
        return None
    return _unless_it_follows(trial)


def rearranged(trial: Trial) -> Judgement | None:
    """Fails for an equation between the letters of a formula that is rearranged, where it is another one."""
    link, known = trial.link, trial.known
    if not is_rearranged(link.relation, known) or not _opens(trial) or cues.supposes(link.cue):
        return None
    if any(f.basis for f in relevant(known.facts, link.relation, known)):
        return None
    return _unless_it_follows(trial)


def is_rearranged(relation: Expr, known: Knowledge) -> bool:
    """Whether a formula is being rearranged, and a relation speaks of its letters, several of them."""
    names = unknowns(relation)
    plain = relation.head == "chain" and relation.value == ("=",)
    return known.told.purpose.rearranges and plain and len(names) > 1 and names <= known.seen


def _opens(trial: Trial) -> bool:
    return trial.link.operator == "=" and trial.link.first and not trial.link.continuing


def _unless_it_follows(trial: Trial) -> Judgement | None:
    verdict = trial.identity
    if verdict.verdict is not Equality.DIFFERENT or not free_symbols(trial.link.left):
        return None
    found = search(trial.link.relation, trial.known)
    return None if found is not None else Judgement(StepVerdict.FAILS, verdict.evidence)
