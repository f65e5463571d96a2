"""What stands before may rule a relation out: the point that does, and what excuses the relation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from grader.equivalence.features import features
from grader.expressions.build import HALF, PI, chain, mul
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import contains, free_symbols, symbols_of
from grader.records import Equality, Evidence, EvidenceKind, Place, StepVerdict, Verdict
from grader.working.arguments.bounds import between_integers
from grader.working.arguments.few_values import against_its_own, against_points
from grader.working.arguments.near_miss import nearly_follows
from grader.working.arguments.numbering import is_numbered
from grader.working.arguments.one_of_several import one_case
from grader.working.arguments.parameters import fixes_parameter
from grader.working.arguments.rates import depends_silently
from grader.working.arguments.solutions import is_square, lost
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
    says_value,
    search,
    unknowns,
)
from grader.working.knowledge import Fact, Knowledge
from grader.working.links import Judgement
from grader.working.open_functions import for_all_arguments, open_functions
from grader.working.polar import speaks_of_angle
from grader.working.sampling import confirmed, determined, refuted_at

RIGHT_ANGLE = mul(HALF, PI)


def against_facts(
    relation: Expr, known: Knowledge, place: Place, cue: str, claimed: bool
) -> Judgement | None:
    """Fails where what stands before rules it out."""
    joined = cue == "and" and not says_value(relation, unknowns(relation))
    beside = (is_ordered(relation) or joined) and not claimed  # `x + 3 > 5 and x - 1 < 4`: two conditions
    earlier = tuple(
        f for f in known.facts if f.place != place and not (beside and f.basis and f.line == place.line)
    )
    before = known.with_facts(earlier)
    found_wrong = _refuted(relation, before, claimed, place.line, cue) or against_its_own(relation, before)
    if found_wrong is not None and found_wrong.verdict is StepVerdict.FAILS and known.told.angles:
        return _as_angle(relation, known, place) or found_wrong
    return found_wrong or against_points(relation, known)


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


def _refuted(relation: Expr, known: Knowledge, claimed: bool, line: int, cue: str) -> Judgement | None:
    """Fails at a point that fulfils everything supposed so far, where that makes the relation wrong."""
    supposed = [f for f in relevant(known.facts, relation, known) if f.basis]
    supposed = [f for f in supposed if not _speaks_of_open_function(f.relation, relation, known)]
    if any(excuse(relation, supposed, known) for excuse in _OTHERWISE_MEANT):
        return None
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
    if not _makes_wrong(relation, supposed, known, claimed, line, cue):
        return None
    told = lost(found, relation, known) if supposed else verdict.evidence
    if told is not None and told.data.get("lost_from") in known.split:
        return one_case(found.lines, relation, str(told.data["lost_from"]))
    return Judgement(StepVerdict.FAILS, told, found.lines)


def _makes_wrong(
    relation: Expr, supposed: Sequence[Fact], known: Knowledge, claimed: bool, line: int, cue: str
) -> bool:
    """Whether a relation that does not follow was meant to, and is no new condition or choice.

    It was where what is supposed decides it, or where a single slip away stands what does follow. Beside
    another condition of its line it is one as well, and not what was meant to follow from that.
    """
    if _decided(relation, supposed, known):
        return True
    if any(_is_put_in(fact.relation, relation, known) for fact in supposed):
        return False  # into an equation that the question has told
    if claimed and _speaks_of(supposed, relation):
        return True
    latest = [f for f in relevant(known.facts, relation, known) if claimed or f.line != line][-2:]
    derived = any(not f.basis for f in known.facts)
    rooted = any(is_square(f.relation, relation, known) for f in latest)
    near = rooted or nearly_follows(relation, [f.relation for f in reversed(latest)], known, derived)
    return near or fixes_parameter(relation, supposed, known, cue)


def _speaks_of_open_function(fact: Expr, relation: Expr, known: Knowledge) -> bool:
    """`g'(p) = 0`, where nothing says what g is: what follows from it for p, no point can tell.

    `f(x) = f(-x)` says what f is like, and nothing of x.
    """
    named = open_functions(fact, known)
    return bool(named - symbols_of(relation)) or (bool(named) and for_all_arguments(fact, named))


def _is_put_in(fact: Expr, relation: Expr, known: Knowledge) -> bool:
    """`4u + 2(5 - 3u) = 6` after `v = 5 - 3u`: what v is stands in it, and nothing else speaks of v."""
    if fact.head != "chain" or fact.value != ("=",) or fact.args[0].head != "symbol":
        return False
    name, value = fact.args
    others = [f.relation for f in known.facts if f.relation is not fact]
    spoken = any(str(name.value) in features(t).names for t in (relation, *others))
    inside = bool(value.args) and bool(free_symbols(value)) and not spoken
    return inside and any(contains(side, value) for side in relation.args)


def _is_slope_there(relation: Expr, _supposed: Sequence[Fact], _known: Knowledge) -> bool:
    """`dy/dx = -4/5`: a slope at a place, which the words around it name."""
    slopes = frozenset(slope for slope, *_ in slopes_in(relation))
    return bool(slopes) and says_value(relation, slopes)


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
        valued = says_value(relation, here) and says_value(
            fact.relation, here
        )  # `x = 1 ... x = -1`: two cases
        if alone and not valued and entails([fact.relation], opposite, known).verdict is Equality.EQUAL:
            if case and entails([fact.relation, *case], relation, known).verdict is Equality.EQUAL:
                return None  # nothing fulfils both: a case that is to be ruled out
            evidence = refutation([fact], relation, known)
            return Judgement(StepVerdict.FAILS, evidence, (fact.line,)) if evidence is not None else None
    return None


def _holds_identity(_relation: Expr, supposed: Sequence[Fact], known: Knowledge) -> bool:
    """Whether a matrix I of an open size is spoken of."""
    for fact in supposed:
        kinds = {s.value: s.kind for s in unknowns(fact.relation)}
        if "I" in kinds and "I" not in known.table.symbols and "matrix" in kinds.values():
            return True
    return False


def _true_of_positive(relation: Expr, supposed: Sequence[Fact], positive: Knowledge) -> bool:
    """Whether it follows where every name is positive: shown, or true at every point tried."""
    if clash(supposed) or never_positive(supposed):
        return False
    coordinates, places = points_on(supposed, relation, positive)
    if len(places) > 2 and confirmed(coordinates, places):
        return True
    if refuted_at(coordinates, places) is not None:
        return False
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


def _changes_silently(relation: Expr, _supposed: Sequence[Fact], known: Knowledge) -> bool:
    return depends_silently(relation, known)


def _is_one_of_many_angles(relation: Expr, supposed: Sequence[Fact], _known: Knowledge) -> bool:
    return speaks_of_angle(relation, [f.relation for f in supposed])


def _only_bounds_it(relation: Expr, supposed: Sequence[Fact], _known: Knowledge) -> bool:
    """`L > 0` says nothing against `L = sqrt(2 + L)`."""
    return not is_ordered(relation) and all(is_ordered(f.relation) for f in supposed)


# Why what is supposed says nothing against a relation that it does not imply.
_OTHERWISE_MEANT: tuple[Callable[[Expr, Sequence[Fact], Knowledge], bool], ...] = (
    _changes_silently,
    _is_slope_there,
    _is_one_of_many_angles,
    _holds_identity,
    _only_bounds_it,
)
