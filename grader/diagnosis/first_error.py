"""The first line that is wrong, and what explains it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.answers.final import not_withdrawn
from grader.answers.records import Checked
from grader.diagnosis.search import diagnose
from grader.equivalence import constant_ratio, decide
from grader.equivalence.factored import factored
from grader.expressions.nodes import Expr
from grader.records import Equality, Evidence, EvidenceKind, Place, StepVerdict
from grader.working import Knowledge, Step, Working
from grader.working.arguments.norms import lengths


@dataclass(frozen=True, slots=True)
class Failure:
    """The first wrong line: where, as written, why; `step` is None where only the answer is wrong."""

    place: Place
    source: str
    evidence: Evidence | None
    step: Step | None

    @property
    def sides(self) -> tuple[str, str]:
        """What the evidence compares, in words: two sides of a line, or the line and the right value."""
        if self.step is None:
            return "this", "the right value"
        if self.step.quantity:
            return "the right value", "this"
        if self.step.cause == "wrong-critical-point":
            return "the derivative there", "at a maximum it"
        return "the left side", "the right side"


def first_failure(working: Working, answer: Checked) -> Failure | None:
    """The first step that fails; else the final answer, if it is wrong and no step says so."""
    standing = not_withdrawn(working.statements)
    step = next((s for one in standing for s in one.steps if s.verdict is StepVerdict.FAILS), None)
    if step is not None:
        return Failure(step.place, step.source, step.evidence, step)
    wrong = answer.answer is not None and answer.verdict is Equality.DIFFERENT and not answer.followed
    if not wrong or answer.answer is None or _only_other_terms(answer.evidence):
        return None
    return Failure(answer.answer.place, answer.answer.source, answer.evidence, None)


def _only_other_terms(evidence: Evidence | None) -> bool:
    """True, but not written in the terms that were asked for: nothing is wrong with the line."""
    return evidence is not None and evidence.kind is EvidenceKind.CLAIM


def misconception(
    failure: Failure, working: Working, answer: Checked, references: Sequence[Expr]
) -> str | None:
    """The id of the mal-rule that leads from something right to what the failing line says."""
    if failure.step is not None and failure.step.cause:
        return failure.step.cause
    wrong, rights = _wrong_and_right(failure.step, answer, working, references)
    if wrong is None:
        return None
    known = working.known

    def same(left: Expr, right: Expr) -> bool:
        verdict = decide(left, right, known.assumptions())
        return verdict.verdict is Equality.EQUAL

    def ratio(left: Expr, right: Expr) -> Fraction | Expr | None:
        return constant_ratio(left, right, known.assumptions())

    others = [form for right in rights for form in _forms(right, known) if form is not wrong]
    return diagnose(lengths(wrong), list(dict.fromkeys(others)), same, ratio)


def _forms(right: Expr, known: Knowledge) -> Iterator[Expr]:
    """What should have stood there, as written, spelled out, and worked out in factors; vectors by length."""
    scalar = lengths(right)
    yield scalar
    yield known.coordinates(scalar)
    worked_out = factored(scalar, known.assumptions())
    if worked_out is not None:
        yield worked_out


def _wrong_and_right(
    step: Step | None, answer: Checked, working: Working, references: Sequence[Expr]
) -> tuple[Expr | None, list[Expr]]:
    """What is wrong, and what should have stood there: the side before it, and for the question's
    own quantity its references.
    """
    if step is None or step.relation is None:
        return (answer.answer.tree if answer.answer else None), list(references)
    left, right = step.relation.args
    rights = [*references, left] if step.quantity else [left]
    return right, rights
