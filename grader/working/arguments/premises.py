"""A link that follows from relations which stand before it, or is refuted by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as with_fields

from grader.expressions.build import chain
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import replace
from grader.records import Equality, Evidence, EvidenceKind, Place, StepVerdict, Verdict
from grader.working import cues
from grader.working.arguments.near_miss import nearly_follows
from grader.working.arguments.rates import with_slopes
from grader.working.arguments.solutions import lost, with_gained
from grader.working.entailment import Entailment, entails, is_ordered, refutation, relevant, search, unknowns
from grader.working.knowledge import Fact, Knowledge
from grader.working.links import Judgement, Trial

__all__ = ["by_facts", "consequence", "relevant", "unknowns"]

SAME = Verdict(Equality.EQUAL, Evidence(EvidenceKind.IDENTICAL, "the same, with what stands before put in"))


def consequence(trial: Trial) -> Judgement | None:
    """Holds when the facts imply it; fails when they rule it out, or leave another solution for its unknown.

    A relation between several unknowns that the facts leave open is no failure: it may be a choice. It is
    one where a single slip away stands what does follow.
    """
    relation = trial.link.relation
    for fact in reversed(relevant(trial.known.facts, relation)):
        verdict = _by_substitution(trial, fact)
        if verdict is not None:
            return Judgement(StepVerdict.HOLDS, verdict.evidence, (fact.line,), fact=relation)
    known, sloped = with_slopes(relation, trial.known)
    return by_facts(relation, known, trial.link.place, trial.link.cue, trial.link.claimed or sloped)


def by_facts(
    relation: Expr, known: Knowledge, place: Place, cue: str = "", claimed: bool = False
) -> Judgement | None:
    """What the facts say of a truth: it follows, it is ruled out, or nothing (None)."""
    if not unknowns(relation):
        return None
    found = search(relation, known)
    if found is not None:
        evidence = with_gained(found, relation, known)
        return Judgement(StepVerdict.HOLDS, evidence, found.lines, fact=relation)
    if cues.SUPPOSES.search(cue):
        return None
    earlier = tuple(f for f in known.facts if f.place != place)
    return _refuted(relation, with_fields(known, facts=earlier), claimed)


def _refuted(relation: Expr, known: Knowledge, claimed: bool) -> Judgement | None:
    """Fails at a point that fulfils everything supposed so far, where that makes the relation wrong."""
    supposed = [f for f in relevant(known.facts, relation) if f.basis]
    if not supposed:
        return None
    evidence = refutation(supposed, relation, known)
    verdict = Verdict(Equality.DIFFERENT, evidence)
    if evidence is None:
        verdict = entails([f.relation for f in supposed], relation, known)
    if verdict.verdict is not Equality.DIFFERENT:
        return None
    found = Entailment(verdict, tuple(supposed))
    if not _decided(relation, supposed, known) and not (claimed and _speaks_of(supposed, relation)):
        latest = [f for f in relevant(known.facts, relation)][-2:]
        if not nearly_follows(relation, [f.relation for f in reversed(latest)], known):
            return None
    return Judgement(StepVerdict.FAILS, lost(found, relation, known), found.lines)


def _speaks_of(premises: Sequence[Fact], relation: Expr) -> bool:
    """Whether the premises speak of every unknown of a relation."""
    return unknowns(relation) <= frozenset().union(*(unknowns(f.relation) for f in premises))


def _by_substitution(trial: Trial, fact: Fact) -> Verdict | None:
    """The verdict on the link with one fact `symbol = value` put in, if that makes it an identity."""
    link, (left, right) = trial.link, fact.relation.args[:2]
    for name, value in ((left, right), (right, left)):
        if name.head == "symbol" and link.operator == "=":
            pair = replace(link.left, {name: value}), replace(link.right, {name: value})
            if pair == (link.left, link.right):
                continue
            verdict = SAME if pair[0] is pair[1] else trial.compare(*pair)
            if verdict.verdict is Equality.EQUAL:
                return verdict
    return None


def _decided(relation: Expr, premises: Sequence[Fact], known: Knowledge) -> bool:
    """Whether a point where the premises hold and the relation does not makes the relation wrong."""
    here = unknowns(relation)
    given = [fact.relation for fact in premises]
    alone = [f.relation for f in known.facts if unknowns(f.relation) == here and not f.side]
    if len(here) == 1:
        solved = [p for p in alone if not is_ordered(p)]
        if is_ordered(relation):
            return bool(alone) and not solved
        if solved:
            return True
    if relation.head != "chain" or relation.value != ("=",):
        return False
    opposite = chain(relation.args, ("!=",))
    return entails(given, opposite, known).verdict is Equality.EQUAL
