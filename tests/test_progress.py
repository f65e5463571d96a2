"""What `grader grade` says while it works and at its end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from grader.cli import main
from grader.records import QuestionResult, Result
from grader.reports.terminal import progress as progress_module
from grader.reports.terminal.graded import show_graded
from grader.reports.terminal.progress import shown_progress
from grader.reports.terminal.stopping import told_if_stopped


def result(number: int) -> Result:
    question = QuestionResult("q1", number % 3, 2, "correct" if number % 3 == 2 else "partial")
    return Result(f"s{number}", "hw", number % 3, 2, questions=(question,))


def test_without_a_terminal_there_are_plain_lines(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_module, "EVERY", 0.0)
    with shown_progress() as advance:
        advance(10, 10, 100)
        advance(11, 10, 100)
        advance(30, 10, 100)
        advance(100, 10, 100)
    first, second = capsys.readouterr().err.splitlines()
    assert first == "11 of 100 graded"  # how long the first took tells nothing of the others
    assert second.startswith("30 of 100 graded, ")
    assert second.endswith(" s left")
    assert "\x1b" not in second


def test_the_time_that_is_left_is_told_by_the_rate_since_the_first(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter([0.0, 60.0, 60.0, 60.0, 70.0, 70.0, 70.0])
    monkeypatch.setattr(progress_module, "monotonic", lambda: next(moments))
    with shown_progress() as advance:
        advance(1, 0, 21)  # after a minute of getting ready
        advance(11, 0, 21)
    assert capsys.readouterr().err.splitlines()[-1] == "11 of 21 graded, 1.0/s, about 10 s left"


def test_a_short_batch_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with shown_progress() as advance:
        for done in range(5):
            advance(done, 0, 5)
    assert capsys.readouterr().err == ""


def test_a_terminal_has_a_bar(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with shown_progress() as advance:
        advance(0, 0, 2)
        advance(1, 0, 2)
        advance(2, 0, 2)


def test_a_small_class_is_shown_by_submission(capsys: pytest.CaptureFixture[str]) -> None:
    show_graded([result(number) for number in range(3)])
    out = capsys.readouterr().out
    assert "s2" in out
    assert "2/2" in out


def test_a_large_class_is_shown_by_question(capsys: pytest.CaptureFixture[str]) -> None:
    show_graded([result(number) for number in range(90)])
    out = capsys.readouterr().out
    assert "hw: 90 submissions" in out
    assert "s89" not in out
    assert "1/2" in out
    show_graded([])


def stopped(stands: Sequence[tuple[int, int, int]], onward: str) -> None:
    with told_if_stopped(lambda *stand: None, Path("results"), onward) as advance:
        for stand in stands:
            advance(*stand)
        raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("stands", "said"),
    [
        ([], "stopped before anything was graded"),
        ([(0, 0, 9)], "stopped before anything was graded"),
        ([(2, 2, 9), (5, 2, 9)], "stopped: 5 of 9 submissions are graded and kept; go on with the same"),
        ([(0, 0, 9), (9, 0, 9)], "stopped while results/ was written: all 9 are graded and kept; the rest"),
    ],
)
def test_who_stops_a_batch_is_told_what_is_kept(
    stands: list[tuple[int, int, int]], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(KeyboardInterrupt):
        stopped(stands, "the same command")
    assert capsys.readouterr().err.startswith(f"grader: {said}")


@pytest.mark.parametrize(
    ("options", "cache", "onward"),
    [
        ((), "cache", "the same command\n"),
        (("--resume",), "cache", "the same command\n"),
        (("--fresh",), "cache", "the same command without --fresh\n"),
        ((), "file", "the same command and --resume\n"),
        (("--fresh",), "file", "the same command with --resume for --fresh\n"),
    ],
)
def test_a_stopped_command_says_which_one_goes_on(
    options: tuple[str, ...],
    cache: str,
    onward: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What it names does go on: a cache that cannot be opened keeps nothing, and OUT has it all."""

    def interrupted(*ignored: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "file").touch()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ana.md").write_text("## Question 1\n\n$1$\n", encoding="utf-8")
    monkeypatch.setenv("GRADER_CACHE", str(tmp_path / cache))
    monkeypatch.setattr("grader.running.grading.write_lines", interrupted)
    problems = ["--problems", str(Path(__file__).parents[1] / "problems" / "homework3")]
    command = ["grade", str(tmp_path / "in"), *problems, "--out", str(tmp_path / "out"), "--jobs", "1"]
    assert main([*command, *options]) == 130
    assert capsys.readouterr().err.endswith(f"all 1 are graded and kept; the rest with {onward}")
