"""`grader problems test`: a spec's own examples are run, and homework3's hold, every mark from both sides."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import pytest
import yaml

from grader.authoring import examples as running
from grader.authoring.examples import one_sided, run_examples
from grader.cli import main
from grader.spec import load_homework

CASES = Path(__file__).parent / "cases" / "problems"
PROBLEMS = Path(__file__).parents[1] / "problems"
HOMEWORKS = sorted(path.parent for path in PROBLEMS.glob("*/homework.yaml"))
Capture = pytest.CaptureFixture[str]
HOMEWORK = """\
id: tiny
questions: [q1]
symbols:
  x: {kind: scalar}
  f: {kind: function, parameters: [x]}
"""
QUESTION = """\
id: q1
text: What is f(x)?
points: 2
answer: {quantity: f(x), names: [it], reference: x^2}
marks:
  - {id: M1, points: 1, for: a square, when: {line: {form: F^2, where: {F: anything}}}}
  - {id: A1, points: 1, for: the square, when: {answer: equal}}
examples:
"""


def cases(name: str) -> list[Any]:
    return list(yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8")))


def spec(root: Path, examples: str) -> Path:
    root.mkdir(parents=True)
    (root / "homework.yaml").write_text(HOMEWORK, encoding="utf-8")
    (root / "q1.yaml").write_text(QUESTION + textwrap.indent(examples, "  "), encoding="utf-8")
    return root


@pytest.mark.parametrize("case", cases("examples"), ids=lambda case: case["name"])
def test_examples(case: dict[str, Any], tmp_path: Path, capsys: Capture) -> None:
    folder = spec(tmp_path / "tiny", case["examples"])
    code = main(["problems", "test", str(folder)])
    printed = capsys.readouterr()
    assert code == case["exit"], printed.out + printed.err
    said = " ".join(printed.out.replace("│", " ").split())
    for text in case.get("says", []):
        assert text in said
    for text in case.get("never", []):
        assert text not in said
    for text in case.get("errors", []):
        assert text in printed.err


@pytest.mark.parametrize("folder", HOMEWORKS, ids=lambda path: path.name)
def test_the_examples_of_our_own_specs_hold(folder: Path) -> None:
    homework = load_homework(folder)
    trials = list(run_examples(homework))
    assert [f"{item.question}, {item.name}: {item.fault}" for item in trials if item.fault] == []
    assert one_sided(homework) == (), "every mark is earned by one example and lost by another"


def test_a_folder_of_homeworks_and_the_nearest_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    spec(tmp_path / "problems" / "one", "- {text: '$x^2$', marks: [1, 1]}")
    spec(tmp_path / "problems" / "two", "- {text: '$x^2$', marks: [0, 0]}")
    (tmp_path / "deep").mkdir()
    monkeypatch.chdir(tmp_path / "deep")
    assert main(["problems", "test"]) == 1
    assert "2 examples, 1 not as expected" in capsys.readouterr().out
    assert main(["problems", "test", str(tmp_path / "problems" / "one")]) == 0
    assert main(["problems", "test", str(tmp_path / "problems" / "one" / "homework.yaml")]) == 0
    assert main(["problems", "test", str(tmp_path / "none")]) == 2
    assert "there is no such folder" in capsys.readouterr().err
    assert main(["problems", "test", str(tmp_path / "deep")]) == 2
    monkeypatch.chdir("/")
    assert main(["problems", "test"]) == 2


def test_follow_through_has_its_earlier_answer(tmp_path: Path) -> None:
    homework = load_homework(PROBLEMS / "homework3")
    (trial,) = [item for item in run_examples(homework) if "follow-through" in item.name]
    assert trial.result is not None
    assert trial.result.marks[2].follow_through


def test_a_crash_is_a_fault_of_one_example(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(*arguments: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr(running, "examine", fail)
    homework = load_homework(spec(tmp_path / "tiny", "- {text: '$x^2$', marks: [1, 1]}"))
    (trial,) = run_examples(homework)
    assert "the program broke on it: ValueError: broken" in trial.fault
    assert trial.actual == ()


@pytest.mark.parametrize(
    "command", [["problems"], ["problems", "test"], ["check"], ["show"], ["explain"], ["override"]]
)
def test_every_command_has_an_example(command: list[str], capsys: Capture) -> None:
    assert main([*command, "--help"]) == 0
    assert f"  grader {' '.join(command)} " in capsys.readouterr().out.split("Examples:")[1]
