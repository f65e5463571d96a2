"""Submissions in zip files: as platforms pack them, as students do, and what is refused."""

from __future__ import annotations

import io
import stat
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from grader.errors import SubmissionError
from grader.running import archives
from grader.running.archives import gathered

CASES = yaml.safe_load(
    (Path(__file__).parent / "cases" / "running" / "archives.yaml").read_text(encoding="utf-8")
)


def packed(entries: Mapping[str, object]) -> bytes:
    """A zip of texts; a mapping is a zip in it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as sink:
        for name, text in entries.items():
            sink.writestr(name, packed(text) if isinstance(text, Mapping) else str(text))
    return held.getvalue()


def found(path: Path, out: Path) -> dict[str, list[str]]:
    return {item.id: [file.name for file in item.files] for item in gathered(path, out)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_a_zip_holds(case: dict[str, object], tmp_path: Path) -> None:
    place = tmp_path / "in"
    place.mkdir()
    for name, entries in case["zips"].items():  # type: ignore[attr-defined]
        (place / name).write_bytes(packed(entries))
    for name in case.get("beside", ()):  # type: ignore[attr-defined]
        (place / name).write_text("$1$", encoding="utf-8")
    path = place if case.get("folder") else place / next(iter(case["zips"]))  # type: ignore[call-overload]
    out = tmp_path / "out"
    submissions = gathered(path, out)
    assert {s.id: [f.name for f in s.files] for s in submissions} == case["found"]
    said = {s.id: [f.message for f in s.findings] for s in submissions if s.findings}
    wanted = case.get("refused", {})
    assert said.keys() == wanted.keys()  # type: ignore[attr-defined]
    assert all(part in " ".join(said[name]) for name, part in wanted.items())  # type: ignore[attr-defined]
    assert [p for p in tmp_path.rglob("*.md") if out not in p.parents and place not in p.parents] == []


def test_a_bomb_is_refused_by_what_comes_out_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_FILE", 1000)
    path = tmp_path / "class.zip"
    path.write_bytes(packed({"ana/hw.md": "0" * 100_000, "ben/hw.md": "$1$"}))
    ana, ben = gathered(path, tmp_path / "out")
    assert (ana.files, ben.files[0].name) == ((), "hw.md")
    assert "too large" in ana.findings[0].message


def test_a_link_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w") as sink:
        link = zipfile.ZipInfo("ana/hw.md")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        sink.writestr(link, "/etc/passwd")
    (ana,) = gathered(path, tmp_path / "out")
    assert ana.files == ()
    assert "a link" in ana.findings[0].message


def test_a_file_that_is_no_zip(tmp_path: Path) -> None:
    path = tmp_path / "class.zip"
    path.write_bytes(b"no zip at all")
    with pytest.raises(SubmissionError, match="cannot be unpacked"):
        gathered(path, tmp_path / "out")


def test_a_student_whose_zip_is_broken_costs_the_others_nothing(tmp_path: Path) -> None:
    place = tmp_path / "in"
    place.mkdir()
    (place / "ana.zip").write_bytes(packed({"hw.md": "$1$"})[:-20])
    (place / "ben.zip").write_bytes(packed({"hw.md": "$1$"}))
    ana, ben = gathered(place, tmp_path / "out")
    assert (ana.id, ana.files, ben.files[0].name) == ("ana", (), "hw.md")
    assert "cannot be unpacked" in ana.findings[0].message
    assert found(place, tmp_path / "out") == {"ana": [], "ben": ["hw.md"]}


def test_a_second_file_of_one_name_leaves_the_first(tmp_path: Path) -> None:
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w") as sink, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for text in ("$1$", "$2$"):
            sink.writestr("ana/hw.md", text)
    (ana,) = gathered(path, tmp_path / "out")
    assert ana.files[0].read_text(encoding="utf-8") == "$1$"
    assert "second file of this name" in ana.findings[0].message
