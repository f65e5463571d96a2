"""The terms that a mark scheme adds to a condition: ft, cao, cso, isw, oe."""

from __future__ import annotations

from dataclasses import replace

from grader.criteria import evaluate
from grader.criteria.records import Gathered
from grader.criteria.search import expressions, offered
from grader.criteria.stated import stated
from grader.equivalence.ordering import same_but_for_order
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import readings
from grader.records import Equality, Match, Met, Place, StepVerdict
from grader.spec.model import AnswerIs, MarkSpec


def match_mark(mark: MarkSpec, gathered: Gathered) -> Match:
    """What a mark's condition finds, under the mark's terms."""
    found = evaluate(mark.when, gathered)
    if mark.isw and found.met is not Met.YES:
        found = _spoiled(mark, gathered) or found
    if found.followed and (mark.cao or not mark.follow):
        reason = "right for an earlier answer, and nothing is carried on here"
        reason = "correct answer only: nothing is carried on" if mark.cao else reason
        return Match(Met.NO, reason, found.place, found.evidence)
    if found.met is not Met.YES:
        return found
    if not mark.oe and not _as_written(gathered):
        reason = "it is equal, but not in the form that is asked for"
        return Match(_other_form(gathered), reason, found.place)
    if mark.cao and gathered.answer.rounded:
        return Match(Met.NO, "correct answer only: it is rounded", found.place)
    return _by_correct_solution(found, gathered) if mark.cso else found


def _by_correct_solution(found: Match, gathered: Gathered) -> Match:
    """`cso`: a line of the working that fails costs the mark; one that could not be checked asks a person."""
    steps = [s for s in gathered.working.steps if not s.place.line or _before(s.place, found.place)]
    failed = next((s for s in steps if s.verdict is StepVerdict.FAILS), None)
    if failed is not None:
        reason = f"correct solution only: line {failed.place.line} does not follow"
        return replace(found, met=Met.NO, reason=reason)
    unknown = next((s for s in steps if s.verdict is StepVerdict.UNKNOWN), None)
    if unknown is not None:
        reason = f"correct solution only: line {unknown.place.line} could not be checked"
        return replace(found, met=Met.UNSURE, reason=reason)
    return found


def _before(step: Place, place: Place | None) -> bool:
    """Whether a step stands no later than what it should lead to."""
    return place is None or step.file != place.file or (step.cell, step.line) <= (place.cell, place.line)


def _spoiled(mark: MarkSpec, gathered: Gathered) -> Match | None:
    """`isw`: the right answer, written before the one that counts and spoiled or doubled by it."""
    reference, final = gathered.known.target.references[:1], gathered.answer.answer
    if not isinstance(mark.when, AnswerIs) or not reference or final is None:
        return None
    if final.rivals or final.words or final.undecided:
        return None
    doubtful: Match | None = None
    for statement, member in expressions(gathered):
        place = statement.line.place
        if (
            member.kind != reference[0].kind
            or offered(statement, gathered)
            or not _before(place, final.place)
            or not gathered.same(member, reference[0])
        ):
            continue
        about = stated(statement, gathered)
        if about is Met.YES:
            return Match(Met.YES, "right here; what follows is ignored (isw)", place)
        if about is Met.UNSURE:
            doubtful = Match(Met.UNSURE, "right here, but not said to be the answer (isw)", place)
    return doubtful


def _as_written(gathered: Gathered) -> bool:
    """Whether the final answer has the reference's form, but for the order of terms and factors."""
    final, references = gathered.answer.answer, gathered.known.target.references
    if final is None or not references or gathered.answer.verdict is not Equality.EQUAL:
        return False
    return same_but_for_order(_one(final.tree), _one(references[0]))


def _other_form(gathered: Gathered) -> Met:
    """NO, but UNSURE where only signs within the factors differ: `(2 - x)(3 - x)` for `(x - 2)(x - 3)`."""
    final, references = gathered.answer.answer, gathered.known.target.references
    if final is None or not references:
        return Met.NO
    ours, theirs = _one(final.tree), _one(references[0])
    return Met.UNSURE if ours.head == theirs.head and len(ours.args) == len(theirs.args) else Met.NO


def _one(tree: Expr) -> Expr:
    return readings(tree, 1)[0]
