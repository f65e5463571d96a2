"""One answer of one submission as the page knows it: its address, its version, and how doubtful it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from grader.exports.results_jsonl import question_json
from grader.marking.overrides import as_graded
from grader.records import Equality, MarkRecord, QuestionResult, Result, StepVerdict

LETTERS = 10  # of a key: a class of thousands has no two alike


@dataclass(frozen=True, slots=True)
class Item:
    """An answer: whose it is, what was found, and as how doubtful the program left it (0: not at all).

    `unread`: not only this answer but nothing of its paper could be read.
    """

    key: str
    submission: str
    place: int
    rank: int
    question: QuestionResult
    doubt: float
    unread: bool = False

    @property
    def decided(self) -> bool:
        """Whether a person has decided a mark of it."""
        return self.question.machine is not None


def items_in(result: Result, place: int) -> Iterator[Item]:
    """The answers of a submission; `place` is its own in the class."""
    key, plain = key_of(result.submission), [as_graded(question) for question in result.questions]
    unread = all(question.status == "unreadable" for question in plain)
    for rank, (question, graded) in enumerate(zip(result.questions, plain, strict=True)):
        yield Item(key, result.submission, place, rank, question, doubt_of(graded), unread)


def key_of(submission: str) -> str:
    """What a submission is called in an address: it does not tell the name.

    >>> key_of("ana")
    '24d4b96f58'
    """
    return sha256(submission.encode("utf-8", "surrogatepass")).hexdigest()[:LETTERS]


def version_of(question: QuestionResult) -> str:
    """A text that is another one as soon as anything about the question is different."""
    told = json.dumps(question_json(question), sort_keys=True)
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def doubt_of(question: QuestionResult) -> float:
    """How little is certain, for what a person must look at: 0 is certain, and more is less so.

    The share of the points that wait for a person counts most, then whether the answer itself was decided,
    then the share of the lines that were not.
    """
    if not question.needs_review:
        return 0.0
    waiting = sum(mark.points for mark in question.marks if mark.unsure)
    open_answer = question.answer.verdict is Equality.UNKNOWN or question.status == "unreadable"
    unknown = sum(step.verdict is StepVerdict.UNKNOWN for step in question.steps)
    lines = unknown / len(question.steps) if question.steps else 0.0
    return round(0.05 + waiting / (question.possible or 1) + 0.5 * open_answer + 0.25 * lines, 3)


def doubts_of(question: QuestionResult) -> Iterator[str]:
    """Why a person must look, in words; nothing where nobody must."""
    if not question.needs_review:
        return
    waiting = [mark for mark in question.marks if mark.unsure]
    if waiting:
        yield f"{_names(waiting)} wait{'s' if len(waiting) == 1 else ''} for a person"
    if question.status == "unreadable":
        yield "it could not be read"
    if question.answer.verdict is Equality.UNKNOWN:
        yield "the final answer was not decided"
    unknown = sum(step.verdict is StepVerdict.UNKNOWN for step in question.steps)
    if unknown:
        yield f"{unknown} line{'s' if unknown > 1 else ''} not decided"
    if not waiting and question.machine is None and question.status != "unreadable":
        yield _why_at_all(question)


def _why_at_all(question: QuestionResult) -> str:
    """What an answer was marked down for, where a person is asked to look and no mark was left open."""
    error = question.first_error
    if error is not None:
        return f"to be confirmed: line {error.line}, {error.message[:1].lower()}{error.message[1:]}"
    lost = [f"{m.id} ({m.reason})" for m in question.marks if m.earned < m.points]
    return f"to be confirmed: {'; '.join(lost)}" if lost else "to be confirmed: all marks given"


def _names(marks: list[MarkRecord]) -> str:
    return ", ".join(mark.id for mark in marks)
