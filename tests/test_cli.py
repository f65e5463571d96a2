"""The command line: what is printed, what is written, and the exit codes that scripts rely on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from grader import cli
from grader.cli import main

ROOT = Path(__file__).parents[1]
PROBLEMS = str(ROOT / "problems")
SEED = ROOT / "submissions" / "homework3"
COMMANDS = ["grade", "compare", "working", "export"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert f"  grader {command} " in capsys.readouterr().out.split("Examples:")[1]


def test_the_program_as_a_module() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "grader", "--version"], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout) == (0, "grader 0.1.0\n")


def test_the_version_needs_nothing_heavy() -> None:
    code = "import sys; from grader.cli import main; main(['--help']); print(*sorted(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.splitlines()[-1].split())
    assert not loaded & {"sympy", "numpy", "flint", "rich", "pydantic", "yaml"}


def test_equal_answers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "2(x + 1)", "2x + 2"]) == 0
    assert capsys.readouterr().out.startswith("equal (")


def test_different_answers_are_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "x + 1", "x + 2"]) == 0
    assert capsys.readouterr().out.startswith("different (")


def test_an_answer_may_begin_with_a_minus(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "-x", "x - 2x"]) == 0
    assert main(["compare", "-1/2", "--json", "-0.5"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("equal")
    assert json.loads(out[-1])["verdict"] == "equal"


def test_compare_json_has_the_promised_keys(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "x + x", "2x", "--json", "--syntax", "text"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["verdict", "evidence", "errors", "seconds"]
    assert found["verdict"] == "equal"
    assert found["evidence"]["kind"] in ("identical", "normal-form")
    assert found["errors"] == []
    assert found["seconds"] >= 0


def test_an_error_stands_under_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", r"1 + \fraq{1}{2}", "x"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "unknown"
    assert lines[1].startswith("student: ")
    assert lines[2] == r"  1 + \fraq{1}{2}"
    assert lines[3] == "      ^"


def test_declared_symbols_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    symbols = tmp_path / "symbols.yaml"
    symbols.write_text('x: {kind: scalar, domain: "(0, oo)"}\n')
    assert main(["compare", "ln(x^2)", "2 ln(x)", "--syntax", "text"]) == 0
    assert main(["compare", "ln(x^2)", "2 ln(x)", "--syntax", "text", "--symbols", str(symbols)]) == 0
    out = [line for line in capsys.readouterr().out.splitlines() if line.startswith(("equal", "different"))]
    assert [line.split()[0] for line in out] == ["different", "equal"]


LINES: list[tuple[Any, Any, str]] = [
    ({"id": "a", "student": "x+x", "reference": "2x", "syntax": "text"}, "a", "equal"),
    ({"id": 7, "student": "x", "reference": "y"}, 7, "different"),
    ("not json", None, "unknown"),
    ([1, 2], None, "unknown"),
    ({"id": "b", "student": "x"}, "b", "unknown"),
    ({"id": "c", "student": "x", "reference": "x", "symbols": {"x": {"kind": "scaler"}}}, "c", "unknown"),
    ({"id": "d", "student": "x", "reference": "x", "syntax": "html"}, "d", "unknown"),
    ({"id": "e", "student": "x", "reference": "x", "options": {"domian": 1}}, "e", "unknown"),
    ({"id": "f", "student": r"\badcommand", "reference": "x"}, "f", "unknown"),
    ({"id": "g", "student": "x^2/x", "reference": "x", "options": {"domain": "ignore"}}, "g", "equal"),
    ({"id": "h", "student": "", "reference": "x"}, "h", "unknown"),
    ({"id": "i", "student": "\ud800", "reference": "x"}, "i", "unknown"),
]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_batch_answers_every_line_in_order(jobs: str, tmp_path: Path) -> None:
    batch, out = tmp_path / "in.jsonl", tmp_path / "new" / "out.jsonl"
    batch.write_text("\n\n".join(x if isinstance(x, str) else json.dumps(x) for x, _, _ in LINES))
    assert main(["compare", "--batch", str(batch), "--out", str(out), "--jobs", jobs]) == 0
    found = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [item["id"] for item in found] == [name for _, name, _ in LINES]
    assert [item["verdict"] for item in found] == [verdict for _, _, verdict in LINES]
    for item in found:
        assert list(item) == ["id", "verdict", "evidence", "errors", "seconds"]
        assert all(list(error) == ["side", "offset", "message", "hint"] for error in item["errors"])
        assert item["errors"] or item["verdict"] != "unknown"
    assert found[5]["errors"][0]["message"].endswith("did you mean `scalar`?")
    assert found[8]["errors"][0]["side"] == "student"


def wrong(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(arguments) == 2
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["compare", "x"], "needs STUDENT and REFERENCE"),
        (["compare", "x", "y", "--syntax", "html"], "html"),
        (["compare", "x", "y", "z"], "unexpected extra argument"),
        (["compare", "x", "y", "--symbols", "none.yaml"], "none.yaml:1: the file cannot be read"),
        (["compare", "--batch", "none.jsonl", "--out", "o.jsonl"], "there is no such file"),
        (["compare", "--batch", "none.jsonl"], "--batch needs --out"),
        (["compare", "x", "--batch", "none.jsonl", "--out", "o.jsonl"], "--batch stands alone"),
        (["grade"], "SUBMISSIONS"),
        (["grade", "none"], "none: there is no such file or folder"),
        (["grade", str(SEED), "--problems", "none"], "none:1: there is no such folder"),
        (["grade", str(SEED), "--jobs", "many"], "--jobs"),
        (["working", "none.md"], "there is no such file"),
        (["working", str(SEED / "seed" / "homework3.md"), "--problems", PROBLEMS], "goes with --question"),
        (["nonsense"], "nonsense"),
    ],
)
def test_wrong_usage(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said in wrong(arguments, capsys)


def test_a_question_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    seed = str(SEED / "seed" / "homework3.md")
    said = wrong(["working", seed, "--problems", PROBLEMS, "--question", "q22"], capsys)
    assert "did you mean `q2`?" in said


def test_a_broken_spec_is_told_with_its_places(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "homework.yaml").write_text("id: h\nquestions: [q1]\ntitel: x\n")
    said = wrong(["grade", str(SEED), "--problems", str(tmp_path)], capsys)
    assert said == f"{tmp_path}/homework.yaml:3: titel: unknown key `titel`: did you mean `title`?\n"


def test_a_fault_of_the_program_has_its_own_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(arguments: list[str]) -> int:
        raise KeyError("x")

    monkeypatch.setattr(cli, "_run", fail)
    assert main(["grade", "x"]) == 3
    assert "a fault of the program itself" in capsys.readouterr().err


def test_grading_the_samples(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert main(["grade", str(SEED), "--problems", PROBLEMS, "--out", str(out)]) == 0
    printed = capsys.readouterr().out
    assert "seed" in printed
    assert f"results are in {out}/" in printed
    results = [json.loads(line) for line in (out / "results.jsonl").read_text("utf-8").splitlines()]
    names = [item["submission"] for item in results]
    assert "seed" in names
    assert names == sorted(names)
    assert [item["id"] for item in results[0]["questions"]] == ["q1", "q2", "q3", "q4", "q5"]
    assert (
        (out / "grades.csv").read_text("utf-8").splitlines()[0].startswith("submission,q1,q2,q3,q4,q5,total")
    )
    assert (out / "feedback" / "seed.md").is_file()


def test_working_json_has_the_promised_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "work.md"
    file.write_text("$$x^2 = 4$$\n\n$$x = 2$$\n")
    assert main(["working", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["steps", "first_error"]
    assert list(found["steps"][0]) == ["file", "line", "source", "verdict", "evidence", "premises"]
    assert [step["verdict"] for step in found["steps"]] == ["given", "fails"]
    assert list(found["first_error"]) == ["file", "line", "misconception", "message"]
    assert (found["first_error"]["file"], found["first_error"]["line"]) == ("work.md", 3)


def test_a_reader_who_has_gone_is_no_fault(tmp_path: Path) -> None:
    """`grader grade ... | head`: the results are there, and the code is 0."""
    command = [sys.executable, "-m", "grader", "grade", str(SEED / "seed"), "--problems", PROBLEMS]
    command += ["--out", str(tmp_path / "out"), "--jobs", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait(120) == 0
    assert (tmp_path / "out" / "results.jsonl").is_file()
