"""A link that follows from relations which stand before it, or is refuted by them."""

from __future__ import annotations

from grader.expressions.build import ZERO
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import replace
from grader.records import Equality, Evidence, EvidenceKind, Place, StepVerdict, Verdict
from grader.working import cues
from grader.working.arguments.against_facts import against_facts
from grader.working.arguments.asked import is_rearranged
from grader.working.arguments.bounds import in_words, too_weak
from grader.working.arguments.identically import identically
from grader.working.arguments.one_of_several import as_one_of
from grader.working.arguments.one_sided import multiplied, one_sided
from grader.working.arguments.points import read_at_points
from grader.working.arguments.rates import with_slopes
from grader.working.arguments.solutions import with_gained
from grader.working.arguments.spoken import told_in_words
from grader.working.arguments.stationary import where_stationary
from grader.working.arguments.surplus import surplus
from grader.working.entailment import (
    Entailment,
    entails,
    is_ordered,
    relevant,
    says_value,
    search,
    unknowns,
)
from grader.working.initial import with_places
from grader.working.knowledge import Fact, Knowledge
from grader.working.links import Judgement, Link, Trial, is_operator

SAME = Verdict(Equality.EQUAL, Evidence(EvidenceKind.IDENTICAL, "the same, with what stands before put in"))


def consequence(trial: Trial) -> Judgement | None:
    """Holds when the facts imply it; fails when they rule it out, or leave another solution for its unknown.

    A relation between several unknowns that the facts leave open is no failure: it may be a choice. It is
    one where a single slip away stands what does follow.
    """
    relation = trial.link.relation
    for fact in reversed(relevant(trial.known.facts, relation, trial.known)):
        for read in (fact, *read_at_points(fact, trial.known)):
            verdict = _by_substitution(trial, read)
            if verdict is not None:
                return Judgement(StepVerdict.HOLDS, verdict.evidence, (fact.line,), fact=relation)
    stated = _with_stated_values(trial)
    if stated is not None:
        return stated
    known, sloped = with_slopes(relation, with_places(relation, trial.known))
    opens = trial.link.first and not trial.link.continuing and not is_operator(trial.link.left)
    claimed = trial.link.claimed or sloped or is_rearranged(relation, known) or _quotes_law(trial.link)
    found = by_facts(relation, known, trial.link.place, trial.link.cue, claimed, opens, trial.link.single)
    found = as_one_of(found, trial.link, known) or found
    if found is not None and found.verdict is StepVerdict.FAILS:
        return where_stationary(relation, trial.known, trial.link.place) or found
    return found or _misquoted(trial)


def _misquoted(trial: Trial) -> Judgement | None:
    """Fails for an inequality that is called an instance of a law and does not hold for all values."""
    if not _quotes_law(trial.link):
        return None
    verdict = entails([], trial.link.relation, trial.known)
    wrong = verdict.verdict is Equality.DIFFERENT
    return Judgement(StepVerdict.FAILS, verdict.evidence) if wrong else None


def _is_sought(relation: Expr, known: Knowledge) -> bool:
    """`x = 1 gives y = 3`, where x is what an equation before is solved for, and no place is tried."""
    names = unknowns(relation)
    equations = (f.relation for f in known.facts if not f.side and not is_ordered(f.relation))
    return says_value(relation, names) and any(
        unknowns(r) == names and not says_value(r, names) for r in equations
    )


def _quotes_law(link: Link) -> bool:
    """An inequality that is said to be an instance of a law."""
    return is_ordered(link.relation) and bool(cues.LAW.search(link.cue))


def by_facts(
    relation: Expr,
    known: Knowledge,
    place: Place,
    cue: str = "",
    claimed: bool = False,
    opens: bool = True,
    single: bool = True,
) -> Judgement | None:
    """What the facts say of a truth: it follows, it is ruled out, or nothing (None).

    `opens`: it begins a statement, and may be the equation of another exercise; `single`: it is all of it.
    """
    relation = _spelled(relation, known)
    if not unknowns(relation):
        return None
    if relation.head == "or" and (gathered := _gathered(relation, known)) is not None:
        return gathered
    cased = is_ordered(relation) and cue != cues.CASE and bool(cues.CASE_OF.search(cue))
    found = None if cased else search(relation, known)
    if found is not None:
        return _implied(found, relation, known, cue, single)
    spoken = told_in_words(relation, known)
    if spoken is not None:
        return spoken
    compared = identically(relation, known)
    if compared is not None:
        return compared
    if cues.OTHER_LINE.search(cue):
        return Judgement(StepVerdict.GIVEN, fact=relation, anew=True)
    if _is_case(relation, known):
        return Judgement(StepVerdict.GIVEN, point=relation)
    if cues.supposes(cue) and not (cue.endswith(f" {cues.PUT_IN}") and _is_sought(relation, known)):
        return None
    if opens and (_is_formed(relation, known) or (not claimed and _is_new(relation, known))):
        return Judgement(StepVerdict.GIVEN, fact=relation, anew=True)
    return against_facts(relation, known, place, cue, claimed)


def _implied(found: Entailment, relation: Expr, known: Knowledge, cue: str, single: bool) -> Judgement:
    """Holds for what follows, unless more or less than that is said of the solutions."""
    extra = surplus(relation, known)
    if extra is not None and extra.certain:
        return Judgement(StepVerdict.FAILS, extra.evidence, (extra.line,))
    weak = _too_weak(relation, known, cue, single) if is_ordered(relation) else None
    if weak is not None:
        return Judgement(StepVerdict.FAILS, weak, found.lines)
    evidence = extra.evidence if extra is not None else with_gained(found, relation, known)
    evidence = in_words(found, relation, known, evidence)
    leans = tuple(f.line for f in found.premises if f in known.own)
    if leans and evidence is not None and evidence.kind is EvidenceKind.INEQUALITY:
        evidence = Evidence(evidence.kind, "It follows from what stands before, taken as said.")
    return Judgement(StepVerdict.HOLDS, evidence, found.lines, fact=relation, leans=leans)


def _spelled(relation: Expr, known: Knowledge) -> Expr:
    """`p(-1) = 3` as what it says of the letters in p."""
    value = relation.head == "chain" and relation.args[0].head == "apply" and not unknowns(relation)
    return known.coordinates(relation) if value else relation


def _too_weak(relation: Expr, known: Knowledge, cue: str, single: bool) -> Evidence | None:
    """Why an inequality that follows is no step towards the solutions; None where it is, with other lines."""
    if cues.supposes(cue):
        return None
    weak = too_weak(relation, known, cue) or (multiplied(relation, known) if single else None)
    if weak is not None or not single:
        return weak
    weak = one_sided(relation, known, cue)
    return weak if weak is not None and weak.data["one_side_of"] not in known.split else None


def _gathered(relation: Expr, known: Knowledge) -> Judgement | None:
    """Holds for `x = 3 or x = -2` where each is what a case before has ended in."""
    derived = {f.relation: f.line for f in known.facts if not f.basis}
    if not known.ended or not all(part in derived or part in known.ended for part in relation.args):
        return None
    evidence = Evidence(EvidenceKind.CONSISTENT, "Each of them is what a case before has ended in.")
    lines = tuple(sorted(derived[part] for part in relation.args if part in derived))
    return Judgement(StepVerdict.HOLDS, evidence, lines, fact=relation)


def _with_stated_values(trial: Trial) -> Judgement | None:
    """Holds with `sin a = 3/5` and `cos a = 4/5` put in, which the lines before have found."""
    link = trial.link
    facts = [f for f in trial.known.facts if f.relation.head == "chain" and f.relation.value == ("=",)]
    valued = [f for f in facts if f.relation.args[0].head == "call" and not unknowns(f.relation.args[1])]
    table = {f.relation.args[0]: f.relation.args[1] for f in valued}
    if link.operator != "=" or len(table) < 2:
        return None
    pair = replace(link.left, table), replace(link.right, table)
    if pair == (link.left, link.right) or not trial.equal(*pair):
        return None
    lines = sorted({f.line for f in valued})
    return Judgement(StepVerdict.HOLDS, SAME.evidence, tuple(lines), fact=link.relation)


def _is_case(relation: Expr, known: Knowledge) -> bool:
    """One of several alternatives that stand before it, taken by itself."""
    return any(f.relation.head == "or" and relation in f.relation.args for f in known.facts)


def _is_new(relation: Expr, known: Knowledge) -> bool:
    """An equation for an unknown that is solved already, and no value for it: another exercise."""
    if relation.head != "chain" or len(unknowns(relation)) != 1 or relation.args[0].head == "symbol":
        return False
    names = unknowns(relation)
    derived = (f.relation for f in known.facts if not f.basis)
    return any(all(says_value(part, names) for part in _parts(r)) for r in derived)


def _is_formed(relation: Expr, known: Knowledge) -> bool:
    """An equation that is made for given roots, and no step in solving another."""
    return known.told.purpose.forms and relation.head == "chain" and relation.args[-1] is ZERO


def _parts(relation: Expr) -> tuple[Expr, ...]:
    """The alternatives of `x = 3 or x = 1`."""
    return relation.args if relation.head == "or" else (relation,)


def _by_substitution(trial: Trial, fact: Fact) -> Verdict | None:
    """The verdict on the link with one fact `symbol = value` put in, if that makes it an identity."""
    link, relation = trial.link, fact.relation
    if relation.head != "chain" or relation.value != ("=",):
        return None
    left, right = relation.args
    for name, value in ((left, right), (right, left)):
        if name.head == "symbol" and link.operator == "=":
            pair = replace(link.left, {name: value}), replace(link.right, {name: value})
            if pair == (link.left, link.right):
                continue
            verdict = SAME if pair[0] is pair[1] else trial.compare(*pair)
            if verdict.verdict is Equality.EQUAL:
                return verdict
    return None
