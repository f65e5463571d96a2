"""What OUT holds: results read back, and a submission or a question found in them by its id."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader.errors import SubmissionError
from grader.exports.read_results import read_results
from grader.exports.results_jsonl import NAME
from grader.records import QuestionResult, Result
from grader.spec.suggest import did_you_mean


def load_results(out: Path) -> tuple[Result, ...]:
    """The results in OUT (a folder, or its results.jsonl). Raises SubmissionError if there are none."""
    path = out if out.is_file() else out / NAME
    if not path.is_file():
        raise SubmissionError(f"{out}: no {NAME} here", "name a folder that `grader grade` has written")
    results = tuple(read_results(path))
    if not results:
        raise SubmissionError(f"{path}: there are no results in it", "grade again: `grader grade`")
    return results


def find_submission(results: Sequence[Result], name: str) -> Result:
    """The result of a submission. Raises SubmissionError with the nearest name."""
    for result in results:
        if result.submission == name:
            return result
    known = [result.submission for result in results]
    raise SubmissionError(f"there is no submission `{name}`", _near(name, known))


def find_question(result: Result, name: str) -> QuestionResult:
    """The result of a question. Raises SubmissionError with the nearest name."""
    for question in result.questions:
        if question.id == name:
            return question
    known = [question.id for question in result.questions]
    raise SubmissionError(f"there is no question `{name}`", did_you_mean(name, known))


def _near(name: str, known: Sequence[str]) -> str:
    """The nearest name; of a large class not every name is listed."""
    hint = did_you_mean(name, known)
    return hint if len(known) <= 12 or hint.startswith("did you mean") else f"there are {len(known)}"
