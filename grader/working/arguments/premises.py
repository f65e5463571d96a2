"""A link that follows from relations which stand before it, or is refuted by them."""

from __future__ import annotations

from collections.abc import Sequence

from grader.equivalence.features import features
from grader.expressions.build import HALF, PI, ZERO, chain, mul
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import contains, free_symbols, replace, symbols_of
from grader.records import Equality, Evidence, EvidenceKind, Place, StepVerdict, Verdict
from grader.working import cues
from grader.working.arguments.asked import is_rearranged
from grader.working.arguments.bounds import between_integers, in_words, too_weak
from grader.working.arguments.few_values import against_its_own, against_points
from grader.working.arguments.identically import identically
from grader.working.arguments.near_miss import nearly_follows
from grader.working.arguments.numbering import is_numbered
from grader.working.arguments.one_of_several import as_one_of, one_case
from grader.working.arguments.one_sided import multiplied, one_sided
from grader.working.arguments.parameters import fixes_parameter
from grader.working.arguments.points import read_at_points
from grader.working.arguments.rates import depends_silently, with_slopes
from grader.working.arguments.solutions import is_square, lost, with_gained
from grader.working.arguments.spoken import told_in_words
from grader.working.arguments.stationary import where_stationary
from grader.working.arguments.surplus import surplus
from grader.working.clashes import clash, never_positive
from grader.working.completing import slopes_in
from grader.working.entailment import (
    Entailment,
    deep_unknowns,
    entails,
    is_ordered,
    points_on,
    refutation,
    relevant,
    search,
    unknowns,
)
from grader.working.initial import with_places
from grader.working.knowledge import Fact, Knowledge
from grader.working.links import Judgement, Link, Trial, is_operator
from grader.working.polar import speaks_of_angle
from grader.working.sampling import confirmed, determined

__all__ = ["by_facts", "consequence", "relevant", "unknowns"]

RIGHT_ANGLE = mul(HALF, PI)
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
    return _solves(relation, names) and any(unknowns(r) == names and not _solves(r, names) for r in equations)


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
    if cues.supposes(cue) and not (cue.endswith(f" {cues.PUT_IN}") and _is_sought(relation, known)):
        return None
    if _is_case(relation, known):
        return Judgement(StepVerdict.GIVEN, point=relation)
    if opens and (_is_formed(relation, known) or (not claimed and _is_new(relation, known))):
        return Judgement(StepVerdict.GIVEN, fact=relation, anew=True)
    return _against_facts(relation, known, place, cue, claimed)


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


def _against_facts(
    relation: Expr, known: Knowledge, place: Place, cue: str, claimed: bool
) -> Judgement | None:
    """Fails where what stands before rules it out."""
    beside = is_ordered(relation) and not claimed  # `x + 3 > 5 and x - 1 < 4`: two conditions
    earlier = tuple(
        f for f in known.facts if f.place != place and not (beside and f.basis and f.line == place.line)
    )
    before = known.with_facts(earlier)
    found_wrong = _refuted(relation, before, claimed, place.line, cue) or against_its_own(relation, before)
    if found_wrong is not None and found_wrong.verdict is StepVerdict.FAILS and known.told.angles:
        return _as_angle(relation, known, place) or found_wrong
    return found_wrong or against_points(relation, known)


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


def _as_angle(relation: Expr, known: Knowledge, place: Place) -> Judgement | None:
    """Holds where it follows for an angle of a figure: `cos A = 1/2`, so `A = 60°`."""
    names = unknowns(relation)
    bounds = [bound for bound in known.told.angles if bound.args[1] in names]
    for whole in (bounds, [chain((*b.args[:2], RIGHT_ANGLE), b.value) for b in bounds]):
        facts = [Fact(bound, place, side=True) for bound in whole]
        found = search(relation, known.with_facts((*known.facts, *facts))) if facts else None
        if found is not None:
            evidence = Evidence(EvidenceKind.CONSISTENT, "It follows for an angle of a figure.")
            return Judgement(StepVerdict.HOLDS, evidence, found.lines, fact=relation)
    return None


def _gathered(relation: Expr, known: Knowledge) -> Judgement | None:
    """Holds for `x = 3 or x = -2` where each is what a case before has ended in."""
    derived = {f.relation: f.line for f in known.facts if not f.basis}
    if not known.ended or not all(part in derived or part in known.ended for part in relation.args):
        return None
    evidence = Evidence(EvidenceKind.CONSISTENT, "Each of them is what a case before has ended in.")
    lines = tuple(sorted(derived[part] for part in relation.args if part in derived))
    return Judgement(StepVerdict.HOLDS, evidence, lines, fact=relation)


def _refuted(relation: Expr, known: Knowledge, claimed: bool, line: int, cue: str) -> Judgement | None:
    """Fails at a point that fulfils everything supposed so far, where that makes the relation wrong.

    Beside another condition of its line it is one as well, and not what was meant to follow from that.
    """
    supposed = [f for f in relevant(known.facts, relation, known) if f.basis]
    supposed = [f for f in supposed if not _speaks_of_open_function(f.relation, relation, known)]
    if depends_silently(relation, known) or _is_slope_there(relation):
        return None
    if speaks_of_angle(relation, [f.relation for f in supposed]):
        return None  # one of many angles
    if any(_holds_identity(f.relation, known) for f in supposed):
        return None
    if not is_ordered(relation) and all(is_ordered(f.relation) for f in supposed):
        return None  # `L > 0` says nothing against `L = sqrt(2 + L)`
    several = known.told.purpose.measures or len(deep_unknowns(relation, known)) > 1
    positive = _for_positive(relation, supposed, known) if several else known
    if several and any(_true_of_positive(relation, f, positive) for f in (supposed, _there(supposed, known))):
        evidence = Evidence(EvidenceKind.CONSISTENT, "It follows for positive values.")
        lines = tuple(sorted({fact.line for fact in supposed}))
        return Judgement(StepVerdict.HOLDS, evidence, lines, fact=relation)
    verdict = _against(relation, supposed, known, positive)
    if verdict.verdict is not Equality.DIFFERENT:
        return _contradicted(relation, known)
    if between_integers(relation, verdict.evidence, known):
        return None
    found = Entailment(verdict, tuple(supposed))
    if is_numbered(relation, supposed, known):
        return Judgement(StepVerdict.GIVEN, fact=relation)
    decided = _decided(relation, supposed, known)
    if not decided and any(_is_put_in(fact.relation, relation, known) for fact in supposed):
        return None  # into an equation that the question has told
    if not decided and not (claimed and _speaks_of(supposed, relation)):
        latest = [f for f in relevant(known.facts, relation, known) if claimed or f.line != line][-2:]
        derived = any(not f.basis for f in known.facts)
        rooted = any(is_square(f.relation, relation, known) for f in latest)
        near = rooted or nearly_follows(relation, [f.relation for f in reversed(latest)], known, derived)
        if not near and not fixes_parameter(relation, supposed, known, cue):
            return None
    told = lost(found, relation, known) if supposed else verdict.evidence
    if told is not None and told.data.get("lost_from") in known.split:
        return one_case(found.lines, relation, str(told.data["lost_from"]))
    return Judgement(StepVerdict.FAILS, told, found.lines)


def _speaks_of_open_function(fact: Expr, relation: Expr, known: Knowledge) -> bool:
    """`g'(p) = 0`, where nothing says what g is: what follows from it for p, no point can tell."""
    named = {s for s in symbols_of(fact) if s.kind == "function"} - symbols_of(relation)
    return any(str(s.value) not in known.table.symbols for s in named)


def _is_put_in(fact: Expr, relation: Expr, known: Knowledge) -> bool:
    """`4u + 2(5 - 3u) = 6` after `v = 5 - 3u`: what v is stands in it, and nothing else speaks of v."""
    if fact.head != "chain" or fact.value != ("=",) or fact.args[0].head != "symbol":
        return False
    name, value = fact.args
    others = [f.relation for f in known.facts if f.relation is not fact]
    spoken = any(str(name.value) in features(t).names for t in (relation, *others))
    inside = bool(value.args) and bool(free_symbols(value)) and not spoken
    return inside and any(contains(side, value) for side in relation.args)


def _is_slope_there(relation: Expr) -> bool:
    """`dy/dx = -4/5`: a slope at a place, which the words around it name."""
    slopes = frozenset(slope for slope, *_ in slopes_in(relation))
    return bool(slopes) and _solves(relation, slopes)


def _contradicted(relation: Expr, known: Knowledge) -> Judgement | None:
    """Fails where one equation in the same single unknown rules it out, whatever else was supposed."""
    here = deep_unknowns(relation, known)
    if len(here) != 1 or is_ordered(relation) or relation.head != "chain":
        return None
    opposite = chain(relation.args, ("!=",))
    facts = relevant(known.facts, relation, known)
    case = [f.relation for f in facts if is_ordered(f.relation) and deep_unknowns(f.relation, known) == here]
    for fact in reversed(facts):
        alone = (
            not fact.side and deep_unknowns(fact.relation, known) == here and not is_ordered(fact.relation)
        )
        valued = _solves(relation, here) and _solves(fact.relation, here)  # `x = 1 ... x = -1`: two cases
        if alone and not valued and entails([fact.relation], opposite, known).verdict is Equality.EQUAL:
            if case and entails([fact.relation, *case], relation, known).verdict is Equality.EQUAL:
                return None  # nothing fulfils both: a case that is to be ruled out
            evidence = refutation([fact], relation, known)
            return Judgement(StepVerdict.FAILS, evidence, (fact.line,)) if evidence is not None else None
    return None


def _holds_identity(relation: Expr, known: Knowledge) -> bool:
    """Whether it speaks of a matrix I of an open size."""
    kinds = {s.value: s.kind for s in unknowns(relation)}
    return "I" in kinds and "I" not in known.table.symbols and "matrix" in kinds.values()


def _true_of_positive(relation: Expr, supposed: Sequence[Fact], positive: Knowledge) -> bool:
    """Whether it follows where every name is positive: shown, or true at every point tried."""
    if clash(supposed) or never_positive(supposed):
        return False
    coordinates, places = points_on(supposed, relation, positive)
    if len(places) > 2 and confirmed(coordinates, places):
        return True
    return entails([f.relation for f in supposed], relation, positive).verdict is Equality.EQUAL


def _there(supposed: Sequence[Fact], known: Knowledge) -> Sequence[Fact]:
    """What is supposed, at the values that were stated last: `where x = 160`."""
    latest = {point.relation.args[0]: point for point in known.points}
    return (*supposed, *latest.values())


def _against(relation: Expr, supposed: Sequence[Fact], known: Knowledge, positive: Knowledge) -> Verdict:
    """DIFFERENT with a point that fulfils what is supposed and not the relation, positive if there is one."""
    evidence = refutation(supposed, relation, positive)
    if evidence is not None:
        return Verdict(Equality.DIFFERENT, evidence)
    if positive is not known and points_on(supposed, relation, positive)[1]:
        return Verdict(Equality.UNKNOWN)
    evidence = refutation(supposed, relation, known)
    if evidence is not None:
        return Verdict(Equality.DIFFERENT, evidence)
    return entails([f.relation for f in supposed], relation, known)


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
    return any(all(_solves(part, names) for part in _parts(r)) for r in derived)


def _is_formed(relation: Expr, known: Knowledge) -> bool:
    """An equation that is made for given roots, and no step in solving another."""
    return known.told.purpose.forms and relation.head == "chain" and relation.args[-1] is ZERO


def _parts(relation: Expr) -> tuple[Expr, ...]:
    """The alternatives of `x = 3 or x = 1`."""
    return relation.args if relation.head == "or" else (relation,)


def _solves(part: Expr, names: frozenset[Expr]) -> bool:
    """Whether it says what one of the names is."""
    if part.head != "chain" or part.value != ("=",):
        return False
    return part.args[0] in names and not unknowns(part.args[1])


def _for_positive(relation: Expr, supposed: Sequence[Fact], known: Knowledge) -> Knowledge:
    """Letters stand for lengths and amounts, mostly: what is true of positive ones is not called wrong.

    Bars around letters say that they need not be positive: `|a + b| >= |a| + |b|`.
    """
    if "abs" in features(relation).calls:
        return known
    names = deep_unknowns(relation, known).union(*(deep_unknowns(f.relation, known) for f in supposed))
    scalars = sorted((s for s in names if s.kind == "scalar"), key=lambda s: str(s.value))
    return known.with_positive(tuple(scalars))


def _speaks_of(premises: Sequence[Fact], relation: Expr) -> bool:
    """Whether the premises speak of every unknown of a relation."""
    return unknowns(relation) <= frozenset().union(*(unknowns(f.relation) for f in premises))


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


def _excludes_a_value(relation: Expr) -> bool:
    """`k != 0`: a condition, and nothing that is being solved."""
    return relation.head == "chain" and set(relation.value) == {"!="}


def _decided(relation: Expr, premises: Sequence[Fact], known: Knowledge) -> bool:
    """Whether a point where the premises hold and the relation does not makes the relation wrong."""
    here = deep_unknowns(relation, known)
    given = [fact.relation for fact in premises]
    alone = [f.relation for f in known.facts if not f.side and deep_unknowns(f.relation, known) == here]
    solved = [p for p in alone if not is_ordered(p)]
    if is_ordered(relation):
        return any(not _excludes_a_value(p) for p in alone) and not solved
    if len(here) == 1 and solved:
        return True
    if relation.head != "chain" or relation.value != ("=",):
        return False
    equations = tuple(known.coordinates(p) for p in given if p.head == "chain" and p.value == ("=",))
    if determined(equations, here, known.assumptions()):
        return True
    opposite = chain(relation.args, ("!=",))
    return entails(given, opposite, known).verdict is Equality.EQUAL
