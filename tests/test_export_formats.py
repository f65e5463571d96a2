"""`grader export`: every format as its publisher defines it, and nothing of a student's that commands."""

from __future__ import annotations

import base64
import csv
import importlib
import io
import json
import re
import sys
import xml.etree.ElementTree as Xml
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import SubmissionError
from grader.exports import write_all
from grader.exports.classroom import classroom_result
from grader.exports.gradebook import Entry, Gradebook, Person
from grader.exports.gradescope import gradescope_results
from grader.exports.junit import write as write_junit
from grader.exports.named import EXPORTS
from grader.exports.tables import table_text
from grader.records import Changed, MarkRecord, QuestionResult, Result
from grader.running.exporting import Wish, export

CASES = Path(__file__).parent / "cases" / "exports"
README = Path(__file__).parents[1] / "README.md"
ROSTER = (
    "Submission,Student ID,Name,Email,Section\n"
    "ana,s1,Ana Smith,ana@x.org,A\n"
    'ben,s2,"O\'Neil, Ben",ben@x.org,B\n'
)
DATES = """
due: 2026-03-02 23:59
penalty: 10%
handed_in: {ana: 2026-03-02 20:00, ben: 2026-03-05 12:00}
"""


def question(name: str, earned: float, possible: float, unsure: bool = False) -> QuestionResult:
    reason = '<b>]]> & "x" \x01' if unsure else "shown"
    mark = MarkRecord("A1", possible, earned, reason, unsure=unsure)
    status = "correct" if earned == possible else "incorrect"
    return QuestionResult(name, earned, possible, status, unsure, marks=(mark,), feedback="<i>Line 3</i>")


def result(name: str, first: float, second: float, unsure: bool = False) -> Result:
    questions = (question("q1", first, 2), question("q2", second, 3, unsure))
    return Result(name, "hw", first + second, 5, unsure, questions=questions)


CLASS = (result("ana", 2, 3), result("ben", 1, 0, True), result("=1+1", 0, 1.5))


def cases() -> list[Any]:
    return [
        pytest.param(path.stem, case, id=f"{path.stem}: {case['name']}")
        for path in sorted(CASES.glob("*.yaml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_has_a_fixture_and_a_text(name: str) -> None:
    assert (CASES / f"{name}.yaml").is_file()
    module = sys.modules[EXPORTS[name].__module__]
    assert module.__doc__ is not None
    assert len(module.__doc__) > 60, "the docstring says where the format is published"
    assert f"`{name}`" in README.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "case"), cases())
def test_a_case(name: str, case: dict[str, Any], tmp_path: Path) -> None:
    out = tmp_path / "out"
    names = case.get("names", {})
    results = [replace(item, submission=names.get(item.submission, item.submission)) for item in CLASS]
    write_all(results, out)
    wish = wish_of(case, tmp_path)
    if "error" in case:
        with pytest.raises(SubmissionError, match=re.escape(case["error"])):
            export(out, name, wish)
        assert not (out / "export").exists()
        return
    written = export(out, name, wish)
    folder = out / "export"
    for file, text in case.get("written", {}).items():
        assert (folder / file).read_text(encoding="utf-8") == text
    for file in case.get("paths", []):
        assert folder / file in written.paths
    for file, inside in case.get("zip", {}).items():
        with zipfile.ZipFile(folder / file) as bundle:
            expected = [item.lstrip("'") for item in inside]
            assert sorted(bundle.namelist()) == sorted(expected)
    texts = [path.read_text(encoding="utf-8") for path in written.paths if path.suffix != ".zip"]
    for wanted in case.get("has", []):
        assert any(wanted in text for text in texts), wanted
    for unwanted in case.get("lacks", []):
        assert not any(unwanted in text for text in texts), unwanted
    for note in case.get("notes", []):
        assert any(note in said for said in written.notes), written.notes


def wish_of(case: dict[str, Any], folder: Path) -> Wish:
    template = None
    if "template" in case:
        template = folder / "template.csv"
        template.write_text("\ufeff" + case["template"], encoding="utf-8")
    roster, dates = folder / "roster.csv", folder / "dates.yaml"
    roster.write_text(ROSTER, encoding="utf-8")
    dates.write_text(DATES, encoding="utf-8")
    anonymous = case.get("anonymous", False)
    return Wish(template, case.get("column", ""), case.get("scale", False), roster, dates, anonymous)


GRADESCOPE_TOP = {
    "score": (int, float),
    "output": str,
    "output_format": str,
    "test_output_format": str,
    "visibility": str,
    "tests": list,
}
GRADESCOPE_TEST = {
    "score": (int, float),
    "max_score": (int, float),
    "status": str,
    "name": str,
    "name_format": str,
    "number": str,
    "output": str,
    "output_format": str,
    "visibility": str,
}


@pytest.mark.parametrize("result", CLASS, ids=lambda result: result.submission)
def test_gradescope_takes_every_key(result: Result) -> None:
    """The keys and values of "Autograder Specifications", output format."""
    found = gradescope_results(Entry(result))
    assert "score" in found  # then no test needs one
    for item, known in [(found, GRADESCOPE_TOP), *((test, GRADESCOPE_TEST) for test in found["tests"])]:
        assert set(item) <= set(known)
        assert all(isinstance(value, known[key]) for key, value in item.items())
        assert item.get("status", "passed") in ("passed", "failed")
        assert item["output_format"] in ("text", "html", "simple_format", "md", "ansi")
        assert item["visibility"] in ("hidden", "after_due_date", "after_published", "visible")


def test_classroom_adds_up_as_its_reporter_does() -> None:
    found = classroom_result(Entry(CLASS[2]))
    assert found["status"] in ("pass", "fail", "error")
    assert sum(test["score"] for test in found["tests"]) == 1.5
    assert all(test["status"] in ("pass", "fail", "error") for test in found["tests"])


def test_classroom_in_base64_is_the_same(tmp_path: Path) -> None:
    write_all(CLASS, tmp_path)
    export(tmp_path, "classroom")
    folder = tmp_path / "export" / "classroom"
    assert json.loads(base64.b64decode((folder / "ana.b64").read_text())) == json.loads(
        (folder / "ana.json").read_text()
    )


# What junit-10.xsd knows of the elements written here: what may stand in them, and their attributes.
JUNIT: dict[str, tuple[set[str], set[str]]] = {
    "testsuites": ({"testsuite"}, {"name", "time", "tests", "failures", "errors"}),
    "testsuite": (
        {"properties", "testcase"},
        {"name", "tests", "failures", "errors", "skipped", "time", "timestamp", "hostname", "id", "package"},
    ),
    "properties": ({"property"}, set()),
    "property": (set(), {"name", "value"}),
    "testcase": ({"skipped", "error", "failure"}, {"name", "time", "classname", "group"}),
    "skipped": (set(), {"type", "message"}),
    "failure": (set(), {"type", "message"}),
}


def unread(name: str) -> Result:
    """A submission whose one answer could not be read: no mark of it is sure to be lost."""
    marks = (MarkRecord("M1", 1, 0, "nothing reaches it"), MarkRecord("A1", 1, 1, "equal"))
    return Result(
        name, "hw", 1, 2, True, questions=(QuestionResult("q1", 1, 2, "partial", True, marks=marks),)
    )


def test_junit_is_what_its_schema_knows(tmp_path: Path) -> None:
    book = Gradebook("hw", entries=tuple(Entry(item) for item in (*CLASS, unread("cy"))))
    (path,) = write_junit(book, tmp_path).paths
    for item in Xml.parse(path).iter():
        inside, attributes = JUNIT[item.tag]
        assert {child.tag for child in item} <= inside, item.tag
        assert set(item.attrib) <= attributes, item.tag


def test_what_waits_for_a_person_is_neither_passed_nor_failed(tmp_path: Path) -> None:
    entry = Entry(unread("cy"))
    (path,) = write_junit(Gradebook("hw", entries=(entry,)), tmp_path).paths
    cases = list(Xml.parse(path).iter("testcase"))
    assert [[child.tag for child in case] for case in cases] == [["skipped"], []]
    assert cases[0][0].attrib["message"] == "waits for a person: nothing reaches it"
    first, last = gradescope_results(entry)["tests"]
    assert not {"status", "score", "max_score"} & set(first)
    assert last["visibility"] == "hidden"
    assert last["output"] == "q1 M1 [1]: nothing reaches it"


def test_what_a_person_has_decided_does_not_wait(tmp_path: Path) -> None:
    marks = tuple(replace(m, changed=Changed("Ida", "", "so")) for m in unread("cy").questions[0].marks)
    decided = replace(unread("cy").questions[0], marks=marks)
    (path,) = write_junit(
        Gradebook("hw", entries=(Entry(replace(unread("cy"), questions=(decided,))),)), tmp_path
    ).paths
    assert [[child.tag for child in case] for case in Xml.parse(path).iter("testcase")] == [["failure"], []]


def test_junit_keeps_the_order_of_the_schema(tmp_path: Path) -> None:
    book = Gradebook("hw", entries=tuple(Entry(item) for item in CLASS))
    (path,) = write_junit(book, tmp_path).paths
    root = Xml.parse(path).getroot()
    assert root.tag == "testsuites"
    for suite in root:
        assert [item.tag for item in suite] == ["properties", "testcase", "testcase"]
        assert int(suite.attrib["tests"]) == len(suite.findall("testcase"))
        assert all({"name", "classname", "time"} <= set(case.attrib) for case in suite.iter("testcase"))
        assert all(item.tag in ("failure", "skipped") for case in suite.iter("testcase") for item in case)


@settings(max_examples=40, deadline=None)
@given(st.text(), st.text())
def test_no_cell_is_run_and_every_row_is_a_row(name: str, other: str) -> None:
    rows = list(csv.reader(io.StringIO(table_text([[name, other, -2.5, "-2.5"]]), newline="")))
    assert [len(row) for row in rows] == [4]
    assert rows[0][2:] == ["-2.5", "-2.5"]
    for cell in rows[0][:2]:
        assert not cell.strip().startswith(("=", "+", "@")) or cell.strip() in ("-", "—")


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=20))
def test_no_name_leaves_its_folder_or_its_element(name: str) -> None:
    import tempfile

    odd = replace(CLASS[0], submission=name)
    with tempfile.TemporaryDirectory() as folder:
        book = Gradebook("hw", entries=(Entry(odd, Person(name=name)),))
        for kind in ("gradescope", "classroom", "junit"):
            try:
                written = EXPORTS[kind](book, Path(folder) / "in")
            except (OSError, ValueError):  # a name that no file may have
                continue
            for path in written.paths:
                assert path.resolve().is_relative_to(Path(folder).resolve() / "in")
        if (Path(folder) / "in" / "junit.xml").exists():
            suites = Xml.parse(Path(folder) / "in" / "junit.xml").getroot()
            assert [item.tag for item in suites] == ["testsuite"]


def test_the_help_names_every_export() -> None:
    module = importlib.import_module("grader.cli.export")
    assert module.NAMES.split(", ") == list(EXPORTS)


def test_rows_that_contradict_each_other_are_said_whatever_is_exported(tmp_path: Path) -> None:
    write_all(CLASS, tmp_path / "out")
    roster = tmp_path / "class.csv"
    roster.write_text("id,name\nana,Ana\nben,Ben\nana,Anna\n", encoding="utf-8")
    for name in ("csv", "gradescope", "junit"):
        notes = export(tmp_path / "out", name, Wish(roster=roster)).notes
        assert (
            notes[0]
            == "class.csv:4: `ana` has the name `Anna` here and `Ana` in line 2: nobody is taken by it"
        )
    text = (tmp_path / "out" / "export" / "class.csv").read_text()
    assert "ana,,,,,2,3" in text


def test_nobody_gets_the_points_of_another_by_an_email_that_two_have(tmp_path: Path) -> None:
    """An export that looks for a row by email must not find the wrong person there."""
    write_all(CLASS, tmp_path / "out")
    roster, template = tmp_path / "class.csv", tmp_path / "moodle.csv"
    roster.write_text("submission,id,name,email\nana,s1,Ana A,ana@x.org\nben,s2,Ben B,ana@x.org\n")
    template.write_text(
        "Identifier,Full name,Email address,Grade,Maximum grade,Last modified (grade)\n"
        "Participant 1,Ana A,ana@x.org,,5,-\nParticipant 2,Ben B,ben@x.org,,5,-\n"
        "Participant 3,Cy C,ana@x.org,,5,-\n"
    )
    export(tmp_path / "out", "moodle", Wish(template=template, roster=roster))
    rows = (tmp_path / "out" / "export" / "moodle.csv").read_text().splitlines()
    assert [row.split(",")[3] for row in rows[1:]] == ["5", "1", ""]


def nobody_read(name: str) -> Result:
    """A paper of which nothing could be read: a 0 that is no grade yet."""
    mark = MarkRecord("M1", 1, 0, "not shown")
    item = QuestionResult("q1", 0, 5, "unreadable", True, marks=(mark,))
    return Result(name, "hw", 0, 5, True, questions=(item,))


def test_a_paper_that_nobody_has_read_gets_no_grade(tmp_path: Path) -> None:
    write_all((*CLASS, nobody_read("cy")), tmp_path / "out")
    roster, template = tmp_path / "class.csv", tmp_path / "canvas-of-class.csv"
    roster.write_text("submission,id,name\nana,s1,Ana A\nben,s2,Ben B\ncy,s3,Cy C\n")
    template.write_text(
        "Student,ID,SIS User ID,Section,hw (77)\nPoints Possible,,,,5\n"
        "Ana A,1,s1,S,\nBen B,2,s2,S,\nCy C,3,s3,S,\n"
    )
    notes = export(tmp_path / "out", "canvas", Wish(template=template, roster=roster)).notes
    rows = (tmp_path / "out" / "export" / "canvas.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [row.split(",")[4] for row in rows[2:]] == ["5", "1", ""]
    assert any("cy" in note and "no points are filled in" in note for note in notes)
    export(tmp_path / "out", "nbgrader", Wish(roster=roster))
    assert "s3" not in (tmp_path / "out" / "export" / "nbgrader-grades.csv").read_text()
    assert gradescope_results(Entry(nobody_read("cy")))["visibility"] == "hidden"


def test_moodle_keeps_what_is_locked_there(tmp_path: Path) -> None:
    write_all(CLASS, tmp_path / "out")
    roster, template = tmp_path / "class.csv", tmp_path / "moodle.csv"
    roster.write_text("submission,id,name,email\nana,s1,Ana A,ana@x.org\nben,s2,Ben B,ben@x.org\n")
    template.write_text(
        "Identifier,Full name,Email address,Grade,Maximum grade,Grade can be changed,Last modified (grade)\n"
        "Participant 1,Ana A,ana@x.org,3,5,No,-\nParticipant 2,Ben B,ben@x.org,,5,Yes,-\n"
    )
    notes = export(tmp_path / "out", "moodle", Wish(template=template, roster=roster)).notes
    rows = (tmp_path / "out" / "export" / "moodle.csv").read_text().splitlines()
    assert [row.split(",")[3] for row in rows[1:]] == ["3", "1"]
    assert any("locked" in note for note in notes)
