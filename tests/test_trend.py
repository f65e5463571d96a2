"""The homeworks of a course on one page: shares, who has fallen back, what comes back, and whose is whose."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import SubmissionError
from grader.exports.results_jsonl import NAME, to_line
from grader.records import QuestionResult, Result
from grader.reports import trend_page
from grader.reports.trend import trend_of
from grader.running.trend import write_trend

EVIL = "<script>alert(1)</script>"


def result(name: str, homework: str, earned: float, *misconceptions: str) -> Result:
    question = QuestionResult("q1", earned, 4, "partial", misconceptions=misconceptions)
    return Result(name, homework, earned, 4, questions=(question,))


COURSE = (
    [result("ana", "hw1", 4, "sign-error"), result("ben", "hw1", 2), result(EVIL, "hw1", 0)],
    [result("ana", "hw2", 4, "sign-error"), result("ben", "hw2", 3, "sign-error"), result("cem", "hw2", 1)],
    [result("ana", "hw3", 1), result("ben", "hw3", 3)],
)


def test_the_shares_of_each_homework() -> None:
    first, _, last = trend_of(COURSE).sittings
    assert (first.homework, first.count, first.mean, first.median) == ("hw1", 3, 50, 50)
    assert first.quarters == (25, 75)
    assert last.quarters is None


def test_who_has_fallen_back_comes_first() -> None:
    people = {person.name: person for person in trend_of(COURSE).people}
    assert people["ana"].shares == (100, 100, 25)
    assert [name for name, person in people.items() if person.fallen] == ["ana", "cem"]
    assert list(people)[:2] == ["ana", "cem"]
    assert people["cem"].shares == (None, 25, None)
    assert people["cem"].average == 25


def test_what_comes_back_is_counted_by_students() -> None:
    (found,) = trend_of(COURSE).misconceptions
    assert (found.name, found.counts, found.again) == ("sign-error", (1, 2, 0), 1)


def test_the_page_is_one_file_and_safe() -> None:
    page = trend_page(COURSE)
    assert "<svg" in page
    assert EVIL not in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")


def test_one_homework_has_no_line() -> None:
    assert "<svg" not in trend_page(COURSE[:1])


def kept(folder: Path, results: list[Result]) -> Path:
    folder.mkdir()
    (folder / NAME).write_text("".join(map(to_line, results)), encoding="utf-8")
    return folder


def test_a_student_is_known_by_the_platform_s_number_or_the_roster(tmp_path: Path) -> None:
    one = kept(tmp_path / "one", [result("smithana_901_5551_hw1", "hw1", 4), result("ben", "hw1", 1)])
    two = kept(tmp_path / "two", [result("smithana_LATE_901_7771_hw2", "hw2", 2), result("ben", "hw2", 1)])
    roster = tmp_path / "roster.csv"
    roster.write_text("submission,id,name\nben,77,Ben B\n", encoding="utf-8")
    (path,) = write_trend([one, two], tmp_path / "trend.html", roster).paths
    page = path.read_text(encoding="utf-8")
    assert page.count("user 901") == 1
    assert "Ben B (77)" in page


def test_one_homework_twice_is_refused(tmp_path: Path) -> None:
    one = kept(tmp_path / "one", [result("ben", "hw1", 1)])
    with pytest.raises(SubmissionError, match="twice"):
        write_trend([one, one], tmp_path / "trend.html")
