"""A link that follows from relations which stand before it, or is refuted by them."""

from __future__ import annotations

from collections.abc import Sequence

from grader.equivalence import follows
from grader.expressions.build import chain
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, replace
from grader.records import Equality, Evidence, EvidenceKind, StepVerdict, Verdict
from grader.working.knowledge import Fact, Knowledge
from grader.working.links import Judgement, Trial

SAME = Verdict(Equality.EQUAL, Evidence(EvidenceKind.IDENTICAL, "the same, with what stands before put in"))


def consequence(trial: Trial) -> Judgement | None:
    """Holds when the facts imply it; fails when they rule it out, or leave another solution for its unknown.

    A relation between several unknowns that the facts leave open is no failure: it may be a choice.
    """
    relation = trial.link.relation
    for fact in reversed(relevant(trial.known.facts, relation)):
        verdict = _by_substitution(trial, fact)
        if verdict is not None:
            return Judgement(StepVerdict.HOLDS, verdict.evidence, (fact.line,), fact=relation)
    return by_facts(relation, trial.known)


def by_facts(relation: Expr, known: Knowledge) -> Judgement | None:
    """What the facts say of a truth: it follows, it is ruled out, or nothing (None)."""
    premises = relevant(known.facts, relation)
    if not premises:
        return None
    given = [f.relation for f in premises]
    lines = tuple(dict.fromkeys(f.line for f in premises))
    verdict = follows(given, relation, known.assumptions())
    if verdict.verdict is Equality.EQUAL:
        return Judgement(StepVerdict.HOLDS, verdict.evidence, lines, fact=relation)
    if verdict.verdict is Equality.DIFFERENT and _decided(relation, given, known):
        return Judgement(StepVerdict.FAILS, verdict.evidence, lines)
    return None


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


def _decided(relation: Expr, given: Sequence[Expr], known: Knowledge) -> bool:
    """Whether a point where the premises hold and the relation does not makes the relation wrong."""
    here = unknowns(relation)
    equations = [premise for premise in given if premise.head != "chain" or premise.value == ("=",)]
    if len(here) == 1 and any(unknowns(premise) == here for premise in equations):
        return True
    if relation.head != "chain" or relation.value != ("=",):
        return False
    opposite = chain(relation.args, ("!=",))
    return follows(given, opposite, known.assumptions()).verdict is Equality.EQUAL


def unknowns(tree: Expr) -> frozenset[Expr]:
    """The free symbols that are not functions."""
    return frozenset(s for s in free_symbols(tree) if s.kind != "function")


def relevant(facts: Sequence[Fact], relation: Expr) -> list[Fact]:
    """The facts that share an unknown with the relation, directly or through another such fact."""
    wanted = unknowns(relation)
    chosen: list[Fact] = []
    while True:
        near = [f for f in facts if f not in chosen and wanted & unknowns(f.relation)]
        if not near:
            return [f for f in facts if f in chosen]
        chosen.extend(near)
        wanted = wanted.union(*(unknowns(f.relation) for f in near))
