"""Exports: the keys that others rely on, tables that no spreadsheet runs, files that are whole."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.exports import write_all
from grader.exports.csv_grades import safe, to_csv
from grader.exports.feedback_files import file_name
from grader.exports.read_results import from_json, read_results
from grader.exports.results_jsonl import to_json, to_line
from grader.records import (
    AnswerRecord,
    Equality,
    Evidence,
    EvidenceKind,
    Finding,
    FirstError,
    MarkRecord,
    Place,
    QuestionResult,
    RemarkRecord,
    Result,
    StepRecord,
    StepVerdict,
)

EVIDENCE = Evidence(EvidenceKind.COUNTEREXAMPLE, "at p = 1/3 they differ", {"point": {"p": Fraction(1, 3)}})
QUESTION = QuestionResult(
    id="q2",
    earned=2.0,
    possible=3.0,
    status="partial",
    answer=AnswerRecord("hw3.md", 21, "2(p-y)", Equality.DIFFERENT, EVIDENCE),
    marks=(MarkRecord("M1", 1.0, 0.5, "line 19", 19),),
    steps=(StepRecord("hw3.md", 19, "a = b", StepVerdict.HOLDS, EVIDENCE, (17,)),),
    first_error=FirstError("hw3.md", 21, "sign-error", "same size, opposite direction"),
    misconceptions=("sign-error",),
    remarks=(RemarkRecord("missing-norm", 30, "a vector"),),
    feedback="Line 21: ...",
)
RESULT = Result(
    "s017",
    "homework3",
    2.0,
    3.0,
    True,
    (Finding("warning", "unclosed formula", Place("hw3.md", 3), "close it"),),
    (QUESTION,),
)


def test_a_line_of_results_has_exactly_the_promised_keys() -> None:
    evidence = {
        "kind": "counterexample",
        "sentence": "at p = 1/3 they differ",
        "point": {"p": "1/3"},
    }
    assert to_json(RESULT) == {
        "submission": "s017",
        "homework": "homework3",
        "earned": 2,
        "possible": 3,
        "needs_review": True,
        "findings": [
            {"severity": "warning", "message": "unclosed formula: close it", "file": "hw3.md", "line": 3}
        ],
        "questions": [
            {
                "id": "q2",
                "earned": 2,
                "possible": 3,
                "status": "partial",
                "needs_review": False,
                "answer": {
                    "file": "hw3.md",
                    "line": 21,
                    "source": "2(p-y)",
                    "verdict": "different",
                    "evidence": evidence,
                },
                "marks": [
                    {
                        "id": "M1",
                        "points": 1,
                        "earned": 0.5,
                        "reason": "line 19",
                        "line": 19,
                        "follow_through": False,
                    }
                ],
                "steps": [
                    {
                        "file": "hw3.md",
                        "line": 19,
                        "source": "a = b",
                        "verdict": "holds",
                        "evidence": evidence,
                    }
                ],
                "first_error": {
                    "file": "hw3.md",
                    "line": 21,
                    "misconception": "sign-error",
                    "message": "same size, opposite direction",
                },
                "misconceptions": ["sign-error"],
                "remarks": [{"id": "missing-norm", "line": 30, "message": "a vector"}],
                "feedback": "Line 21: ...",
            }
        ],
    }


def test_points_are_whole_where_they_can_be() -> None:
    assert '"earned": 2, "possible": 3' in to_line(RESULT)


def test_the_cell_stands_beside_the_line_in_a_notebook_only() -> None:
    step = replace(QUESTION.steps[0], cell=4)
    result = replace(RESULT, questions=(replace(QUESTION, steps=(step,)),))
    assert to_json(result)["questions"][0]["steps"][0]["cell"] == 4
    assert '"cell"' not in to_line(RESULT)


def test_no_answer_has_the_verdict_none() -> None:
    result = replace(RESULT, questions=(QuestionResult("q1", 0, 2, "missing"),))
    question = to_json(result)["questions"][0]
    assert question["answer"] == {
        "file": None,
        "line": None,
        "source": "",
        "verdict": "none",
        "evidence": {},
    }
    assert question["first_error"] is None


def test_results_are_read_back() -> None:
    once = from_json(json.loads(to_line(RESULT)))
    assert to_json(once) == to_json(RESULT)
    assert once.questions[0].steps[0].verdict is StepVerdict.HOLDS


def test_a_cut_off_line_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "results.jsonl"
    file.write_text(to_line(RESULT) + to_line(RESULT)[:50] + "\n[]\n\n" + to_line(RESULT), encoding="utf-8")
    assert [result.submission for result in read_results(file)] == ["s017", "s017"]
    assert list(read_results(tmp_path / "none.jsonl")) == []


def test_the_grades_table() -> None:
    other = replace(RESULT, submission="ana", needs_review=False, questions=(replace(QUESTION, id="q1"),))
    rows = list(csv.reader(io.StringIO(to_csv([RESULT, other]))))
    assert rows == [
        ["submission", "q2", "q1", "total", "possible", "needs_review"],
        ["s017", "2", "", "2", "3", "true"],
        ["ana", "", "2", "2", "3", "false"],
    ]


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1", "=cmd|' /C calc'!A0"]
)
def test_no_name_is_run_by_a_spreadsheet(name: str) -> None:
    row = next(iter(csv.reader(io.StringIO(to_csv([replace(RESULT, submission=name)]).split("\n", 1)[1]))))
    assert row[0] == "'" + name.replace("\t", " ").replace("\r", " ")


@pytest.mark.parametrize("name", ["ana", "s-1", "a=b", "7", "", "O'Neil", "名前"])
def test_a_plain_name_stays_as_it_is(name: str) -> None:
    assert safe(name) == name


@settings(max_examples=50, deadline=None)
@given(st.text())
def test_any_name_survives_the_table(name: str) -> None:
    rows = list(csv.reader(io.StringIO(to_csv([replace(RESULT, submission=name)]), newline="")))
    assert [len(row) for row in rows] == [5, 5]
    assert not rows[1][0].strip().startswith(("=", "+", "-", "@"))
    if name.isprintable():
        assert rows[1][0].removeprefix("'") == name.removeprefix("'")


@pytest.mark.parametrize("name", ["../s1", "/etc/passwd", "..", ".", "", "a\\b"])
def test_feedback_stays_in_its_folder(name: str) -> None:
    found = file_name(name)
    assert "/" not in found
    assert "\\" not in found
    assert f"{found}.md" not in ("..md", "...md")


def test_everything_is_written_and_nothing_else(tmp_path: Path) -> None:
    odd = replace(RESULT, submission="s\udc80")  # a file name with a byte that is no text
    write_all([RESULT, odd], tmp_path / "new" / "out")
    names = sorted(
        str(path.relative_to(tmp_path / "new" / "out")) for path in tmp_path.rglob("*") if path.is_file()
    )
    pages = [f"feedback/{name}.{kind}" for name in ("s017", "s\udc80") for kind in ("html", "md")]
    assert names == [*pages, "grades.csv", "report.html", "results.jsonl"]
    text = (tmp_path / "new" / "out" / "feedback" / "s017.md").read_text(encoding="utf-8")
    assert "2 of 3 points" in text
    assert "Line 21: ..." in text
    back = list(read_results(tmp_path / "new" / "out" / "results.jsonl"))
    assert [result.submission for result in back] == ["s017", "s\udc80"]
