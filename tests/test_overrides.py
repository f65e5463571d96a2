"""Overrides: a person's word is told apart, reaches equal answers, survives re-grading, is undone exactly."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from small_class import FIVE

from grader.cli import main
from grader.exports.read_results import read_results
from grader.exports.results_jsonl import to_line
from grader.feedback.changed import retold
from grader.marking.overrides import Change, apply_changes, graded_result
from grader.records import Result
from grader.running.alike import alike_in
from grader.running.origin import Origin, keep_origin
from grader.spec import load_homework
from grader.spec.model import Homework

CASES = Path(__file__).parent / "cases" / "overrides"
PROBLEMS = Path(__file__).parents[1] / "problems"
Capture = pytest.CaptureFixture[str]


def cases(name: str) -> list[Any]:
    return list(yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8")))


@cache
def homework() -> Homework:
    return load_homework(PROBLEMS / "homework3")


def fill(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def grade(submissions: Path, out: Path, *more: str) -> None:
    arguments = ["grade", str(submissions), "--problems", str(PROBLEMS / "homework3"), "--out", str(out)]
    assert main([*arguments, "--jobs", "1", *more]) == 0


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("class")
    grade(fill(root / "in", FIVE), root / "out")
    return root


@pytest.fixture
def out(graded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(graded / "out", tmp_path / "out"))


def override(out: Path, *arguments: str) -> int:
    return main(["override", str(out), *arguments, "--who", "Ida", "--problems", str(PROBLEMS)])


def results(out: Path) -> dict[str, Any]:
    lines = (out / "results.jsonl").read_text(encoding="utf-8").splitlines()
    return {found["submission"]: found for found in map(json.loads, lines)}


def question(found: dict[str, Any], name: str) -> Any:
    return next(item for item in found["questions"] if item["id"] == name)


def files(out: Path) -> dict[str, bytes]:
    others = {"changes.sqlite", "graded-from.json"}  # what people said, and where it came from
    paths = [path for path in out.rglob("*") if path.is_file() and path.name not in others]
    return {str(path.relative_to(out)): path.read_bytes() for path in paths}


def test_the_spec_is_found_where_the_class_was_graded_by_it(
    out: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Capture
) -> None:
    """Before any other homework of its name that happens to be near; where it is gone, that one counts."""
    near = tmp_path / "near" / "problems" / "homework3"
    shutil.copytree(PROBLEMS / "homework3", near)
    (near / "q4.yaml").write_text("id: q4\nnonsense: 1\n")
    monkeypatch.chdir(tmp_path / "near")
    mark = ["override", str(out), "ana", "q4", "A2=1", "--why", "so", "--equal-answers", "--who", "Ida"]
    keep_origin(out, Origin(None, PROBLEMS / "homework3"))
    assert main(mark) == 0
    said = capsys.readouterr()
    assert "was not found" not in said.err
    assert "ben q4" in said.out
    keep_origin(out, Origin(None, tmp_path / "gone"))
    assert main(mark) == 0
    assert "was not found" in capsys.readouterr().err


def test_what_no_mark_holds_any_more_is_told(tmp_path: Path, capsys: Capture) -> None:
    """A mark that has another name now, or fewer points, and a submission that is gone."""
    spec = Path(shutil.copytree(PROBLEMS / "homework3", tmp_path / "homework3"))
    (tmp_path / "in").mkdir()
    for name, text in FIVE.items():
        (tmp_path / "in" / f"{name}.md").write_text(text, encoding="utf-8")
    text = (spec / "q4.yaml").read_text()
    wide = text.replace("points: 3", "points: 4").replace("id: A2\n    points: 1", "id: A2\n    points: 2")
    assert wide != text
    (spec / "q4.yaml").write_text(wide)
    out, grade = tmp_path / "out", ["grade", str(tmp_path / "in"), "--problems", str(spec), "--jobs", "1"]
    assert main([*grade, "--out", str(out)]) == 0
    for mark in ("M1=0", "A2=2"):
        assert main(["override", str(out), "cleo", "q4", mark, "--why", "so it is", "--who", "Ida"]) == 0
    assert main(["override", str(out), "dan", "q1", "A1=0", "--why", "no", "--who", "Ida"]) == 0
    (tmp_path / "in" / "dan.md").unlink()
    (spec / "q4.yaml").write_text(text.replace("M1", "M9"))
    capsys.readouterr()
    assert main([*grade, "--out", str(out)]) == 0
    told = [line for line in capsys.readouterr().err.splitlines() if "counts no more" in line]
    assert [line.removeprefix("warning: it counts no more as it was said: ") for line in told] == [
        "cleo q4: M1 = 0 by Ida (so it is): there is no such mark now",
        "cleo q4: A2 = 2 by Ida (so it is): the mark has 1 now",
        "dan q1: A1 = 0 by Ida (no): there is no such submission now",
    ]


@pytest.mark.parametrize("case", cases("commands"), ids=lambda case: case["name"])
def test_commands(case: dict[str, Any], out: Path) -> None:
    before = files(out)
    for arguments in case["commands"]:
        assert override(out, *map(str, arguments)) == 0
    found = results(out)
    for name, expected in each(case.get("marks", {})):
        assert [mark["earned"] for mark in question(found[name[0]], name[1])["marks"]] == expected
    for name, expected in each(case.get("status", {})):
        assert question(found[name[0]], name[1])["status"] == expected
    for name, expected in each(case.get("review", {})):
        assert question(found[name[0]], name[1])["needs_review"] is expected
    for name, expected in each(case.get("reasons", {})):
        reasons = {mark["id"]: mark["reason"] for mark in question(found[name[0]], name[1])["marks"]}
        assert {mark: reasons[mark] for mark in expected} == expected
    for name, total in case.get("totals", {}).items():
        assert found[name]["earned"] == total
    for item in found.values():
        assert item["earned"] == sum(each_question["earned"] for each_question in item["questions"])
    if case.get("same"):
        assert files(out) == before


def each(nested: dict[str, dict[str, Any]]) -> list[tuple[tuple[str, str], Any]]:
    return [((name, inner), value) for name, found in nested.items() for inner, value in found.items()]


@pytest.mark.parametrize("case", cases("usage"), ids=lambda case: " ".join(case["arguments"]))
def test_what_cannot_be_done(case: dict[str, Any], out: Path, capsys: Capture) -> None:
    before = files(out)
    assert override(out, *case["arguments"]) == 2
    assert case["says"] in " ".join(capsys.readouterr().err.split())
    assert files(out) == before


def test_a_change_is_told_apart_and_the_programs_word_is_kept(out: Path) -> None:
    machine = question(results(out)["ana"], "q4")
    assert override(out, "ana", "q4", "A2=1", "--why", "a right form") == 0
    found = question(results(out)["ana"], "q4")
    changed = found["marks"][2]["changed"]
    assert (changed["who"], changed["why"]) == ("Ida", "a right form")
    assert changed["when"].endswith("+00:00")
    assert "changed" not in found["marks"][0]
    assert found["machine"] == {
        key: machine[key] for key in ("earned", "status", "needs_review", "marks", "feedback")
    }
    page = (out / "feedback" / "ana.md").read_text(encoding="utf-8")
    assert "1 of 3" in page
    assert "- A2 1/1, line 3: changed by Ida: a right form" in page
    assert ",1,14,false" in (out / "grades.csv").read_text(encoding="utf-8").splitlines()[1]


def test_grading_anew_keeps_what_people_said(graded: Path, tmp_path: Path, out: Path) -> None:
    assert override(out, "ana", "q4", "A2=1", "--why", "a right form", "--equal-answers") == 0
    before = files(out)
    grade(graded / "in", out)
    assert files(out) == before
    grade(graded / "in", out, "--resume")
    assert files(out) == before
    newcomer = {
        "fay": "## Question 4\n\n$0.25\\,\\|\\phi(x)\\|$\n",
        "ana": "## Question 4\n\n$\\|\\phi(x)\\|$\n",
    }
    grade(fill(tmp_path / "later", {**FIVE, **newcomer}), out)
    found = results(out)
    assert [mark["earned"] for mark in question(found["fay"], "q4")["marks"]] == [0, 0, 1]
    assert [mark["earned"] for mark in question(found["ben"], "q4")["marks"]] == [0, 0, 1]
    ana = question(found["ana"], "q4")
    assert ana["marks"][2]["reason"] == "changed by Ida on an earlier answer: a right form"
    assert ana["needs_review"], "she has handed in another answer since"


def test_a_copy_of_the_same_text_needs_no_spec(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    (out / "graded-from.json").unlink()
    lines = (out / "results.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    twin = lines[0].replace('"submission": "ana"', '"submission": "zoe"')
    (out / "results.jsonl").write_text("".join([*lines, twin]), encoding="utf-8")
    word = ["q4", "A2=1", "--why", "x", "--equal-answers", "--who", "Ida"]
    assert main(["override", str(out), "ana", *word]) == 0
    assert "only answers of the same text count as equal" in capsys.readouterr().err
    assert [question(results(out)[name], "q4")["earned"] for name in ("ana", "ben", "zoe")] == [1, 0, 1]


def test_what_was_found_equal_stays_so_without_the_spec(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert override(out, "ana", "q4", "A2=1", "--why", "x", "--equal-answers") == 0
    monkeypatch.chdir(tmp_path)
    (out / "graded-from.json").unlink()
    assert main(["override", str(out), "cleo", "q4", "A2=0", "--why", "x", "--who", "Ida"]) == 0
    assert [question(results(out)[name], "q4")["earned"] for name in ("ana", "ben", "cleo")] == [1, 1, 2]


def test_an_equal_answer_is_undone_where_it_was_said(out: Path, capsys: Capture) -> None:
    assert override(out, "ana", "q4", "A2=1", "--why", "x", "--equal-answers") == 0
    assert override(out, "ben", "q4", "--undo") == 2
    assert "because its answer equals that of ana" in capsys.readouterr().err


def test_two_processes_at_once_lose_nothing(out: Path) -> None:
    marks = [("ana", "A2"), ("ana", "M1"), ("ben", "A2"), ("ben", "A1"), ("cleo", "A2"), ("dan", "M1")]
    code = (
        "import sys; from grader.cli import main\n"
        "for name, mark in [item.split(':') for item in sys.argv[2:]]:\n"
        "    word = [name, 'q4', f'{mark}=0.5', '--why', 'x', '--who', 'Ida']\n"
        "    assert main(['override', sys.argv[1], *word]) == 0\n"
    )
    halves = [[f"{name}:{mark}" for name, mark in marks[start::2]] for start in (0, 1)]
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(out), *half], stdout=subprocess.DEVNULL)
        for half in halves
    ]
    assert [process.wait() for process in running] == [0, 0]
    found = results(out)
    for name, mark in marks:
        earned = {item["id"]: item["earned"] for item in question(found[name], "q4")["marks"]}
        assert earned[mark] == 0.5
    with sqlite3.connect(out / "changes.sqlite") as connection:
        assert connection.execute("SELECT count(*), count(DISTINCT command) FROM changes").fetchone() == (
            6,
            6,
        )


def test_who_it_is_comes_from_git_or_the_system(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    config = tmp_path / "gitconfig"
    config.write_text("[user]\n\tname = Grace\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("USER", "hopper")
    word = ["override", str(out), "ana", "q4", "A2=1", "--why", "x"]
    assert main(word) == 0
    assert question(results(out)["ana"], "q4")["marks"][2]["changed"]["who"] == "Grace"
    config.write_text("", encoding="utf-8")
    assert main(word) == 0
    assert question(results(out)["ana"], "q4")["marks"][2]["changed"]["who"] == "hopper"
    monkeypatch.delenv("USER")
    monkeypatch.delenv("USERNAME", raising=False)
    assert main(word) == 2
    assert "--who NAME" in capsys.readouterr().err


def test_a_damaged_file_of_changes_is_said_before_anything_is_done(
    graded: Path, out: Path, capsys: Capture
) -> None:
    (out / "changes.sqlite").write_text("this is no database, " * 100, encoding="utf-8")
    before = files(out)
    assert override(out, "ana", "q4", "A2=1", "--why", "x") == 2
    assert "changes.sqlite: the changes cannot be kept here" in capsys.readouterr().err
    arguments = ["grade", str(graded / "in"), "--problems", str(PROBLEMS), "--out", str(out)]
    assert main(arguments) == 2
    assert files(out) == before


def test_there_must_be_results(tmp_path: Path, capsys: Capture) -> None:
    assert override(tmp_path, "ana", "q4", "A2=1", "--why", "x") == 2
    assert "no results.jsonl here" in capsys.readouterr().err
    assert not (tmp_path / "changes.sqlite").exists()


def test_odd_names_are_kept(out: Path) -> None:
    odd = "s\udc80"  # a file name with a byte that is no text
    lines = (out / "results.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (out / "results.jsonl").write_text(lines[0].replace('"ana"', '"s\\udc80"'), encoding="utf-8")
    assert override(out, odd, "q4", "A2=1", "--why", "wrong: \u2713") == 0
    assert override(out, odd, "q4", "A1=1", "--why", "x") == 0
    assert [mark["earned"] for mark in question(results(out)[odd], "q4")["marks"]] == [0, 1, 1]


def test_equality_is_that_of_the_homework() -> None:
    alike = alike_in(homework())
    base = Result("a", "homework3", 0, 0)
    pairs = [
        ("q2", r"= \boxed{-2\phi(x)p(p-y)(p-1)}", r"\nabla_w \text{Loss} = 2(p-y)(1-p)p\,\phi(x)", True),
        ("q2", r"2(p-y)p(p-1)\phi(x)", r"\nabla_w \text{Loss} = 2(p-y)(1-p)p\,\phi(x)", False),
        (
            "q2",
            r"2(p-y)p(1-p)\phi(x)",
            r"\nabla_w \text{Loss} = 2(p-y)\,\sigma'(w \cdot \phi(x))\,\phi(x)",
            False,
        ),
        ("q4", r"\frac14\|\phi(x)\|", r"0.25\|\phi(x)\|", True),
        ("q4", r"\frac14\|\phi(x)\|", r"\frac14\phi(x)", False),
        ("q5", r"y' = \ln\frac{y}{1-y}", "y' = -ln(1/y - 1)", True),
        ("q5", r"y' = \sigma(y)", r"y' = \frac{1}{\sigma(y)}", False),
        ("q1", r"\fraq{1}{2}", r"\fraq{1}{ 2}", False),
        ("q1", r"\fraq{1}{2}", r"\fraq{1}{2}", True),
        ("q1", "", "", False),
    ]
    from grader.records import AnswerRecord, QuestionResult

    assert base.questions == ()
    for name, first, second, expected in pairs:
        asked = QuestionResult(name, 0, 1, "incorrect", answer=AnswerRecord("a", 1, second))
        assert alike(first, asked) is expected, (first, second)


POINTS = st.sampled_from([0.0, 0.5, 1.0])
CHANGES = st.lists(
    st.builds(
        Change,
        submission=st.sampled_from([*FIVE, "zoe"]),
        question=st.sampled_from(["q1", "q4", "q9"]),
        mark=st.sampled_from(["M1", "A1", "A2", "X"]),
        points=POINTS,
        who=st.just("Ida"),
        when=st.just("2025-01-01T00:00:00+00:00"),
        why=st.text(max_size=5),
        answer=st.sampled_from([r"\frac14\|\phi(x)\|", ""]),
        equal=st.booleans(),
        unsure=st.booleans(),
    ),
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(changes=CHANGES, others=CHANGES)
def test_changes_leave_no_trace_of_each_other(
    graded: Path, changes: list[Change], others: list[Change]
) -> None:
    alike = alike_in(None)
    plain = tuple(read_results(graded / "out" / "results.jsonl"))
    there = apply_changes(plain, changes, alike, retold)
    assert [to_line(graded_result(item)) for item in there] == [to_line(item) for item in plain]
    again = apply_changes(there, others, alike, retold)
    fresh = apply_changes(plain, others, alike, retold)
    assert [to_line(item) for item in again] == [to_line(item) for item in fresh]
    assert apply_changes(there, changes, alike, retold) == there
    for result in there:
        assert result.earned == sum(question.earned for question in result.questions)
        for item in result.questions:
            assert all(0 <= mark.earned <= mark.points for mark in item.marks)
            assert replace(item, machine=None) == item or item.machine is not None


# -- show and explain --------------------------------------------------------------------------------------


def shown(capsys: Capture, *arguments: str) -> str:
    assert main([*arguments]) == 0
    return capsys.readouterr().out


def test_the_class_one_submission_and_the_doubts(
    out: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")  # so that no reason is broken into lines
    assert override(out, "ana", "q4", "A2=1", "--why", "a right form") == 0
    capsys.readouterr()
    table = shown(capsys, "show", str(out))
    assert all(name in table for name in FIVE)
    assert "│ eva " in table
    assert "a person must look at 1 of 5" in table
    one = shown(capsys, "show", str(out), "ana")
    assert "homework3: ana, 1/14" in one
    assert "changed" in one
    column = shown(capsys, "show", str(out), "--question", "q4")
    assert "1*" in column
    assert "line 3" in column
    doubts = shown(capsys, "show", str(out), "--doubts")
    assert "eva" in doubts
    assert "several different final answers stand" in doubts
    assert "ana" not in doubts
    assert "nothing is in doubt" in shown(capsys, "show", str(out), "ana", "--doubts")
    assert "nothing is in doubt" in shown(capsys, "show", str(out), "--doubts", "--question", "q1")


def test_an_answer_is_justified_from_the_results_alone(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    assert override(out, "ben", "q4", "A2=1", "--why", "a right form") == 0
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(out / "results.jsonl", alone)
    monkeypatch.chdir(alone)
    capsys.readouterr()
    said = shown(capsys, "explain", ".", "ben", "q4")
    assert "homework3: ben, q4: 1/3, partial" in said
    assert r"final answer (ben.md, line 3): \frac{\|\phi(x)\|}{4}" in said
    assert "different: counterexample: At phi(x)" in said
    assert "first error: line 3" in said
    assert "changed by Ida: a right form" in said
    assert "the program itself had given 0/3:" in said
    assert "A2 0/1: the largest magnitude: the final answer is not right" in said


@pytest.mark.parametrize("arguments", [["show", "."], ["explain", ".", "ana", "q4"]])
def test_ids_that_are_not_there(
    arguments: list[str], out: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(out)
    near = {"show": ["show", ".", "anna"], "explain": ["explain", ".", "ana", "q44"]}[arguments[0]]
    assert main(near) == 2
    assert "did you mean" in capsys.readouterr().err
    monkeypatch.chdir(out.parent)
    assert main(arguments) == 2
    assert "no results.jsonl here" in capsys.readouterr().err


def test_a_students_text_cannot_move_the_cursor(tmp_path: Path, capsys: Capture) -> None:
    text = "## Question 4\n\n$$\\foo\x1b[2J [red]x[/red] \x9b31m$$\n\n$$\\|\\phi(x)\\| [bold]$$\n"
    grade(fill(tmp_path / "in", {"eve": text}), tmp_path / "out")
    for arguments in (["show", "eve"], ["show"], ["show", "--doubts"], ["explain", "eve", "q4"]):
        main([arguments[0], str(tmp_path / "out"), *arguments[1:]])
    printed = capsys.readouterr()
    assert "\x1b" not in printed.out + printed.err
    assert "\x9b" not in printed.out + printed.err


def test_overrides_go_out_as_yaml_and_come_in_again(out: Path, tmp_path: Path, capsys: Capture) -> None:
    fresh = Path(shutil.copytree(out, tmp_path / "fresh"))
    assert override(out, "ana", "q4", "A2=1", "--why", "a right form: \u00e9", "--equal-answers") == 0
    assert override(out, "cleo", "q4", "A1=0.5", "--why", "half") == 0
    file = tmp_path / "overrides.yaml"
    assert main(["overrides", "export", str(out), str(file)]) == 0
    assert main(["overrides", "import", str(fresh), str(file), "--problems", str(PROBLEMS)]) == 0
    assert (fresh / "results.jsonl").read_text() == (out / "results.jsonl").read_text()
    assert main(["overrides", "import", str(fresh), str(file), "--problems", str(PROBLEMS)]) == 0
    assert "0 taken over, 2 stood already" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("A2: 1", "A7: 1", "override 1: q4 has no mark `A7`"),
        ("A2: 1", "A2: 5", "override 1: A2 has 1 point"),
        ("submission: ana", "submission: nobody", "nobody"),
        ("who: Ida", "whom: Ida", "override 1: `who` is missing"),
        ("overrides:", "others:", "there is no list"),
        ("homework: homework3", "homework: curves", "it is of curves"),
        ("marks:", "marks: {", "cannot be read as YAML"),
        ("A2: 1", "A2: 1\n    A2: 0", "`A2` is given twice, first in line"),
    ],
)
def test_a_damaged_list_of_overrides_changes_nothing(
    old: str, new: str, says: str, out: Path, tmp_path: Path, capsys: Capture
) -> None:
    assert override(out, "ana", "q4", "A2=1", "--why", "so") == 0
    file = tmp_path / "overrides.yaml"
    assert main(["overrides", "export", str(out), str(file)]) == 0
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    before = (out / "results.jsonl").read_text()
    capsys.readouterr()
    assert main(["overrides", "import", str(out), str(file)]) == 2
    assert says in capsys.readouterr().err
    assert (out / "results.jsonl").read_text() == before
