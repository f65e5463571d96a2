"""What `grader grade` says while it works and at its end."""

from __future__ import annotations

import pytest

from grader.records import QuestionResult, Result
from grader.reports.terminal import progress as progress_module
from grader.reports.terminal.graded import show_graded
from grader.reports.terminal.progress import shown_progress


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
