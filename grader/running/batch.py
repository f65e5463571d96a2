"""Grades many submissions: a crash on one is a finding on it, and the batch goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from grader.parallel import map_ordered
from grader.records import Finding, Result
from grader.running.discover import Submission

CRASH = "grading stopped"
GradeOne = Callable[[Submission], Result]


def grade_all(submissions: Sequence[Submission], grade_one: GradeOne, jobs: int = 1) -> Iterator[Result]:
    """A result for every submission, in their order.

    With `jobs` over 1, in that many processes; `grade_one` is then pickled (a module's function, or a
    `functools.partial` of one). The results are the same for every number of jobs.
    """
    return map_ordered(partial(_guarded, grade_one), submissions, min(jobs, len(submissions)), _lost, 1)


def crashed(submission: Submission, message: str) -> Result:
    """The result of a submission that could not be graded: no points, an error, a person must look."""
    finding = Finding("error", f"{CRASH}: {message}", hint="a person must grade this one", id="crash")
    return Result(submission.id, "", 0, 0, True, (finding, *submission.findings))


def has_crashed(result: Result) -> bool:
    """Whether a result stands for a submission that could not be graded."""
    return any(item.message.startswith(CRASH) for item in result.findings)


def _guarded(grade_one: GradeOne, submission: Submission) -> Result:
    """Grades one; whatever goes wrong in it is its own trouble."""
    try:
        result = grade_one(submission)
    except Exception as bad:
        return crashed(submission, f"{type(bad).__name__}: {bad}"[:500])
    findings = tuple(dict.fromkeys((*submission.findings, *result.findings)))
    return replace(result, submission=submission.id, findings=findings)


def _lost(submission: Submission) -> Result:
    return crashed(submission, "its process died (out of memory?)")
