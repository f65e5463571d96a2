"""How much the feedback tells of a wrong line, by the level that the spec sets."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.feedback.student import for_student
from grader.pipeline import grade
from grader.records import Result
from grader.reports import feedback_page
from grader.spec import load_homework

QUESTION = """\
id: q1
text: Differentiate.
points: 1
answer: {quantity: f'(x), names: [it], reference: -3*x^2*exp(-x^3)}
marks:
  - {id: A1, points: 1, for: the derivative, when: {answer: equal}}
"""
ANSWER = "1.\n\n$$f'(x) = 3x^2e^{-x^3}$$\n"
FACT, HINT, FIX = "At x = ", "?*", "Put right, it reads"


def result(tmp_path: Path, policy: str, hints: str = "") -> Result:
    symbols = "symbols:\n  x: {}\n  f: {kind: function, parameters: [x], definition: exp(-x^3)}\n"
    homework = f"id: tiny\nquestions: [q1]\n{policy}{symbols}"
    (tmp_path / "homework.yaml").write_text(homework, encoding="utf-8")
    (tmp_path / "q1.yaml").write_text(QUESTION + hints, encoding="utf-8")
    answer = tmp_path / "ana.md"
    answer.write_text(ANSWER, encoding="utf-8")
    return grade(answer, load_homework(tmp_path))


@pytest.mark.parametrize(
    ("policy", "hints", "told"),
    [
        ("", "", (FACT, HINT)),
        ("policy: {hints: principle}\n", "", (FACT, HINT)),
        ("policy: {hints: location}\n", "", ()),
        ("policy: {hints: fix}\n", "", (FACT, HINT, FIX)),
        ("policy: {hints: fix}\n", "hints: location\n", ()),
        ("policy: {hints: location}\n", "hints: fix\n", (FACT, HINT, FIX)),
    ],
)
def test_the_levels(tmp_path: Path, policy: str, hints: str, told: tuple[str, ...]) -> None:
    found = result(tmp_path, policy, hints)
    text = found.questions[0].feedback
    assert "**Line 3**" in text
    assert tuple(part for part in (FACT, HINT, FIX) if part in text) == told
    assert (FIX in feedback_page(found)) == (FIX in told)


def test_the_fix_is_what_the_line_should_say(tmp_path: Path) -> None:
    first = result(tmp_path, "policy: {hints: fix}\n").questions[0].first_error
    assert first is not None
    assert first.misconception == "sign-error"
    assert first.fix.startswith("-3")


def test_a_student_who_checks_is_never_told_the_fix(tmp_path: Path) -> None:
    graded = result(tmp_path, "policy: {hints: fix}\n")
    found = for_student(graded, load_homework(tmp_path))
    assert found.questions[0].first_error is not None
    assert found.questions[0].first_error.fix == ""
    assert FIX not in found.questions[0].feedback
