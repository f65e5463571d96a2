"""What stands for a submission that could not be graded."""

from __future__ import annotations

from grader.records import Finding, Result
from grader.running.discover import Submission

CRASH = "grading stopped"


def crashed(submission: Submission, message: str) -> Result:
    """The result of a submission that could not be graded: no points, an error, a person must look."""
    finding = Finding("error", f"{CRASH}: {message}", hint="a person must grade this one", id="crash")
    return Result(submission.id, "", 0, 0, True, (finding, *submission.findings))


def has_crashed(result: Result) -> bool:
    """Whether a result stands for a submission that could not be graded."""
    return any(item.message.startswith(CRASH) for item in result.findings)
