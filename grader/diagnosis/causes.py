"""What explains the first wrong line: what is wrong in it, and what should have stood there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace as with_fields
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

from grader.answers.forms import Extremal
from grader.answers.records import Checked
from grader.diagnosis.consequences import as_consequence, solved_wrongly
from grader.diagnosis.families import EXTREMES
from grader.diagnosis.own_terms import in_own_terms
from grader.diagnosis.search import Case, Explanation, diagnose
from grader.diagnosis.worked_out import is_misconverted, is_written_product, without_common, worked_out
from grader.diagnosis.written_out import readings_of, under_both_signs
from grader.equivalence import Assumptions, Interrupted, are_equal, constant_ratio, decide
from grader.equivalence.antiderivatives import primitive
from grader.equivalence.factored import factored
from grader.equivalence.spread import name_bare_functions
from grader.expressions.build import add, div, mul
from grader.expressions.calculus_rules import differentiate
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, replace
from grader.records import Equality
from grader.working import Knowledge, Step, Working
from grader.working.arguments.norms import as_norms, lengths
from grader.working.arguments.points import at
from grader.working.arguments.quantity import names
from grader.working.arguments.slips import carried, pointwise
from grader.working.knowledge import coordinates_of

_OPERATIONS = ("derivative", "gradient", "integral", "limit")


class HasStep(Protocol):
    """A failure: the wrong step, None where only the answer is wrong."""

    @property
    def step(self) -> Step | None:
        """The step."""


def misconception(
    failure: HasStep,
    working: Working,
    answer: Checked,
    references: Sequence[Expr],
    extremal: Extremal | None = None,
) -> str | None:
    """The id of the mal-rule that leads from something right to what the failing line says."""
    found = explanation(failure, working, answer, references, extremal)
    return None if found is None else found.id


def explanation(
    failure: HasStep,
    working: Working,
    answer: Checked,
    references: Sequence[Expr],
    extremal: Extremal | None = None,
) -> Explanation | None:
    """The same with the mal-rule, and with what else would explain the line."""
    step, known, found = failure.step, working.known, None
    if step is not None and step.cause:
        return solved_wrongly(step, working) or Explanation(step.cause, "")
    link = step if step is not None and step.relation is not None else None
    quantity = link is not None and _is_quantity(link, known)
    if link is not None and link.premises and not quantity:
        found = as_consequence(link, working, _diagnosed)
    found = found or _as_value(step, working, answer, references, extremal)
    if found is None and link is not None and quantity:
        return as_consequence(link, working, _diagnosed)
    return found


def _as_value(
    step: Step | None,
    working: Working,
    answer: Checked,
    references: Sequence[Expr],
    extremal: Extremal | None,
) -> Explanation | None:
    """What explains one side of a line, or the answer, beside what should have stood there."""
    known = working.known
    wrong, rights = _wrong_and_right(step, answer, known, references)
    if step is not None and step.relation is not None and _goes_on_from_quantity(step, working):
        rights.extend(references)
    if wrong is None or not rights:
        return None
    found = _elsewhere(wrong, references, extremal, known) or _beside(wrong, rights, known)
    for said in (wrong, *_said_before(wrong, step, answer, working)):
        found = found or _worked_out(said, references, extremal, known)
    link = step is not None and step.relation is not None and not _is_quantity(step, known)
    if found is None and link and is_misconverted(wrong, rights[0]):
        return Explanation("arithmetic-slip", "conversion")
    return found


def _beside(wrong: Expr, rights: Sequence[Expr], known: Knowledge) -> Explanation | None:
    """What explains a side, beside what should have stood there."""

    def at_once(said: Expr, expected: Sequence[Expr]) -> Explanation | None:
        return _diagnosed(said, expected, known.assumptions())

    tried = (under_both_signs(*pair, at_once) for pair in readings_of(wrong, rights, known))
    return next((found for found in tried if found is not None), None)


def _said_before(wrong: Expr, step: Step | None, answer: Checked, working: Working) -> list[Expr]:
    """What stands before the wrong value in its own line and equals it: `2 * 1/3 * 2/3 |v| = 4/9 |v|`."""
    place = step.place if step is not None else answer.answer.place if answer.answer is not None else None
    here = (m for s in working.statements if s.line.place == place for m in s.members[:-1])
    written = (m for m in here if is_written_product(m) and m is not wrong)
    assumptions = working.known.assumptions()
    return [m for m in written if decide(m, wrong, assumptions).verdict is Equality.EQUAL]


def _worked_out(
    wrong: Expr, references: Sequence[Expr], extremal: Extremal | None, known: Knowledge
) -> Explanation | None:
    """What explains a largest value that is not worked out to its end: `2 * 1/3 * 2/3 |v|`."""
    if extremal is None or not references or not is_written_product(wrong):
        return None
    return _beside(wrong, list(worked_out(references[0], extremal)), known)


def case_of(wrong: Expr, rights: Sequence[Expr], assumptions: Assumptions) -> Case:
    """What is to be explained, with forms of the right trees under what is assumed."""

    def ratio(left: Expr, right: Expr) -> Fraction | Expr | None:
        return constant_ratio(left, right, assumptions)

    def same(left: Expr, right: Expr) -> bool:
        return are_equal(left, right, assumptions)

    def further() -> Iterator[Expr]:
        for right in rights:
            yield from _forms(right, assumptions)

    wrong = _without_constant(wrong, rights[0])
    if wrong.kind != "vector" and any(right.kind == "vector" for right in rights):
        rights = [*rights, *(lengths(right) for right in rights)]
    measured = lengths(wrong) if wrong.kind == "vector" and wrong.head != "matrix" else None
    return Case(wrong, rights, assumptions, same, ratio, further, measured)


def _diagnosed(wrong: Expr, rights: Sequence[Expr], assumptions: Assumptions) -> Explanation | None:
    wrong, *rights = name_bare_functions((wrong, *rights), assumptions.table)
    wrong, bare, common = without_common(wrong, rights)
    try:
        found = _remembered(wrong, bare, assumptions)
    except Interrupted:
        return None
    if found is None or found.mended is None or not common:
        return found
    return with_fields(found, mended=mul(found.mended, *common))


@lru_cache(maxsize=1 << 12)
def _remembered(wrong: Expr, rights: tuple[Expr, ...], assumptions: Assumptions) -> Explanation | None:
    """A class makes the same slips: each is searched for once."""
    return diagnose(case_of(wrong, rights, assumptions))


def _without_constant(wrong: Expr, right: Expr) -> Expr:
    """What stands for an indefinite integral, or for a sum with one, without its constant of integration."""
    open_ended = (p.args[1] for p in walk(right) if p.head == "integral" and len(p.args) == 2)
    variable = next(open_ended, None)
    if variable is None or wrong.head != "add":
        return wrong
    moving = [term for term in wrong.args if variable in free_symbols(term)]
    return add(*moving) if moving else wrong


def _forms(right: Expr, assumptions: Assumptions) -> Iterator[Expr]:
    """What should have stood there: spelled out, carried out, worked out in factors."""
    yield lengths(coordinates_of(right, assumptions))
    for part in walk(right):
        if part.head == "derivative" and len(part.args) == 2:
            slope = differentiate(*part.args)
            if slope is not None:
                yield replace(right, {part: slope})
        if part.head == "integral" and len(part.args) == 2:
            area = primitive(*part.args)
            if area is not None:
                yield replace(right, {part: area})
    yield from in_own_terms(right, assumptions.table)
    worked_out = factored(lengths(right), assumptions)
    if worked_out is not None:
        yield worked_out


def _wrong_and_right(
    step: Step | None, answer: Checked, known: Knowledge, references: Sequence[Expr]
) -> tuple[Expr | None, list[Expr]]:
    """What is wrong, and what should have stood there: the side before it, and for the question's
    own quantity its references, and its name where that says how it comes about (a gradient).
    """
    if step is None or step.relation is None:
        named = [tree for tree in known.target.named if tree.head in _OPERATIONS]
        return (answer.answer.tree if answer.answer else None), [*references, *named]
    said = pointwise(step.relation)
    left, right = said.args[0], said.args[-1]
    if _is_quantity(step, known):
        return right, [left, *references]
    return right, [left, *_at_stated_points(left, known)]


def _goes_on_from_quantity(step: Step, working: Working) -> bool:
    """Whether the chain of a step begins with what the question asks for."""
    chains = (s.chain for s in working.statements if step in s.steps)
    heads = (working.heads.get(chain) for chain in chains)
    return any(head is not None and names(head, working.known) for head in heads)


def _is_quantity(step: Step, known: Knowledge) -> bool:
    """Whether a step says what the question's own quantity is."""
    return step.quantity or (step.relation is not None and step.relation.args[0] in known.target.named)


def _elsewhere_of_own(wrong: Expr, known: Knowledge) -> Explanation | None:
    """A largest value that is the one of the student's own earlier answer, at a place that was stated."""
    if not known.target.slipped:
        return None
    for point in known.points:
        for quantity in known.target.named:
            own = carried((quantity, quantity), known)[0]
            there = at(own, point.relation, known)
            pair = as_norms(there, wrong) or (there, wrong)
            if decide(*pair, known.assumptions()).verdict is Equality.EQUAL:
                return Explanation("wrong-critical-point", "stated-place")
    return None


def _at_stated_points(tree: Expr, known: Knowledge) -> Iterator[Expr]:
    """What a side is at the values that the student has stated (p = 1/3)."""
    spelled = known.coordinates(tree)
    for fact in known.points:
        here = replace(spelled, {fact.relation.args[0]: fact.relation.args[-1]})
        if here is not spelled:
            yield here


def _elsewhere(
    wrong: Expr, references: Sequence[Expr], extremal: Extremal | None, known: Knowledge
) -> Explanation | None:
    """A wrong largest value that is the one at another place: a stated one, the middle or an end."""
    if extremal is None or not references:
        return None
    found = _at_another_place(wrong, references[0], extremal, known)
    return found or _elsewhere_of_own(wrong, known)


def _at_another_place(
    wrong: Expr, reference: Expr, extremal: Extremal, known: Knowledge
) -> Explanation | None:
    if wrong.kind != reference.kind:
        wrong, reference = lengths(wrong), lengths(reference)
    body, variable, place = extremal.body, extremal.variable, extremal.place
    there = replace(body, {variable: place})
    stated = [f.relation.args[-1] for f in known.points if f.relation.args[0] is variable]
    domain = known.assumptions().domain(variable)
    for rule in EXTREMES:
        for other in rule.places([s for s in stated if s is not place], domain.low, domain.high):
            value = mul(reference, div(replace(body, {variable: other}), there))
            if decide(value, wrong, known.assumptions()).verdict is Equality.EQUAL:
                return Explanation(rule.id, rule.name)
    return None
