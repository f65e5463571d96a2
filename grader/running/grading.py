"""Grades a folder against a homework, keeping what is done as it goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path

from grader.exports.read_results import read_results
from grader.exports.results_jsonl import NAME, to_line
from grader.marking.overrides import graded_result
from grader.records import MarkRecord, QuestionResult, Result
from grader.running.batch import grade_all, has_crashed
from grader.running.changes import are_kept, opened
from grader.running.discover import Submission, submissions_in
from grader.running.overriding import write_settled
from grader.spec.model import Homework, Question

Progress = Callable[[int, int, Result], None]
DRAFT = f"{NAME}.part"


def grade_folder(
    path: Path,
    homework: Homework,
    out: Path,
    *,
    jobs: int = 1,
    resume: bool = False,
    progress: Progress | None = None,
) -> tuple[Result, ...]:
    """Grades every submission in `path` and writes OUT; the results, sorted by submission.

    Each result is kept in OUT/results.jsonl.part the moment it is there, so that a run that was
    stopped can go on: with `resume`, what OUT holds of this homework is not graded again. What people
    have changed in OUT (see `changes`) is in the results and files again.
    Raises SubmissionError if there is nothing to read, OSError if OUT cannot be written.
    """
    import_module("grader.pipeline")  # what is wrong with the program is said once, not of every submission
    submissions = submissions_in(path, homework.submission)
    kept = _kept(out, homework) if resume else {}
    left = [item for item in submissions if item.id not in kept]
    done = {item.id: kept[item.id] for item in submissions if item.id in kept}
    out.mkdir(parents=True, exist_ok=True)
    if are_kept(out):
        with opened(out, homework.id):  # what is wrong with it is said before the work, not after
            pass
    with (out / DRAFT).open("w", encoding="utf-8", errors="backslashreplace") as draft:
        draft.writelines(to_line(result) for result in done.values())
        for result in _graded(left, homework, jobs):
            done[result.submission] = result
            draft.write(to_line(result))
            draft.flush()
            if progress is not None:
                progress(len(done), len(submissions), result)
    results = tuple(done[item.id] for item in submissions)
    settled = write_settled(results, homework, out)
    (out / DRAFT).unlink()
    return settled


def grade_submission(submission: Submission, homework: Homework) -> Result:
    """Grades one submission: what a worker process is asked to do."""
    from grader.pipeline import grade

    return grade(submission.files, homework)


def _graded(submissions: list[Submission], homework: Homework, jobs: int) -> Iterator[Result]:
    for result in grade_all(submissions, partial(grade_submission, homework=homework), jobs):
        yield result if result.homework else _unmarked(result, homework)


def _unmarked(result: Result, homework: Homework) -> Result:
    """A crashed result with what only the homework knows: its name, its questions, their points."""
    asked = homework.questions
    questions = tuple(
        QuestionResult(item.id, 0, item.points, "unreadable", True, marks=_no_marks(item)) for item in asked
    )
    possible = sum(item.possible for item in questions)
    return replace(result, homework=homework.id, possible=possible, questions=questions)


def _no_marks(question: Question) -> tuple[MarkRecord, ...]:
    """The marks as a person finds them who must award them."""
    return tuple(
        MarkRecord(mark.id, mark.points, 0, f"{mark.purpose}: not graded", unsure=True)
        for mark in question.marks
    )


def _kept(out: Path, homework: Homework) -> dict[str, Result]:
    """What an earlier run left in OUT for this homework; one that crashed is tried again."""
    found = [graded_result(result) for name in (NAME, DRAFT) for result in read_results(out / name)]
    ours = [result for result in found if result.homework == homework.id]
    return {result.submission: result for result in ours if not has_crashed(result)}
