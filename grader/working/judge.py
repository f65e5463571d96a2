"""The verdict on one link: the explanations, in the order in which an examiner would think of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from grader.expressions.build import INFINITY, chain, neg
from grader.expressions.nodes import Expr, node, walk
from grader.records import Equality, Place, StepVerdict
from grader.working.arguments.abstract_matrices import of_matrices
from grader.working.arguments.asked import asked_value, rearranged
from grader.working.arguments.chances import is_chance, set_by_chances, values_put_in
from grader.working.arguments.conditions import (
    bare_operator,
    hypothesis,
    of_unknown,
    stated_value,
    stationarity,
)
from grader.working.arguments.congruences import by_remainders, congruent, without_modulus
from grader.working.arguments.conjugates import conjugate
from grader.working.arguments.contradiction import contradiction
from grader.working.arguments.differential import solves, solves_nothing
from grader.working.arguments.everywhere import for_every_value
from grader.working.arguments.forms import of_form
from grader.working.arguments.inequalities import inequality
from grader.working.arguments.instances import instance
from grader.working.arguments.integrals import antiderivative
from grader.working.arguments.members import earlier_member
from grader.working.arguments.new_constants import new_constant
from grader.working.arguments.norms import norm_for_vector
from grader.working.arguments.numbers import numbers_put_in
from grader.working.arguments.points import at_stated_point
from grader.working.arguments.premises import by_facts, consequence
from grader.working.arguments.quantity import own_quantity, true_of_reference, wrong_quantity
from grader.working.arguments.rates import depends_silently, integrated
from grader.working.arguments.rounding import approximation
from grader.working.arguments.series import of_series
from grader.working.arguments.slips import carried, own_slip, pointwise
from grader.working.arguments.strangers import explained
from grader.working.arguments.tangents import tangent
from grader.working.arguments.value_pairs import value_pairs
from grader.working.arguments.vectors import vector_put_in
from grader.working.definitions import explain_definition
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Link, Trial, holds, is_operator
from grader.working.restating import another_value
from grader.working.total import is_indefinite
from grader.working.tuples import alike

Explanation = Callable[[Trial], Judgement | None]


def identity(trial: Trial) -> Judgement | None:
    """Holds when the two sides are equal for every value."""
    if trial.link.operator not in ("=", "equiv"):
        return None
    verdict = trial.identity
    return holds(verdict.evidence) if verdict.verdict is Equality.EQUAL else None


ORDER: tuple[Explanation, ...] = (
    bare_operator,
    without_modulus,
    solves,
    tangent,
    instance,
    conjugate,
    of_form,
    of_series,
    explain_definition,
    approximation,
    antiderivative,
    identity,
    own_quantity,
    true_of_reference,
    norm_for_vector,
    earlier_member,
    at_stated_point,
    stationarity,
    values_put_in,
    stated_value,
    own_slip,
    congruent,
    of_matrices,
    contradiction,
    for_every_value,
    integrated,
    new_constant,
    vector_put_in,
    asked_value,
    rearranged,
    consequence,
    solves_nothing,
    inequality,
    wrong_quantity,
    set_by_chances,
    another_value,
    hypothesis,
)


def judge(link: Link, known: Knowledge) -> Judgement:
    """What the explanations say; where that is wrong, what they say with an earlier slip taken as said."""
    found = _judged(Trial(link, known))
    if found.verdict is StepVerdict.FAILS and known.own:
        again = _after_slips(link, known)
        if again is not None:
            return again
    return _with_slip(found, link)


def _judged(trial: Trial) -> Judgement:
    """The first explanation that has something to say; else what the ladder said of the two sides."""
    for explanation in ORDER:
        found = explanation(trial)
        if found is not None:
            return _unless_strange(found, trial)
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
    if found.verdict is not StepVerdict.FAILS or trial.link.operator != "=":
        return found
    opens = trial.link.first and not trial.link.continuing
    left = trial.link.left
    told = bool(found.premises) and left.head == "apply" and is_chance(left.args[0])
    if (opens or trial.link.right.head == "apply") and of_unknown(trial) and not told:
        return Judgement(StepVerdict.GIVEN, fact=trial.link.relation)
    for relation, _ in explained(trial.link.relation, trial.known):
        if trial.equal(*relation.args):
            return Judgement(StepVerdict.UNKNOWN, quantity=found.quantity)
    return found


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


def _is_open(trial: Trial) -> bool:
    """Whether a difference says nothing: an integral without ends is only known up to a constant, a set
    beside a number is a name that was read wrongly, y depends on x where `dy/dx` stands before, and a value
    that is set to infinity (`p = 1` would need `z = oo`) is a manner of speaking.
    """
    if depends_silently(trial.link.relation, trial.known):
        return True
    if trial.link.right in (INFINITY, neg(INFINITY)) and not is_operator(trial.link.left):
        return True
    kinds = {side.kind for side in alike(*trial.link.relation.args)}
    if len(kinds) > 1 and kinds & {"set", "tuple", "function", "truth"}:
        return True
    return any(is_indefinite(part) for side in trial.link.relation.args for part in walk(side))
