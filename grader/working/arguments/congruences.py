"""Congruences: their letters are whole numbers, so they are tried for all remainders and not as real ones."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd, prod

from grader.expressions.build import call, chain, number
from grader.expressions.nodes import Expr, walk
from grader.records import Equality, Evidence, EvidenceKind, StepVerdict
from grader.working import cues
from grader.working.entailment import relevant, unknowns
from grader.working.knowledge import Fact, Knowledge
from grader.working.links import Judgement, Trial
from grader.working.residues import Remainders, allowed, fulfils, is_congruence, modulus_of

_EVERY = Evidence(EvidenceKind.NORMAL_FORM, "It holds for every remainder that what stands before allows.")

_NUMBERS = {
    True: Evidence(EvidenceKind.NORMAL_FORM, "The remainders are the same."),
    False: Evidence(EvidenceKind.COUNTEREXAMPLE, "The remainders are not the same."),
}


def congruent(trial: Trial) -> Judgement | None:
    """What congruences before say of a congruence, or of an equation for one of their letters."""
    link = trial.link
    return by_remainders(link.relation, trial.known, link.cue, link.claimed) if link.operator == "=" else None


def by_remainders(relation: Expr, known: Knowledge, cue: str = "", claimed: bool = False) -> Judgement | None:
    """Holds or fails where that is so for all remainders that facts allow; None where none is spoken of."""
    facts = relevant(known.facts, relation, known)
    premises = [f for f in facts if is_congruence(f.relation) or _is_whole(f.relation)]
    bound = any(is_congruence(f.relation) for f in premises)
    if not unknowns(relation):
        return _of_numbers(relation)
    if not (is_congruence(relation) or (bound and _is_whole(relation))):
        return None
    if premises and (cues.supposes(cue) or _is_new(relation, premises)):
        return Judgement(StepVerdict.GIVEN, fact=relation, anew=True)
    return _tried(relation, premises, known, claimed)


def _as_remainders(trial: Trial) -> Judgement | None:
    """`Mod 7: 3^2 = 2`: numbers that are only equal as remainders."""
    modulus = number(trial.known.told.modular)
    sides = tuple(call("mod", side, modulus) for side in trial.link.relation.args)
    if trial.identity.verdict is not Equality.DIFFERENT or not trial.equal(*sides):
        return None
    return Judgement(StepVerdict.HOLDS, _NUMBERS[True])


def without_modulus(trial: Trial) -> Judgement | None:
    """`n^2 = 4 = 1` with three bars and no modulus: by that of the text; unknown where there are several."""
    link, known = trial.link, trial.known
    if link.operator == "=" and known.told.modular > 1 and not unknowns(link.relation):
        return _as_remainders(trial)
    if link.operator != "equiv" or not known.told.modular or is_congruence(link.relation):
        return None
    opens = link.first and not link.continuing and bool(unknowns(link.relation))
    if known.told.modular == 1:
        return Judgement(StepVerdict.GIVEN if opens else StepVerdict.UNKNOWN)
    sides = tuple(call("mod", side, number(known.told.modular)) for side in link.relation.args)
    found = by_remainders(chain(sides, ("=",)), known, link.cue, link.claimed)
    if found is not None:
        return found
    return (
        Judgement(StepVerdict.GIVEN, fact=chain(sides, ("=",))) if opens else Judgement(StepVerdict.UNKNOWN)
    )


def _of_numbers(relation: Expr) -> Judgement | None:
    """`7^(-1) = 7 (mod 12)`: what is worked out with numbers, inverses among them."""
    true = fulfils(relation, {}, 0) if is_congruence(relation) and modulus_of(relation) else None
    if true is None:
        return None
    return Judgement(StepVerdict.HOLDS if true else StepVerdict.FAILS, _NUMBERS[true])


def _tried(relation: Expr, premises: Sequence[Fact], known: Knowledge, claimed: bool) -> Judgement | None:
    """Holds where no remainders speak against it; fails where all do, or some and nothing else is meant."""
    whole, *given = (known.coordinates(r) for r in (relation, *(f.relation for f in premises)))
    lines = tuple(sorted({f.line for f in premises}))
    places = allowed(given, (whole,))
    tried = [(place, fulfils(whole, place, _together((whole, *given)))) for place in places or ()]
    against = [place for place, true in tried if not true]
    if tried and not against and is_congruence(relation):
        return Judgement(StepVerdict.HOLDS, _EVERY, lines, fact=relation)
    if not premises:
        return None
    if not tried:
        return Judgement(StepVerdict.GIVEN if _says_more(whole, given) else StepVerdict.UNKNOWN)
    if len(against) == len(tried) or _is_decided(whole, given, claimed):
        return Judgement(StepVerdict.FAILS, _told(against[0], whole), lines)
    return Judgement(StepVerdict.GIVEN, fact=relation)


def _is_decided(relation: Expr, given: Sequence[Expr], claimed: bool) -> bool:
    """Whether a congruence that some remainders speak against is wrong: it was meant to follow.

    It may be another condition where its modulus has nothing to do with those before.
    """
    equations = [g for g in given if not is_congruence(g)]
    if not is_congruence(relation) or _says_more(relation, given) or len(equations) > 1:
        return False
    return claimed or gcd(_together((relation,)), _together(given)) > 1


def _together(relations: Sequence[Expr]) -> int:
    """A multiple of every modulus."""
    found = [modulus_of(part) for relation in relations for part in walk(relation)]
    return prod(m for m in found if m)


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
    if relation.head == "or":
        return all(_is_solved(part) for part in relation.args)
    sides = [side.args[0] for side in relation.args] if is_congruence(relation) else relation.args
    return sides[0].head == "symbol" and not unknowns(sides[1])


def _told(place: Remainders, relation: Expr) -> Evidence:
    shown = {str(s.value): str(v) for s, v in place.items() if s in unknowns(relation)}
    where = ", ".join(f"{name} = {value}" for name, value in shown.items())
    data = {"point": shown, "left": "", "right": "", "domain_only": False}
    sentence = f"With {where} what stands before holds, but this does not."
    return Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, data)
