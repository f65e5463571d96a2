"""A result as its author may see it before the deadline: nothing in it gives a reference away.

Nothing is filtered out by guessing what might leak: everything is made anew from the student's own text,
the verdicts, and words that are known to say nothing of the right answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from grader.feedback.compose import REVIEW, compose
from grader.feedback.facts import where
from grader.feedback.texts import known_findings, text_for
from grader.records import (
    AnswerRecord,
    Equality,
    Evidence,
    EvidenceKind,
    Finding,
    FirstError,
    MarkRecord,
    Notice,
    Place,
    QuestionResult,
    RemarkRecord,
    Result,
    StepRecord,
    StepVerdict,
)
from grader.spec.model import AnswerIs, Homework, MarkSpec, Question

# What conditions say of an answer without saying anything of the reference.
NEUTRAL = frozenset(
    [
        "right",
        "right, carried on from the earlier answer",
        "no final answer was found",
        "several different final answers stand",
        "the final answer could not be decided",
        "the final answer is not right",
        "the opposite is claimed",
        "the opposite is claimed as well",
        "not understood",
        "not claimed",
        "claimed here",
        "nothing was handed in",
        "it is not written in the terms that are asked for",
        "an operation in it is not carried out",
    ]
)
FAULTS = frozenset(["crash", "program-fault"])
CRASHED = "This could not be graded by the program; a person will look at it."


def for_student(result: Result, homework: Homework) -> Result:
    """The result with neutral reasons, evidence that names points only, and feedback made of these."""
    asked = {item.id: item for item in homework.questions}
    return replace(
        result,
        findings=tuple(_finding(item) for item in result.findings),
        questions=tuple(_question(item, asked[item.id]) for item in result.questions),
    )


def notices(result: Result) -> tuple[Notice, ...]:
    """What to point at in the files of a student's result: what could not be read, first errors, doubts."""
    found = [item for item in map(_file_notice, result.findings) if item is not None]
    for question in result.questions:
        found.extend(_question_notices(question))
    return tuple(found)


def _question(item: QuestionResult, asked: Question) -> QuestionResult:
    first = item.first_error
    failing = _failing(item)
    neutral = replace(
        item,
        answer=replace(item.answer, evidence=_evidence(item.answer.evidence)),
        marks=tuple(_mark(mark, spec, item) for mark, spec in zip(item.marks, asked.marks, strict=False)),
        steps=tuple(replace(step, evidence=_evidence(step.evidence)) for step in item.steps),
        first_error=_first_error(first, failing) if first is not None else None,
        remarks=tuple(_remark(remark) for remark in item.remarks),
        feedback="",
        machine=None,
    )
    return replace(neutral, feedback=compose(neutral))


def _failing(item: QuestionResult) -> StepRecord | AnswerRecord | None:
    """The line that the first error is about: a step that fails there, else the answer."""
    first = item.first_error
    if first is None:
        return None
    here = (first.file, first.line, first.cell)
    lines: list[StepRecord | AnswerRecord] = [s for s in item.steps if s.verdict is StepVerdict.FAILS]
    for line in [*lines, item.answer]:
        if (line.file, line.line, line.cell) == here:
            return line
    return None


def _first_error(first: FirstError, failing: StepRecord | AnswerRecord | None) -> FirstError:
    """The first error in words that say nothing of the right value."""
    text = text_for(first.misconception or "unclear")
    evidence = _evidence(failing.evidence) if failing is not None else None
    said = evidence.sentence if evidence is not None else ""
    return replace(first, message=text.principle, fact=said, hint=text.hint, fix="")


def _evidence(evidence: Evidence | None) -> Evidence | None:
    """The kind, and of a counterexample the point; the values there would tell the right one."""
    if evidence is None:
        return None
    point = evidence.data.get("point")
    if evidence.kind is not EvidenceKind.COUNTEREXAMPLE or not isinstance(point, Mapping) or not point:
        return Evidence(evidence.kind)
    fails = "only one side has a value" if evidence.data.get("domain_only") else "it does not hold"
    return Evidence(evidence.kind, f"At {where(point)} {fails}.", {"point": point})


def _mark(mark: MarkRecord, spec: MarkSpec, item: QuestionResult) -> MarkRecord:
    return replace(mark, reason=_reason(mark, spec, item), changed=None)


def _reason(mark: MarkRecord, spec: MarkSpec, item: QuestionResult) -> str:
    """The scheme's own reason where it is one of the neutral ones, else the plainest that is true."""
    said = mark.reason.removeprefix(f"{spec.purpose}: ")
    evidence = item.answer.evidence
    if isinstance(spec.when, AnswerIs) and evidence is not None and evidence.sentence in NEUTRAL:
        said = evidence.sentence if item.answer.verdict is Equality.DIFFERENT else said
    said = said.split(": ")[0]  # what follows is quoted
    if said in NEUTRAL:
        return said
    if mark.unsure:
        return "a person will look at this"
    return "shown" if mark.earned > 0 else "not shown"


def _remark(remark: RemarkRecord) -> RemarkRecord:
    if remark.id not in known_findings():
        return remark
    return replace(remark, message=text_for(remark.id).principle)


def _finding(item: Finding) -> Finding:
    """A finding is about the student's own text, save that of a crash."""
    return replace(item, message=CRASHED, hint="") if item.id in FAULTS else item


def _file_notice(item: Finding) -> Notice | None:
    if item.severity == "note":
        return None
    level = item.severity
    title = "not read" if level == "error" else "please look"
    return Notice(level, title, item.message, item.place, hint=item.hint)


def _question_notices(item: QuestionResult) -> Iterator[Notice]:
    first = item.first_error
    if first is not None:
        failing = _failing(item)
        yield Notice(
            "error",
            f"{item.id}: the first line that is wrong",
            f"{first.message} {first.fact}".strip(),
            Place(first.file, first.line, cell=first.cell),
            failing.source if failing is not None else "",
            text_for(first.misconception or "unclear").hint,
        )
    if item.needs_review:
        yield Notice("warning", f"{item.id}: a person will look", _doubt(item), _doubtful_place(item))


def _doubt(item: QuestionResult) -> str:
    reasons = dict.fromkeys(mark.reason for mark in item.marks if mark.unsure)
    said = "; ".join(reason for reason in reasons if reason in NEUTRAL)
    return f"{REVIEW.removesuffix('.')}: {said}." if said else REVIEW


def _doubtful_place(item: QuestionResult) -> Place | None:
    """The line that a person will look at; None if no record tells its file."""
    file = item.answer.file or next((step.file for step in item.steps), None)
    for mark in item.marks:
        if mark.unsure and mark.line is not None:
            return Place(file or "", mark.line, cell=mark.cell)
    if item.answer.file is not None and item.answer.line is not None:
        return Place(item.answer.file, item.answer.line, cell=item.answer.cell)
    lines = [mark for mark in item.marks if mark.line is not None]
    if lines and lines[0].line is not None:
        return Place(file or "", lines[0].line, cell=lines[0].cell)
    return Place(item.steps[0].file, item.steps[0].line, cell=item.steps[0].cell) if item.steps else None
