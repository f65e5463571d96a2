"""Small homeworks with symbols of their own, and what answers to them get: tests/cases/asked/*.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from grader import load_homework
from grader.documents import read_text
from grader.pipeline import grade_documents
from grader.records import QuestionResult
from grader.spec.model import Homework

SHEETS = sorted((Path(__file__).parent / "cases" / "asked").glob("*.yaml"))


def load(sheet: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(sheet.read_text(encoding="utf-8")))


def homework_of(sheet: dict[str, Any], folder: Path) -> Homework:
    """The sheet's symbols and questions as a homework on disk, loaded."""
    questions = sheet["questions"]
    head = {"id": "sheet", "questions": list(questions), "symbols": sheet["symbols"]}
    (folder / "homework.yaml").write_text(yaml.safe_dump(head), encoding="utf-8")
    for name, question in questions.items():
        (folder / f"{name}.yaml").write_text(yaml.safe_dump({"id": name, **question}), encoding="utf-8")
    return load_homework(folder)


@pytest.fixture(scope="module")
def homeworks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Homework]:
    return {s.stem: homework_of(load(s), tmp_path_factory.mktemp(s.stem)) for s in SHEETS}


def answers() -> list[Any]:
    return [
        pytest.param(sheet.stem, case, id=f"{sheet.stem}-{index}-{case['text'].split(chr(10))[0][:40]}")
        for sheet in SHEETS
        for index, case in enumerate(load(sheet)["answers"])
    ]


def graded(case: dict[str, Any], homework: Homework) -> QuestionResult:
    question = homework.question(case["question"])
    text = f"Question {question.number}\n{case['text']}"
    result = grade_documents("case", [read_text(text, f"case.{case.get('format', 'md')}")], homework)
    return next(q for q in result.questions if q.id == question.id)


@pytest.mark.parametrize(("sheet", "case"), answers())
def test_answer(sheet: str, case: dict[str, Any], homeworks: dict[str, Homework]) -> None:
    result = graded(case, homeworks[sheet])
    line = result.first_error.line - 1 if result.first_error else None
    assert [m.earned for m in result.marks] == case["marks"]
    assert line == case.get("first_error")
    assert result.needs_review == case.get("needs_review", False)
    if "says" in case:
        assert case["says"] in (result.first_error.message if result.first_error else "")
