"""What the documentation shows is so: every question in it loads, and its examples get their marks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader import compare
from grader.authoring.examples import run_examples
from grader.spec import load_homework

DOCS = Path(__file__).parents[1] / "docs"
_BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(name: str) -> list[str]:
    """The YAML of a page; the first is the homework that the others belong to."""
    return _BLOCK.findall((DOCS / name).read_text(encoding="utf-8"))


QUESTIONS = [
    (page, k) for page in ("mark-schemes.md", "claims.md", "answers.md") for k in range(1, len(blocks(page)))
]


@pytest.mark.parametrize(("page", "number"), QUESTIONS)
def test_a_question_of_a_page(page: str, number: int, tmp_path: Path) -> None:
    homework, *questions = blocks(page)
    (tmp_path / "homework.yaml").write_text(homework, encoding="utf-8")
    (tmp_path / "q1.yaml").write_text(questions[number - 1], encoding="utf-8")
    found = list(run_examples(load_homework(tmp_path)))
    assert found
    assert {trial.name: trial.fault for trial in found if trial.fault} == {}


_ROW = re.compile(r"^\| `(.+?)` \| `(.+?)` \| (equal|different|unknown) \|$", re.MULTILINE)


def rows(name: str) -> list[tuple[str, ...]]:
    """The rows of a page's tables: student, reference, verdict; a bar in a table is written `\\|`."""
    text = (DOCS / name).read_text(encoding="utf-8")
    return [tuple(cell.replace("\\|", "|") for cell in found) for found in _ROW.findall(text)]


def test_the_page_on_reading_has_rows() -> None:
    assert len(rows("reading.md")) > 25


@pytest.mark.parametrize(("student", "reference", "verdict"), rows("reading.md"))
def test_a_row_of_the_page_on_reading(student: str, reference: str, verdict: str) -> None:
    assert compare(student, reference, syntax="latex").verdict.value == verdict
