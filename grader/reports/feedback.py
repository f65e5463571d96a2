"""What a feedback page says: the records of one submission, put in the order of the page."""

from __future__ import annotations

from dataclasses import dataclass

from grader.records import Equality, Finding, MarkRecord, QuestionResult, RemarkRecord, Result, StepVerdict
from grader.reports.lines import Line, lines_of
from grader.reports.wording import where

CRASH = "crash"
FINAL = {
    "equal": "final answer: right",
    "different": "final answer: not right",
    "followed": "final answer: carried on",
    "unknown": "final answer: not decided",
    "none": "final answer",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of the scheme as a row."""

    id: str
    earned: float
    points: float
    reason: str
    where: str
    followed: bool
    unsure: bool
    changed: bool

    @property
    def kind(self) -> str:
        """Full, part, none, or open (a person decides): for the style sheet."""
        if self.unsure:
            return "open"
        return "full" if self.earned >= self.points else "part" if self.earned > 0 else "none"

    @property
    def symbol(self) -> str:
        """The same for the eye."""
        return {"full": "✓", "part": "½", "none": "–", "open": "?"}[self.kind]


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark with its place and the question that goes with it."""

    where: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Error:
    """The first error: its place, the line as written, the fact, the hint; `placed` if a line shows it."""

    where: str
    source: str
    fact: str
    hint: str
    placed: bool
    fix: str = ""


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question of the page."""

    id: str
    number: str
    title: str
    earned: float
    possible: float
    status: str
    needs_review: bool
    lines: tuple[Line, ...]
    error: Error | None
    marks: tuple[Mark, ...]
    remarks: tuple[Remark, ...]
    undecided: tuple[str, ...]
    final_kind: str
    final_words: str


@dataclass(frozen=True, slots=True)
class Note:
    """A finding about a file."""

    severity: str
    message: str
    hint: str
    where: str


@dataclass(frozen=True, slots=True)
class FeedbackPage:
    """The page of one submission."""

    submission: str
    homework: str
    earned: float
    possible: float
    needs_review: bool
    notes: tuple[Note, ...]
    questions: tuple[QuestionPage, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """The files that its lines stand in."""
        names = (line.file for question in self.questions for line in question.lines)
        return tuple(dict.fromkeys(name for name in names if name))


def page_of(result: Result) -> FeedbackPage:
    """The page of a graded submission."""
    return FeedbackPage(
        result.submission,
        result.homework,
        result.earned,
        result.possible,
        result.needs_review,
        tuple(_note(finding) for finding in result.findings if finding.severity != "note"),
        tuple(_question(item) for item in result.questions),
    )


def _question(item: QuestionResult) -> QuestionPage:
    lines = lines_of(item)
    return QuestionPage(
        id=item.id,
        number=str(item.number or ""),
        title=item.title or item.id,
        earned=item.earned,
        possible=item.possible,
        status=item.status,
        needs_review=item.needs_review,
        lines=lines,
        error=_error(item, lines),
        marks=tuple(_mark(mark) for mark in item.marks),
        remarks=_remarks(item),
        undecided=tuple(dict.fromkeys(line.where for line in lines if line.verdict is StepVerdict.UNKNOWN)),
        final_kind=_final_kind(item),
        final_words=FINAL[_final_kind(item)],
    )


def _final_kind(item: QuestionResult) -> str:
    """How the final answer stands; one that is right by an earlier answer is not called wrong."""
    followed = any(mark.follow_through and mark.earned > 0 for mark in item.marks)
    verdict = item.answer.verdict
    return "followed" if verdict is Equality.DIFFERENT and followed else str(verdict)


def _error(item: QuestionResult, lines: tuple[Line, ...]) -> Error | None:
    first = item.first_error
    if first is None:
        return None
    shown = next((line for line in lines if line.first_error), None)
    said = f"{first.message} {first.fact}".strip()
    return Error(where(first.line, first.cell), first.source, said, first.hint, shown is not None, first.fix)


def _mark(mark: MarkRecord) -> Mark:
    place = where(mark.line, mark.cell) if mark.line is not None else ""
    return Mark(
        id=mark.id,
        earned=mark.earned,
        points=mark.points,
        reason=mark.reason,
        where=place,
        followed=mark.follow_through,
        unsure=mark.unsure,
        changed=mark.changed is not None,
    )


def _remarks(item: QuestionResult) -> tuple[Remark, ...]:
    """Each remark once, with all its places: what is said twice is not read twice."""
    by_message: dict[str, list[RemarkRecord]] = {}
    for remark in item.remarks:
        by_message.setdefault(remark.message, []).append(remark)
    return tuple(Remark(_places(found), message, found[0].hint) for message, found in by_message.items())


def _places(remarks: list[RemarkRecord]) -> str:
    return "; ".join(dict.fromkeys(where(r.line, r.cell) for r in remarks if r.line is not None))


def _note(finding: Finding) -> Note:
    if finding.id == CRASH:  # what broke in the program is no business of the student's
        return Note("error", "This could not be graded by the program; a person will look at it.", "", "")
    place = finding.place
    at = f"{place.file}, {where(place.line, place.cell)}" if place else ""
    return Note(finding.severity, finding.message, finding.hint, at)
