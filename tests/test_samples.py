"""The sample submissions against what an examiner gives them: submissions/<homework>/<sample>/expected.yaml.

`marks` hold null where a person decides, `first_errors` the first wrong line of a question (none is
named elsewhere, and no other question has a failing line), `findings` ids that must be among those of
the files, `open` the questions where the rules leave everything but the marks to judgement.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from grader import grade, load_homework
from grader.records import QuestionResult, Result, StepVerdict
from grader.spec.model import Question

ROOT = Path(__file__).parent.parent
SAMPLES = sorted(path.parent for path in (ROOT / "submissions").glob("*/*/expected.yaml"))
HOMEWORKS = {
    path.name: load_homework(ROOT / "problems" / path.name) for path in (ROOT / "submissions").iterdir()
}
FORMATS = {".md", ".tex", ".ipynb", ".txt"}
KEYS = {
    *("because", "marks", "needs_review", "first_errors", "remarks"),
    *("follow_through", "missing", "findings", "open"),
}
XFAIL: dict[str, str] = {}


def samples() -> list[Any]:
    marks = {name: [pytest.mark.xfail(reason=why, strict=True)] for name, why in XFAIL.items()}
    return [
        pytest.param(path, id=f"{path.parent.name}-{path.name}", marks=marks.get(path.name, []))
        for path in SAMPLES
    ]


def questions(path: Path) -> dict[str, Question]:
    """The questions of a sample's homework, by id."""
    return {question.id: question for question in HOMEWORKS[path.parent.name].questions}


def expected(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((path / "expected.yaml").read_text(encoding="utf-8"))
    return found


@cache
def graded(path: Path) -> Result:
    return grade(path, HOMEWORKS[path.parent.name])


def question(path: Path, name: str) -> QuestionResult:
    return next(item for item in graded(path).questions if item.id == name)


@pytest.mark.parametrize("path", samples())
def test_sample(path: Path) -> None:
    want = expected(path)
    faults = [fault for name in questions(path) for fault in disagreements(question(path, name), want)]
    assert faults == []
    assert set(want.get("findings", [])) <= {finding.id for finding in graded(path).findings}
    assert graded(path).earned == sum(item.earned for item in graded(path).questions)


def disagreements(found: QuestionResult, want: dict[str, Any]) -> list[str]:
    """Where the program and the examiner differ on a question, one sentence each."""
    checks: dict[str, tuple[Any, Any]] = {"marks": (marks(found, want), want["marks"][found.id])}
    asked = found.id in want.get("needs_review", [])
    if asked or found.id not in want.get("open", []):
        checks["review"] = (found.needs_review, asked)
    followed = [mark.id for mark in found.marks if mark.follow_through]
    checks["follow-through"] = (followed, want.get("follow_through", {}).get(found.id, []))
    if found.id not in want.get("open", []):
        checks |= errors(found, want.get("first_errors", {}).get(found.id))
        checks["remarks"] = (sorted({r.id for r in found.remarks}), want.get("remarks", {}).get(found.id, []))
        checks["missing"] = (found.status == "missing", found.id in want.get("missing", []))
    return [
        f"{found.id} {name}: {is_} and not {ought}" for name, (is_, ought) in checks.items() if is_ != ought
    ]


def marks(found: QuestionResult, want: dict[str, Any]) -> list[float | None]:
    """The marks as awarded, null where the expectation leaves them to a person."""
    pairs = zip(found.marks, want["marks"][found.id], strict=True)
    return [None if ought is None else mark.earned for mark, ought in pairs]


def errors(found: QuestionResult, want: dict[str, Any] | None) -> dict[str, tuple[Any, Any]]:
    """The first error, its cell and misconception where these are expected; no failing line without one."""
    fails = [step.line for step in found.steps if step.verdict is StepVerdict.FAILS]
    if want is None:
        named = None if found.first_error is None else found.first_error.line
        return {"first error": (named, None), "failing lines": (fails, [])}
    first = found.first_error
    return {key: (None if first is None else getattr(first, key), value) for key, value in want.items()}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_expectation_is_whole(path: Path) -> None:
    want = expected(path)
    assert want["because"].strip()
    assert {name: len(given) for name, given in want["marks"].items()} == {
        name: len(asked.marks) for name, asked in questions(path).items()
    }
    undecided = {name for name, given in want["marks"].items() if None in given}
    assert undecided <= set(want.get("needs_review", []))
    assert set(want) <= KEYS


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_lost_mark_says_why(path: Path) -> None:
    for item in graded(path).questions:
        assert all(mark.reason for mark in item.marks)


def test_every_format_and_folder_is_covered() -> None:
    folders = [path for path in (ROOT / "submissions").glob("*/*") if path.is_dir()]
    assert sorted(folders) == SAMPLES
    assert len(SAMPLES) > 20
    assert {file.suffix for path in SAMPLES for file in path.iterdir()} - {".yaml"} == FORMATS
