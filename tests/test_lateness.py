"""Late days, and whose submission is whose."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from grader.errors import SubmissionError
from grader.records import Finding
from grader.running.lateness import read_dates
from grader.running.roster import read_roster

CASES = Path(__file__).parent / "cases" / "lateness"


def cases(name: str) -> list[Any]:
    found = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["name"]) for case in found]


def told(finding: Finding) -> str:
    assert finding.place is not None
    return f"{finding.place.file}:{finding.place.line}: {finding.message}"


@pytest.mark.parametrize("case", cases("dates"))
def test_dates(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "dates.yaml"
    path.write_text(case["dates"], encoding="utf-8")
    (tmp_path / "times.csv").write_text(case.get("table", ""), encoding="utf-8")
    if "error" in case:
        with pytest.raises(SubmissionError, match=re.escape(case["error"])):
            read_dates(path)
        return
    dates = read_dates(path)
    found = {name: dates.late(name, 10) for name in case["late"]}
    assert {name: [late.days, late.free, late.penalty] for name, late in found.items()} == case["late"]
    assert [told(finding) for finding in dates.findings] == case.get("findings", [])


@pytest.mark.parametrize("case", cases("rosters"))
def test_rosters(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(case["roster"], encoding="utf-8")
    if "error" in case:
        with pytest.raises(SubmissionError, match=re.escape(case["error"])):
            read_roster(path)
        return
    roster = read_roster(path)
    found = {name: roster.find(name) for name in case["people"]}
    assert {name: (person.id or None) if person else None for name, person in found.items()} == case["people"]
    if "findings" in case:
        assert [told(finding) for finding in roster.findings] == [f"roster.csv:{f}" for f in case["findings"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_may_be_in_any_unicode(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "roster.csv").write_text("id\tname\ns1\tMüller\n", encoding=encoding)
    assert [person.name for person in read_roster(tmp_path / "roster.csv").people] == ["Müller"]


def test_a_table_in_another_encoding_is_said_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("id,name\ns1,Müller\n", encoding="cp1252")
    with pytest.raises(SubmissionError, match=r"roster\.csv:2: .*not UTF-8: save it as CSV UTF-8"):
        read_roster(tmp_path / "roster.csv")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", None])
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "roster.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SubmissionError, match=r"roster\.csv"):
        read_roster(path)
