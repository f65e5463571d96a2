"""What was examined, as the records that results.jsonl, reports and exports are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from grader.answers.forms import extremal_of, reference_forms
from grader.answers.in_words import in_words_only, says_a_value
from grader.answers.solutions import lists_values
from grader.answers.withdrawn import standing_steps
from grader.diagnosis import Explanation
from grader.diagnosis.first_error import Failure, explanation, first_failure
from grader.examined import Examined, assumptions
from grader.expressions.nodes import walk
from grader.expressions.rewrite import free_symbols
from grader.feedback.compose import compose
from grader.feedback.facts import fact
from grader.feedback.texts import Text, known_findings, text_for
from grader.notation import expanded, to_latex
from grader.places import place_of
from grader.records import (
    AnswerRecord,
    Equality,
    Finding,
    FirstError,
    MarkRecord,
    QuestionResult,
    Remark,
    RemarkRecord,
    Section,
    Severity,
    Status,
    StepRecord,
)
from grader.spec.model import Question
from grader.working.mentions import is_mention


def question_result(examined: Examined) -> QuestionResult:
    """The result of one question, with its feedback."""
    question = examined.question
    failure = first_failure(examined.working, examined.answer, examined.untrue)
    found = _explained(failure, examined)
    cause = found.id if found is not None else None
    errors = notation_findings(examined) + illegible(examined.section) + elsewhere(examined.section)
    marks = examined.awarded.marks
    result = QuestionResult(
        id=question.id,
        earned=examined.awarded.earned,
        possible=question.points,
        status=_status(examined, bool(errors)),
        needs_review=_needs_review(examined, bool(errors)) or _is_at_odds(examined, failure),
        answer=_answer(examined),
        marks=marks,
        steps=_steps(examined),
        first_error=_first_error(failure, found, examined),
        misconceptions=(cause,) if cause is not None else (),
        remarks=_remarks(examined),
        number=question.number,
        title=question.title,
    )
    return replace(result, feedback=compose(result, errors))


def missing_result(question: Question) -> QuestionResult:
    """The result of a question for which nothing was handed in."""
    marks = tuple(MarkRecord(m.id, m.points, 0, "nothing was handed in") for m in question.marks)
    return _empty(question, "missing", marks)


def lost_result(question: Question, reason: str, status: Status) -> QuestionResult:
    """The result of a question for which nothing was found, though it may well have been handed in."""
    marks = tuple(MarkRecord(m.id, m.points, 0, reason, unsure=True) for m in question.marks)
    return _empty(question, status, marks, needs_review=True)


def doubted_result(examined: Examined, result: QuestionResult, reason: str) -> QuestionResult:
    """A result of which a person must look at the marks that were not earned."""
    marks = tuple(
        replace(m, reason=f"{m.reason}; {reason}" if m.reason else reason, unsure=True)
        if m.earned < m.points
        else m
        for m in result.marks
    )
    errors = notation_findings(examined) + illegible(examined.section) + elsewhere(examined.section)
    doubted = replace(result, marks=marks, needs_review=True)
    return replace(doubted, feedback=compose(doubted, errors))


def fault_result(question: Question) -> QuestionResult:
    """The result of a question on which the program itself failed: a person must grade it."""
    reason = "the program failed on this answer; a person must grade it"
    marks = tuple(MarkRecord(m.id, m.points, 0, reason, unsure=True) for m in question.marks)
    return _empty(question, "unreadable", marks, needs_review=True)


def _empty(
    question: Question, status: Status, marks: tuple[MarkRecord, ...], *, needs_review: bool = False
) -> QuestionResult:
    """A result without an answer."""
    empty = QuestionResult(
        id=question.id,
        earned=0,
        possible=question.points,
        status=status,
        needs_review=needs_review,
        marks=marks,
        number=question.number,
        title=question.title,
    )
    return replace(empty, feedback=compose(empty))


def fault_finding(question: Question, section: Section, fault: Exception) -> Finding:
    """What is told of a failure: where it happened, and the kind of fault for whoever mends the program."""
    message = f"{question.id} could not be examined: a fault of the program ({type(fault).__name__}: {fault})"
    return Finding(
        "error", message, section.pieces[0].place, "please report it with the file", "program-fault"
    )


def _explained(failure: Failure | None, examined: Examined) -> Explanation | None:
    if failure is None:
        return None
    question = examined.question
    return explanation(
        failure, examined.working, examined.answer, reference_forms(question), extremal_of(question)
    )


def _status(examined: Examined, errors: bool) -> Status:
    if examined.awarded.earned >= examined.question.points:
        return "correct"
    if examined.awarded.earned > 0:
        return "partial"
    if not examined.section.pieces:
        return "missing"
    readable = any(s.members for s in examined.working.statements)
    return "unreadable" if errors and not readable else "incorrect"


def _needs_review(examined: Examined, errors: bool) -> bool:
    """Whether a person must look: something unsure, undecided, unread, hedged, or built on a redefinition."""
    lost = examined.awarded.earned < examined.question.points
    asked = examined.question.answer.type != "claims"
    pieces = examined.section.pieces
    listed = examined.question.answer.type == "set" and lists_values(examined.working)
    unfound = examined.answer.answer is None and (listed or says_a_value(pieces))
    in_words = asked and (in_words_only(pieces) or unfound)
    undecided = examined.answer.verdict is Equality.UNKNOWN or in_words or _has_indices(examined)
    redefined = any(step.redefines for step in examined.working.steps)
    unsure = examined.awarded.needs_review or examined.answer.hedged
    return unsure or redefined or (lost and (errors or undecided))


def _is_at_odds(examined: Examined, failure: Failure | None) -> bool:
    """Whether every mark is earned beside a wrong line, and the scheme does not say that such is ignored."""
    question = examined.question
    stands = question.isw or any(mark.isw for mark in question.marks)
    return failure is not None and examined.awarded.earned >= question.points and not stands


def _has_indices(examined: Examined) -> bool:
    """Whether declared names bear indices in the final answer (`p_i .. p_j`) that nothing explains."""
    answer = examined.answer.answer
    if answer is None:
        return False
    declared, free = examined.working.known.declared, free_symbols(answer.tree)
    indexed = (p for p in walk(answer.tree) if p.head == "index" and not free.isdisjoint(p.args[1:]))
    return any(part.args[0].value in declared for part in indexed)


def _answer(examined: Examined) -> AnswerRecord:
    checked = examined.answer
    if checked.answer is None:
        return AnswerRecord()
    place, source = checked.answer.place, checked.answer.source
    return AnswerRecord(
        place.file,
        place.line,
        source,
        checked.verdict,
        checked.evidence,
        place.cell,
        _written_out(source, examined),
    )


def _written_out(source: str, examined: Examined) -> str:
    """A formula without the document's macros; nothing where it uses none."""
    found = expanded(source, examined.section.macros)
    return found if found != source else ""


def _steps(examined: Examined) -> tuple[StepRecord, ...]:
    return tuple(
        StepRecord(
            s.place.file,
            s.place.line,
            s.source,
            s.verdict,
            s.evidence,
            s.premises,
            s.place.cell,
            _written_out(s.source, examined),
        )
        for s in standing_steps(examined.working)
    )


def _first_error(failure: Failure | None, found: Explanation | None, examined: Examined) -> FirstError | None:
    """The first wrong line, told in as much detail as the spec allows."""
    if failure is None:
        return None
    level = examined.question.hints
    cause = found.id if found is not None else None
    text = text_for("unclear" if cause is None or level == "location" else cause)
    told = level != "location"
    return FirstError(
        file=failure.place.file,
        line=failure.place.line,
        misconception=cause,
        message=text.principle,
        cell=failure.place.cell,
        source=failure.source,
        fact=fact(failure.evidence, *failure.sides) if told else "",
        hint=text.hint if told else "",
        fix=_fix(failure, found) if level == "fix" else "",
    )


def _fix(failure: Failure, found: Explanation | None) -> str:
    """The right side of the line with its slip undone; nothing where that only says its left side again."""
    mended = found.mended if found is not None else None
    relation = failure.step.relation if failure.step is not None else None
    if mended is None or (relation is not None and mended is relation.args[0]):
        return ""
    return to_latex(mended)


def _remarks(examined: Examined) -> tuple[RemarkRecord, ...]:
    """Each remark once a line, in the order of the lines."""
    found: dict[tuple[str, int | None], RemarkRecord] = {}
    for remark, line, cell in _all_remarks(examined):
        text = text_for(remark.id) if remark.id in known_findings() else Text(remark.message, "")
        found.setdefault((remark.id, line), RemarkRecord(remark.id, line, text.principle, cell, text.hint))
    return tuple(sorted(found.values(), key=lambda r: (r.line or 0, r.id)))


def _all_remarks(examined: Examined) -> Iterable[tuple[Remark, int | None, int | None]]:
    for remark, place in assumptions(examined):
        yield remark, place.line, place.cell
    for step in examined.working.steps:
        for remark in step.remarks:
            yield remark, step.place.line, step.place.cell
    answer = examined.answer
    if answer.answer is not None:
        for remark in answer.remarks:
            yield remark, answer.answer.place.line, answer.answer.place.cell
    for match in examined.matches.values():
        for remark in match.remarks:
            if match.place is not None and remark not in answer.remarks:
                yield remark, remark.line or match.place.line, match.place.cell


_ELSEWHERE = re.compile(
    r"\bsee\s+(?:my\s+|the\s+)?(?:answer|solution|work|question|problem|part|page|q\s*\d|\(?\d\)?\b)"
    r"|\b(?:answered|done|shown|solved)\s+(?:above|in\s+(?:question|problem|part))\b|\bsame\s+as\s+(?:in\s+)?question\b",
    re.IGNORECASE,
)
_ILLEGIBLE = re.compile(r"\[\s*(?:illegible|unreadable|unclear|indistinct)[^\]\n]{0,40}\]", re.IGNORECASE)


def elsewhere(section: Section) -> tuple[Finding, ...]:
    """Where an answer sends its reader to another one, which this program does not follow."""
    found = [(p, m) for p in section.pieces if p.kind == "prose" for m in _ELSEWHERE.finditer(p.text)]
    return tuple(
        Finding("warning", f"`{m.group()}` refers to another answer", place_of(p, m.start()), "", "elsewhere")
        for p, m in found[:1]
    )


def illegible(section: Section) -> tuple[Finding, ...]:
    """Where a scanner, or whoever copied the answer out, says that something could not be read."""
    findings = []
    for piece in section.pieces:
        for found in _ILLEGIBLE.finditer(piece.text):
            place = place_of(piece, found.start())
            message = f"`{found.group()}` stands for something that was not read"
            findings.append(Finding("warning", message, place, "", "illegible"))
    return tuple(findings)


def notation_findings(examined: Examined) -> tuple[Finding, ...]:
    """What could not be read, one finding a formula, with its place, cause and hint."""
    findings = []
    for statement in examined.working.statements:
        line = statement.line
        for error in () if is_mention(line.segment) else line.segment.errors[:1]:
            column = line.place.column + max(0, error.offset - line.segment.offset)
            place = replace(line.place, column=column)
            message = f"`{line.segment.source.strip()}` could not be read: {error.message}"
            severity: Severity = "warning" if error.cause == "ellipsis" else "error"
            findings.append(Finding(severity, message, place, error.hint, error.cause))
    return tuple(findings)
