"""`grader check`: files, thresholds, formats, annotations; nothing gives an answer away, nothing commands."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.cli import main
from grader.exports.github import summary, workflow_commands
from grader.feedback.student import for_student
from grader.printable import one_line, printable, quiet
from grader.records import Evidence, EvidenceKind, Finding, Notice, Place, QuestionResult, Result
from grader.spec import load_homework
from grader.spec.model import Homework

ROOT = Path(__file__).parents[1]
CASES = Path(__file__).parent / "cases" / "check"
PROBLEMS = ROOT / "problems" / "homework3"
TEMPLATE = ROOT / "examples" / "student-repository"
SAMPLES = sorted(path for path in (ROOT / "submissions" / "homework3").iterdir() if path.is_dir())
FORMATS = ["table", "json", "github", "markdown"]
Capture = pytest.CaptureFixture[str]


@cache
def homework3() -> Homework:
    return load_homework(PROBLEMS)


def cases(name: str) -> list[Any]:
    found = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["name"]) for case in found]


@pytest.fixture(autouse=True)
def _outside_of_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    monkeypatch.chdir(root)
    return root


def fill(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def check(*arguments: str) -> int:
    return main(["check", "--problems", str(PROBLEMS), *arguments])


@pytest.mark.parametrize("case", cases("repositories"))
def test_repositories(case: dict[str, Any], repository: Path, capsys: Capture) -> None:
    fill(repository, case["files"])
    code = check(*case.get("arguments", []))
    printed = capsys.readouterr()
    assert code == case["exit"], printed.out + printed.err
    for text in case.get("says", []):
        assert text in printed.out
    for text in case.get("errors", []):
        assert text in " ".join(printed.err.split())
    for text in case.get("never", []):
        assert text not in printed.out + printed.err


@pytest.mark.parametrize("case", cases("annotations"))
def test_annotations(
    case: dict[str, Any], repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, tmp_path: Path
) -> None:
    fill(repository, case["files"])
    page = tmp_path / "summary.md"
    page.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    assert check(*case.get("arguments", []), "--min-score", "0") == 0
    found = [line for line in capsys.readouterr().out.splitlines() if line.lstrip().startswith("::")]
    assert bool(found) == bool(case["lines"]), found
    rest = iter(found)
    for start in case["lines"]:
        assert any(line.startswith(start) for line in rest), found
    written = page.read_text(encoding="utf-8")
    assert written.startswith("before\n")
    for text in case.get("summary", []):
        assert text in written
    for text in case.get("never", []):
        assert text not in written


@pytest.mark.parametrize("case", cases("giveaways"))
def test_nothing_gives_an_answer_away(
    case: dict[str, Any], repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, tmp_path: Path
) -> None:
    fill(repository, {"a.md": case["text"]})
    page = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    for shape in FORMATS:
        assert check("--format", shape) == 1
    printed = capsys.readouterr()
    said = without(printed.out + printed.err + page.read_text(encoding="utf-8"), case["text"])
    for text in case["never"]:
        assert text not in said


def without(said: str, text: str) -> str:
    """What was said, less the titles and the student's own lines, as they are or as JSON holds them."""
    titles = [question.title for question in homework3().questions]
    own = [
        part.strip("$ \n")
        for line in text.splitlines()
        for part in (line, *line.split("$"))
        if part.strip("$ ")
    ]
    for part in sorted([*own, *titles], key=len, reverse=True):
        said = said.replace(part, "").replace(json.dumps(part)[1:-1], "")
    return said


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_every_sample_is_checked_in_silence_on_the_answers(sample: Path) -> None:
    from grader.running.checking import check_path

    found = check_path(sample, homework3(), 14)
    scheme = [mark.purpose for question in homework3().questions for mark in question.marks]
    for question in found.result.questions:
        pieces = [question.answer.evidence, *(step.evidence for step in question.steps)]
        assert all(set(piece.data) <= {"point"} for piece in pieces if piece is not None)
        assert not any(purpose in mark.reason for purpose in scheme for mark in question.marks)
        assert not any(purpose in question.feedback for purpose in scheme)
    assert all(notice.place is None or notice.place.file for notice in found.notices)


def test_a_doctored_result_loses_everything_that_it_should_not_say() -> None:
    homework = homework3()
    secret = "8/27"
    evidence = Evidence(EvidenceKind.COUNTEREXAMPLE, secret, {"left": secret, "right": secret})
    result = Result(
        "a", "homework3", 0, 3, findings=(Finding("error", f"grading stopped: {secret}", id="crash"),)
    )
    question = QuestionResult("q4", 0, 3, "incorrect", feedback=secret)
    marks = tuple(replace(mark, reason=secret) for mark in _marks(homework))
    answer = replace(question.answer, source="$1$", evidence=evidence)
    doctored = replace(result, questions=(replace(question, marks=marks, answer=answer),))
    assert secret not in repr(for_student(doctored, homework))


def _marks(homework: Homework) -> Iterator[Any]:
    from grader.records import MarkRecord

    for mark in homework.question("q4").marks:
        yield MarkRecord(mark.id, mark.points, 0)


def test_json_is_one_object_with_the_promised_keys(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    fill(repository, {"a.md": "# Question 2\n\n$$\\nabla_w \\text{Loss} = 2(p - y)p(p - 1)\\phi(x)$$\n"})
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert check("--format", "json", "--min-score", "2") == 0
    printed = capsys.readouterr()
    found = json.loads(printed.out)
    assert (found["earned"], found["possible"], found["needed"], found["passed"]) == (2, 14, 2, True)
    assert found["questions"][1]["first_error"]["line"] == 3
    assert found["files"] == ["a.md"]
    assert printed.err.startswith("::error file=a.md,line=3,"), "annotations leave the JSON whole"


def test_a_broken_spec_tells_a_student_nothing_of_itself(
    repository: Path, tmp_path: Path, capsys: Capture
) -> None:
    fill(tmp_path / "problems", {"homework.yaml": "id: h\nquestions: [q1]\nanswer: (8/27)*norm(x)\n"})
    fill(repository, {"a.md": "$1$"})
    assert main(["check", "--problems", str(tmp_path / "problems")]) == 2
    said = capsys.readouterr().err
    assert "homework.yaml:3" in said
    assert "8/27" not in said
    assert "answer" not in said


def test_a_fault_of_the_program_tells_nothing_either(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    from grader import pipeline

    def fail(*arguments: object) -> None:
        raise ValueError("8/27")

    fill(repository, {"a.md": "$1$"})
    monkeypatch.setattr(pipeline, "grade_documents", fail)
    assert check() == 3
    assert "8/27" not in capsys.readouterr().err


def test_the_homework_is_found_by_the_names_of_files_and_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    from grader.errors import SpecError
    from grader.running.checking import find_for

    for name in ("homework3", "homework4"):
        fill(tmp_path / "problems" / name, {"homework.yaml": f"id: {name}"})
    fill(tmp_path / "a", {"homework4.md": "x"})
    fill(tmp_path / "homework3-ana-b", {"solution.md": "x"})
    fill(tmp_path / "other", {"solution.md": "x"})
    problems = tmp_path / "problems"
    assert find_for(problems, tmp_path / "a").name == "homework4"
    assert find_for(problems, tmp_path / "homework3-ana-b").name == "homework3"
    with pytest.raises(SpecError):
        find_for(problems, tmp_path / "other")


def test_a_summary_that_cannot_be_written_is_said(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    fill(repository, {"a.md": "# Question 1\n"})
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(repository / "none" / "page.md"))
    assert check("--min-score", "0") == 0
    assert "the step summary cannot be written" in capsys.readouterr().err


def test_a_link_is_not_followed(repository: Path, tmp_path: Path, capsys: Capture) -> None:
    fill(tmp_path / "secret", {"a.md": "x"})
    os.symlink(tmp_path / "secret", repository / "inner")
    os.symlink(tmp_path / "secret" / "a.md", repository / "b.md")
    assert check("--format", "json") == 1
    assert json.loads(capsys.readouterr().out)["files"] == []


def test_nothing_heavy_is_loaded(repository: Path) -> None:
    fill(repository, {"homework3.md": (ROOT / "submissions/homework3/seed/homework3.md").read_text("utf-8")})
    code = (
        "import sys; from grader.cli import main; "
        f"main(['check', '--problems', {str(PROBLEMS)!r}, '--format', 'github']); print(*sorted(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.splitlines()[-1].split())
    assert not loaded & {"sympy", "numpy", "rich.console", "sqlite3", "jinja2"}


TEXT = st.text(st.sampled_from(":#[]%`$\\\r\n\t \x1b\u2028\u202e,=ab|<&@*_") | st.characters())


@settings(max_examples=100, deadline=None)
@given(TEXT, TEXT, TEXT)
def test_no_text_makes_a_command_of_its_own(file: str, text: str, source: str) -> None:
    notice = Notice("error", text, source, Place(file, 3), source, text)
    (command,) = workflow_commands([notice])
    assert command.startswith("::error file=")
    assert command.count("\n") + command.count("\r") == 0
    properties, _, _ = command.removeprefix("::error ").partition("::")
    assert [item.split("=")[0] for item in properties.split(",")] == ["file", "line", "title"]
    page = summary(Result("a", text, 0, 1), [notice], {}, 1)
    words = re.sub(r"^(`{3,})math\n[^\n]*\n\1$", "", page, flags=re.MULTILINE)
    assert not any(line.lstrip().startswith(("<", "[")) for line in words.split("\n"))


@settings(max_examples=100, deadline=None)
@given(TEXT)
def test_quiet_text_neither_commands_nor_escapes(text: str) -> None:
    for line in quiet(text).splitlines():
        assert not line.lstrip().startswith("::")
        assert "##[" not in line
    assert all(letter == "\n" or letter.isprintable() or letter.isspace() for letter in printable(text))
    assert "\n" not in one_line(text)
    assert printable(printable(text)) == printable(text)


# -- the template and the action, as GitHub would run them -------------------------------------------------

SHIM = f"""#!/bin/sh
case "$*" in
*"-m pip install"* | *"-m venv"*) echo "$@" >>"$SHIM_LOG"; exit 0 ;;
esac
exec {shlex.quote(sys.executable)} "$@"
"""
GRADER = f"""#!/bin/sh
exec {shlex.quote(sys.executable)} -m grader "$@"
"""


def executable(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


class Runner:
    """Runs the shell lines of steps in a copy of the template; only `pip` and `venv` are not real."""

    def __init__(self, root: Path) -> None:
        self.root, self.work, self.log = root, root / "work", root / "log"
        self.work.mkdir(parents=True)
        for name in ("homework3.md", "README.md"):
            (self.work / name).write_text((TEMPLATE / name).read_text("utf-8"), encoding="utf-8")
        executable(root / "bin" / "python", SHIM)
        executable(root / "bin" / "grader", GRADER)
        for name in ("python", "grader"):
            executable(root / "temp" / "grader" / "bin" / name, SHIM if name == "python" else GRADER)
        self.log.touch()

    def run(self, script: str, **more: str) -> subprocess.CompletedProcess[str]:
        env = {
            **os.environ,
            "PATH": f"{self.root / 'bin'}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "SHIM_LOG": str(self.log),
            "GITHUB_ACTIONS": "true",
            "GITHUB_STEP_SUMMARY": str(self.root / "summary.md"),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_WORKSPACE": str(self.work),
            "RUNNER_TEMP": str(self.root / "temp"),
            **more,
        }
        return subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", script],
            cwd=self.work,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )


WRONG = "# Question 2\n\n$$\\nabla_w \\text{Loss} = 2(p - y)\\,p(p - 1)\\,\\phi(x)$$\n"


def shell_lines(steps: list[dict[str, Any]]) -> list[str]:
    return [step["run"] for step in steps if "run" in step]


def test_the_templates_workflow_as_written(tmp_path: Path) -> None:
    workflow = yaml.safe_load((TEMPLATE / ".github" / "workflows" / "check.yml").read_text("utf-8"))
    install, run_check = shell_lines(workflow["jobs"]["check"]["steps"])
    runner = Runner(tmp_path)
    os.symlink(ROOT, runner.work / ".grader")  # what its second checkout makes
    assert runner.run(install).returncode == 0
    assert "./.grader" in runner.log.read_text("utf-8")
    run = runner.run(run_check)
    assert (run.returncode, run.stdout.splitlines()[-1]) == (1, "0 of 14 points, 11.2 needed: not enough yet")
    (runner.work / "homework3.md").write_text(WRONG, encoding="utf-8")
    run = runner.run(run_check)
    assert run.returncode == 1
    assert "::error file=homework3.md,line=3," in run.stdout
    assert "```math" in (tmp_path / "summary.md").read_text("utf-8")
    seed = ROOT / "submissions" / "homework3" / "seed" / "homework3.md"
    (runner.work / "homework3.md").write_text(seed.read_text("utf-8"), encoding="utf-8")
    assert runner.run(run_check).returncode == 0


@pytest.mark.parametrize(("score", "code"), [("", 1), ("2", 0), ("50%", 1)])
def test_the_action_as_written(score: str, code: int, tmp_path: Path) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    runner = Runner(tmp_path)
    (runner.work / "homework3.md").write_text(WRONG, encoding="utf-8")
    inputs = {name: item["default"] for name, item in action["inputs"].items()} | {"min-score": score}
    run = None
    for step in action["runs"]["steps"]:
        if "run" in step:
            assert "${{" not in step["run"], "an input reaches the shell through its environment only"
            env = {
                key: inputs[value[len("${{ inputs.") : -len(" }}")]]
                for key, value in step.get("env", {}).items()
            }
            run = runner.run(step["run"], **env)
    assert run is not None
    assert run.returncode == code, run.stdout + run.stderr
    assert str(ROOT) in runner.log.read_text("utf-8")
