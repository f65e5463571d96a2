"""What a worker is asked to do: grade one submission, and say it as a line of results.jsonl.

This module imports everything that grading needs: a worker that cannot have it says so at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from grader.exports.feedback_files import write_page
from grader.exports.results_jsonl import to_line
from grader.pipeline import grade_files
from grader.records import Evidence, MarkRecord, QuestionResult, Result
from grader.running.crashes import crashed
from grader.running.discover import Submission
from grader.spec.model import Homework, Question

UNSOUND = frozenset(["crash", "program-fault"])


@dataclass(frozen=True, slots=True)
class Graded:
    """A submission's line, and whether it would be the same another time (nothing crashed or was stopped)."""

    submission: str
    line: str
    sound: bool


def grade_line(submission: Submission, homework: Homework, out: Path | None = None) -> Graded:
    """Grades a submission, and writes its feedback below `out` if that is asked for.

    Whatever goes wrong in it is its own trouble: an error among its findings.
    """
    try:
        graded = graded_as(grade_files(submission.id, submission.files, homework, submission.findings))
    except Exception as bad:
        graded = lost_line(submission, f"{type(bad).__name__}: {bad}"[:500], homework)
    if out is not None:
        write_page(graded.line, out)
    return graded


def lost_line(submission: Submission, reason: str, homework: Homework) -> Graded:
    """What stands for a submission that could not be graded: its questions, no points, and a person."""
    return graded_as(_unmarked(crashed(submission, reason), homework))


def graded_as(result: Result) -> Graded:
    """A result as its line."""
    return Graded(result.submission, to_line(result), _is_sound(result))


def _is_sound(result: Result) -> bool:
    if any(finding.id in UNSOUND for finding in result.findings):
        return False
    return not any(_stopped(item) for item in result.questions)


def _stopped(item: QuestionResult) -> bool:
    """Whether a wall clock had a part in it."""
    found: list[Evidence | None] = [item.answer.evidence, *(step.evidence for step in item.steps)]
    return any(evidence is not None and "stopped" in evidence.data for evidence in found)


def _unmarked(result: Result, homework: Homework) -> Result:
    """A crashed result with what only the homework knows: its name, its questions, their points."""
    questions = tuple(
        QuestionResult(item.id, 0, item.points, "unreadable", True, marks=_no_marks(item))
        for item in homework.questions
    )
    possible = sum(item.possible for item in questions)
    return replace(result, homework=homework.id, possible=possible, questions=questions)


def _no_marks(question: Question) -> tuple[MarkRecord, ...]:
    """The marks as a person finds them who must award them."""
    return tuple(
        MarkRecord(mark.id, mark.points, 0, f"{mark.purpose}: not graded", unsure=True)
        for mark in question.marks
    )
