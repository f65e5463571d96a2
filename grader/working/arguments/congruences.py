"""Congruences: their letters are whole numbers, so they are tried for all remainders and not as real ones."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd, prod

from grader.expressions.nodes import Expr
from grader.records import Evidence, EvidenceKind, StepVerdict
from grader.working import cues
from grader.working.entailment import relevant, unknowns
from grader.working.knowledge import Fact, Knowledge
from grader.working.links import Judgement, Link, Trial
from grader.working.residues import Remainders, allowed, fulfils, is_congruence, modulus_of

_EVERY = Evidence(EvidenceKind.NORMAL_FORM, "It holds for every remainder that what stands before allows.")


def congruent(trial: Trial) -> Judgement | None:
    """What congruences before say of a congruence, or of an equation for one of their letters."""
    link, known = trial.link, trial.known
    relation = known.coordinates(link.relation)
    if link.operator != "=" or not unknowns(relation):
        return None
    facts = relevant(known.facts, link.relation, known)
    premises = [f for f in facts if is_congruence(f.relation) or _is_whole(f.relation)]
    congruences = [f for f in premises if is_congruence(f.relation)]
    if not is_congruence(relation) and not (congruences and _is_whole(relation)):
        return None
    if premises and (cues.supposes(link.cue) or _is_new(link.relation, premises)):
        return Judgement(StepVerdict.GIVEN, fact=link.relation, anew=True)
    return _tried(link, relation, premises, known)


def _tried(link: Link, relation: Expr, premises: Sequence[Fact], known: Knowledge) -> Judgement | None:
    """Holds where no remainders speak against it; fails where all do, or some and nothing else is meant."""
    given = [known.coordinates(f.relation) for f in premises]
    lines = tuple(sorted({f.line for f in premises}))
    open_verdict = Judgement(StepVerdict.GIVEN if _says_more(relation, given) else StepVerdict.UNKNOWN)
    places = allowed(given, (relation,))
    if places is None:
        return open_verdict if premises else None
    whole = prod(m for r in (*given, relation) if (m := modulus_of(r)))
    tried = [(place, fulfils(relation, place, whole)) for place in places]
    against = [place for place, true in tried if not true]
    if tried and not against and is_congruence(relation):
        return Judgement(StepVerdict.HOLDS, _EVERY, lines, fact=link.relation)
    if not premises or not tried:
        return None if not premises else open_verdict
    if len(against) == len(tried) or _is_decided(link, relation, given):
        return Judgement(StepVerdict.FAILS, _told(against[0], relation), lines)
    return Judgement(StepVerdict.GIVEN, fact=link.relation)


def _is_decided(link: Link, relation: Expr, given: Sequence[Expr]) -> bool:
    """Whether a congruence that some remainders speak against is wrong: it was meant to follow.

    It may be another condition where its modulus has nothing to do with those before.
    """
    equations = [g for g in given if not is_congruence(g)]
    if not is_congruence(relation) or _says_more(relation, given) or len(equations) > 1:
        return False
    apart = gcd(modulus_of(relation), prod(modulus_of(g) or 1 for g in given)) == 1
    return not apart or link.claimed


def _says_more(relation: Expr, given: Sequence[Expr]) -> bool:
    """Whether it speaks of a letter of which nothing was said."""
    return not unknowns(relation) <= frozenset().union(*(unknowns(g) for g in given))


def _is_whole(relation: Expr) -> bool:
    """`x = 3k + 2`: an equation that says what a letter is."""
    plain = relation.head == "chain" and relation.value == ("=",)
    return plain and relation.args[0].head == "symbol" and not is_congruence(relation)


def _is_new(relation: Expr, premises: Sequence[Fact]) -> bool:
    """Whether another congruence is to be solved, after one that has been."""
    solved = any(not f.basis and _is_solved(f.relation) for f in premises)
    return solved and is_congruence(relation) and not _is_solved(relation)


def _is_solved(relation: Expr) -> bool:
    sides = [side.args[0] for side in relation.args] if is_congruence(relation) else relation.args
    return sides[0].head == "symbol" and not unknowns(sides[1])


def _told(place: Remainders, relation: Expr) -> Evidence:
    shown = {str(s.value): str(v) for s, v in place.items() if s in unknowns(relation)}
    where = ", ".join(f"{name} = {value}" for name, value in shown.items())
    data = {"point": shown, "left": "", "right": "", "domain_only": False}
    sentence = f"With {where} what stands before holds, but this does not."
    return Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, data)
