"""The verdict on one link: the explanations, in the order in which an examiner would think of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from grader.expressions.build import INFINITY, chain, neg
from grader.expressions.nodes import Expr, TooLarge, node, walk
from grader.expressions.rewrite import free_symbols, symbols_of
from grader.records import Equality, Place, StepVerdict
from grader.working.arguments.abstract_matrices import of_matrices
from grader.working.arguments.applied_letters import applies_letter
from grader.working.arguments.asked import asked_value
from grader.working.arguments.asked import rearranged as made_subject
from grader.working.arguments.bending import bending
from grader.working.arguments.chain_rule import chain_rule
from grader.working.arguments.chances import is_chance, set_by_chances, values_put_in
from grader.working.arguments.changed_limits import changed_limit
from grader.working.arguments.conditions import (
    bare_operator,
    hypothesis,
    of_unknown,
    stated_case,
    stated_value,
    stationarity,
)
from grader.working.arguments.congruences import by_remainders, congruent, without_modulus
from grader.working.arguments.conjugates import conjugate
from grader.working.arguments.contradiction import contradiction
from grader.working.arguments.described_regions import described_region
from grader.working.arguments.differential import solves, solves_nothing
from grader.working.arguments.estimates import estimate
from grader.working.arguments.everywhere import for_every_value
from grader.working.arguments.expansions import expansion
from grader.working.arguments.extremum import sets_extremum
from grader.working.arguments.forms import of_form
from grader.working.arguments.inequalities import inequality
from grader.working.arguments.instances import instance
from grader.working.arguments.integrals import antiderivative
from grader.working.arguments.integrating import integrating_factor
from grader.working.arguments.log_likelihoods import log_likelihood
from grader.working.arguments.measured import in_units
from grader.working.arguments.members import earlier_member
from grader.working.arguments.named_laws import by_law
from grader.working.arguments.near_limits import near_limit
from grader.working.arguments.new_constants import new_constant
from grader.working.arguments.norms import norm_for_vector
from grader.working.arguments.numbers import numbers_put_in
from grader.working.arguments.parts_equated import parts_equated
from grader.working.arguments.points import at_stated_point
from grader.working.arguments.polynomials import taylor_polynomial
from grader.working.arguments.power_series import power_series
from grader.working.arguments.premises import by_facts, consequence
from grader.working.arguments.products_told import product_put_in
from grader.working.arguments.quantity import own_quantity, true_of_reference, wrong_quantity
from grader.working.arguments.rates import depends_silently, integrated
from grader.working.arguments.rearranged import rearranged
from grader.working.arguments.recurrences import by_recurrence
from grader.working.arguments.remainders import remainder
from grader.working.arguments.rounding import approximation
from grader.working.arguments.series import of_series
from grader.working.arguments.slips import by_said_slope, carried, own_slip, pointwise
from grader.working.arguments.slope_there import slope_there
from grader.working.arguments.spoken_slopes import spoken_slope
from grader.working.arguments.spoken_totals import spoken_total
from grader.working.arguments.strangers import exchanges_letters, explained
from grader.working.arguments.tangents import tangent, tangent_plane
from grader.working.arguments.total_chance import total_chance
from grader.working.arguments.untold_slopes import is_of_untold
from grader.working.arguments.value_pairs import value_pairs
from grader.working.arguments.vectors import entries_put_in, solved_for, vector_put_in
from grader.working.arguments.wrong_rates import wrong_rate
from grader.working.definitions import explain_definition
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Link, Trial, holds, is_operator
from grader.working.open_functions import follows_for_functions, says_of_functions
from grader.working.reprieves import reprieve
from grader.working.restating import another_value
from grader.working.scenes import is_of_older_scene
from grader.working.total import is_indefinite
from grader.working.tuples import alike

Explanation = Callable[[Trial], Judgement | None]


def identity(trial: Trial) -> Judgement | None:
    """Holds when the two sides are equal for every value."""
    if trial.link.operator not in ("=", "equiv"):
        return None
    verdict = trial.identity
    return holds(verdict.evidence) if verdict.verdict is Equality.EQUAL else None


def _left_out(trial: Trial) -> Judgement | None:
    """What `O(x^4)` leaves out: by the coefficients before it, else by its size near the place."""
    found = expansion(trial)
    return (
        found if found is not None and found.verdict is not StepVerdict.UNKNOWN else remainder(trial) or found
    )


ORDER: tuple[Explanation, ...] = (
    bare_operator,
    stated_case,
    bending,
    _left_out,
    taylor_polynomial,
    integrating_factor,
    spoken_slope,
    spoken_total,
    without_modulus,
    solves,
    tangent,
    tangent_plane,
    instance,
    changed_limit,
    described_region,
    estimate,
    conjugate,
    of_form,
    of_series,
    entries_put_in,
    log_likelihood,
    product_put_in,
    by_recurrence,
    in_units,
    explain_definition,
    approximation,
    antiderivative,
    identity,
    power_series,
    chain_rule,
    near_limit,
    own_quantity,
    true_of_reference,
    norm_for_vector,
    earlier_member,
    slope_there,
    at_stated_point,
    stationarity,
    by_law,
    total_chance,
    values_put_in,
    stated_value,
    own_slip,
    by_said_slope,
    congruent,
    solved_for,
    of_matrices,
    contradiction,
    for_every_value,
    integrated,
    new_constant,
    vector_put_in,
    parts_equated,
    asked_value,
    made_subject,
    rearranged,
    consequence,
    wrong_rate,
    solves_nothing,
    inequality,
    wrong_quantity,
    set_by_chances,
    sets_extremum,
    another_value,
    hypothesis,
)


# What these say is wrong they hold against what a line says in full.
_CERTAIN = (taylor_polynomial, conjugate, log_likelihood, wrong_rate)


def judge(link: Link, known: Knowledge) -> Judgement:
    """What the explanations say; unknown where what has to be looked at grows too large."""
    try:
        return _judged_twice(link, known)
    except TooLarge:
        return Judgement(StepVerdict.UNKNOWN)


def _judged_twice(link: Link, known: Knowledge) -> Judgement:
    """What they say; where that is wrong, what they say with an earlier slip taken as said."""
    found = _judged(Trial(link, known))
    if found.verdict is StepVerdict.FAILS:
        found = reprieve(Trial(link, known), _judged) or found
    if found.verdict is StepVerdict.FAILS and known.own:
        again = _after_slips(link, known)
        if again is not None:
            return again
    if found.verdict is StepVerdict.FAILS and applies_letter(link.relation, known):
        return Judgement(StepVerdict.UNKNOWN)
    return _with_slip(found, link)


def _judged(trial: Trial) -> Judgement:
    """The first explanation that has something to say; else what the ladder said of the two sides."""
    for explanation in ORDER:
        found = explanation(trial)
        if found is not None:
            return found if explanation in _CERTAIN else _unless_strange(found, trial)
    return _unless_strange(_unexplained(trial), trial)


def _after_slips(link: Link, known: Knowledge) -> Judgement | None:
    """Holds where it follows from the student's own slips and what was worked out since."""
    left, right = carried((link.left, link.right), known)
    found = _judged(Trial(replace(link, left=left, right=right), known.after_slips()))
    if found.verdict is not StepVerdict.HOLDS:
        return None
    lines = {slip.line for slip in known.own}
    kept = found.fact and link.relation
    return replace(found, premises=tuple(sorted({*found.premises, *lines})), fact=kept)


def _unless_strange(found: Judgement, trial: Trial) -> Judgement:
    """Not failed for a letter or a function that nobody explains."""
    if found.verdict is not StepVerdict.FAILS or trial.link.operator != "=" or found.cause:
        return found
    if _is_another_letter(trial):
        return Judgement(StepVerdict.GIVEN)
    if _lists_what_is_sought(trial):
        return Judgement(StepVerdict.UNKNOWN)
    opens = trial.link.first and not trial.link.continuing
    left = trial.link.left
    told = bool(found.premises) and left.head == "apply" and is_chance(left.args[0])
    said = (opens or trial.link.right.head == "apply") and of_unknown(trial) and not told
    if said or (opens and says_of_functions(trial.link.relation, trial.known)):
        return Judgement(StepVerdict.GIVEN, fact=trial.link.relation)
    for relation, _ in explained(trial.link.relation, trial.known):
        if trial.equal(*relation.args):
            return Judgement(StepVerdict.UNKNOWN, quantity=found.quantity)
    return found


def _lists_what_is_sought(trial: Trial) -> bool:
    """`(u, v) = B^-1 (5, 6)`: the names are what the right side says; that is judged elsewhere."""
    link, known = trial.link, trial.known
    names = link.left.args if link.left.head in ("matrix", "tuple") else ()
    letters = bool(names) and all(a.head == "symbol" for a in names)
    open_names = letters and bool(free_symbols(known.coordinates(link.left)))
    return open_names and link.first and not free_symbols(known.coordinates(link.right))


def _is_another_letter(trial: Trial) -> bool:
    """`A = 3`, a constant, where another question calls a matrix A."""
    left, right, known = trial.link.left, trial.link.right, trial.known
    asked = (*known.target.references, *known.target.named)
    spoken = any(left in symbols_of(tree) for tree in asked)
    arrays = left.head == "symbol" and left.kind in ("vector", "matrix")
    return arrays and right.kind == "scalar" and trial.link.first and not spoken


def judge_truth(truth: Expr, known: Knowledge, place: Place, cue: str = "") -> Judgement:
    """The verdict on a truth that is no single link, by the facts alone."""
    found = value_pairs(truth, known) or by_remainders(truth, known)
    found = found or by_facts(truth, known, place, cue) or Judgement(StepVerdict.UNKNOWN)
    return replace(found, slip=truth) if found.verdict is StepVerdict.FAILS else found


def _with_slip(found: Judgement, link: Link) -> Judgement:
    """With the wrong equation kept, for what the chain began with as well: A = B = C where B = C is wrong."""
    if found.verdict is not StepVerdict.FAILS or not (link.operator == "=" or link.ordered):
        return found
    slip = pointwise(link.relation)
    if link.operator == "=" and link.head is not link.left:
        slip = node("and", (slip, chain((link.head, link.right), ("=",))), None, "truth")
    return replace(found, slip=slip)


def _unexplained(trial: Trial) -> Judgement:
    if trial.link.operator not in ("=", "equiv"):
        return Judgement(StepVerdict.UNKNOWN)
    verdict = trial.identity
    failed = verdict.verdict is Equality.DIFFERENT and not (_is_open(trial) or numbers_put_in(trial))
    return Judgement(
        StepVerdict.FAILS if failed else StepVerdict.UNKNOWN, verdict.evidence if failed else None
    )


def _is_value(side: Expr, known: Knowledge) -> bool:
    """Whether functions stand for their values in what is said of them: `sigma^2 - sigma`."""
    named = [s for s in walk(side) if s.head == "symbol" and s.kind == "function"]
    told = (known.table.symbols.get(str(s.value)) for s in named)
    return (
        side.kind == "function"
        and side.head in ("add", "mul", "pow")
        and all(t and t.definition for t in told)
    )


def _is_open(trial: Trial) -> bool:
    """Whether a difference says nothing: an integral without ends is only known up to a constant, a set
    beside a number is a name that was read wrongly, y depends on x where `dy/dx` stands before, and a value
    that is set to infinity (`p = 1` would need `z = oo`) is a manner of speaking. Of a matrix of which lines
    before say something, more is true than of all.
    """
    if depends_silently(trial.link.relation, trial.known) or exchanges_letters(trial):
        return True
    if _is_about_matrices_of_facts(trial) or _has_said_slope(trial):
        return True
    if is_of_older_scene(trial.link.relation, trial.known):
        return True
    if follows_for_functions(trial.link.relation, trial.known) or is_of_untold(trial):
        return True
    if trial.link.right in (INFINITY, neg(INFINITY)) and not is_operator(trial.link.left):
        return True
    sides = alike(*trial.link.relation.args)
    kinds = {side.kind for side in sides}
    if kinds == {"scalar", "function"}:
        return not all(side.kind == "scalar" or _is_value(side, trial.known) for side in sides)
    if len(kinds) > 1 and kinds & {"set", "tuple", "function", "truth"}:
        return True
    return any(is_indefinite(part) for side in trial.link.relation.args for part in walk(side))


def _is_about_matrices_of_facts(trial: Trial) -> bool:
    """Whether a letter for a matrix stands in it and in an equation before."""
    told = {f.relation.args[0] for f in trial.known.facts if f.relation.args[-1].head == "matrix"}
    names = {s for s in free_symbols(trial.link.relation) if s.kind == "matrix"} - told
    known = {s: trial.known.table.symbols.get(str(s.value)) for s in names}
    letters = {s for s, declared in known.items() if declared is None or declared.definition is None}
    return any(letters & free_symbols(fact.relation) for fact in trial.known.facts)


def _has_said_slope(trial: Trial) -> bool:
    """Whether the slope of an open function stands in it, and a line before says of it what it is."""
    sides = [trial.known.coordinates(side) for side in trial.link.relation.args]
    slopes = {p.args[0] for side in sides for p in walk(side) if p.head == "derived"}
    names = {f"{s.value}'" for s in slopes if s.head == "symbol" and s.value not in trial.known.table.symbols}
    said = (part for fact in trial.known.facts for part in walk(fact.relation))
    return any(part.head == "symbol" and part.value in names for part in said)
