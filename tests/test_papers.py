"""Whole papers under headings of all kinds: nothing that was handed in is lost in silence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from grader import load_homework
from grader.documents import read_text
from grader.pipeline import grade_documents
from grader.records import QuestionResult

ROOT = Path(__file__).parents[1]
HOMEWORK = load_homework(ROOT / "problems" / "homework3")
PAPERS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "documents" / "papers.yaml").read_text(encoding="utf-8")
)


def told(question: QuestionResult) -> str:
    """The result of a question as the fixtures write it."""
    if question.needs_review and question.earned < question.possible:
        return "review"
    return "missing" if question.status == "missing" else f"{question.earned:g}"


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper["name"]))
def test_papers(paper: dict[str, Any]) -> None:
    result = grade_documents("a", [read_text(paper["text"], paper["file"])], HOMEWORK)
    assert " ".join(told(question) for question in result.questions) == paper["questions"]
    lost = [question for question in result.questions if told(question) == "review"]
    assert not lost or any(finding.id.startswith("question-marks") for finding in result.findings)
    assert all(question.status != "missing" or "look" in question.feedback for question in lost)
