"""Submissions in zip files: one for the class, as learning platforms give it, or one for each student.

What stands in a zip is trusted in nothing: names are made plain, links and locked entries are refused, and
sizes are counted as they are unpacked and not as the zip states them. A refused entry is a finding of the
submission that it belongs to; only a file that is no zip at all ends the run.
"""

from __future__ import annotations

import os
import shutil
import stat
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import mktime
from typing import IO

from grader.errors import SubmissionError
from grader.records import Finding
from grader.running.archive_layout import canvas_folders, common_top, leads_out, plain
from grader.running.discover import PATTERNS, Submission, is_document, is_read, submissions_in

FOLDER = "submissions"  # in OUT: what was unpacked
MAX_ENTRIES = 50_000
MAX_FILE = 20 << 20
MAX_TOTAL = 2 << 30
BLOCK = 1 << 16
_LOCKED = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


class Refused(Exception):
    """An entry that is not unpacked; the text says why."""


@dataclass
class _Budget:
    """What may still be unpacked below `root`, of all archives; and what was refused, by submission."""

    root: Path
    patterns: Sequence[str]
    entries: int = MAX_ENTRIES
    size: int = MAX_TOTAL
    opened: set[Path] = field(default_factory=set)
    findings: defaultdict[str, list[Finding]] = field(default_factory=lambda: defaultdict(list))


def gathered(path: Path, out: Path, patterns: Sequence[str] = PATTERNS) -> tuple[Submission, ...]:
    """The submissions in a folder, or in a zip file, or in a folder with zip files; unpacked below `out`.

    Raises SubmissionError where there is nothing to read, or a file is called zip and is none.
    """
    zips = _zips_in(path)
    if not zips:
        return submissions_in(path, patterns)
    into = out / FOLDER
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    budget = _Budget(into, patterns)
    for one in zips:
        _unpack(one, into if one == path else into / one.stem, budget)
    found = {item.id: item for item in submissions_in(into, patterns)}
    if path.is_dir():
        found = {item.id: item for item in submissions_in(path, patterns)} | found
    for name, findings in budget.findings.items():
        item = found.get(name, Submission(name))
        found[name] = replace(item, findings=(*item.findings, *findings))
    return tuple(found[name] for name in sorted(found))


def holds_archives(path: Path) -> bool:
    """Whether a path is a zip file, or a folder with zip files in it."""
    return bool(_zips_in(path))


def _zips_in(path: Path) -> list[Path]:
    if path.is_file():
        return [path] if path.suffix.lower() == ".zip" else []
    if not path.is_dir():
        return []
    return sorted(
        p for p in path.iterdir() if p.suffix.lower() == ".zip" and p.is_file() and not p.is_symlink()
    )


def _unpack(archive: Path, into: Path, budget: _Budget) -> None:
    try:
        with zipfile.ZipFile(archive) as source:
            _unpack_entries(source, archive.stem, into, budget)
    except _BROKEN as bad:
        if into == budget.root:
            raise SubmissionError(f"{archive}: it cannot be unpacked ({bad})", "is it a zip file?") from bad
        _note(budget, into / archive.name, f"{archive.name} cannot be unpacked ({bad})")


def _unpack_entries(source: zipfile.ZipFile, stem: str, into: Path, budget: _Budget) -> None:
    entries = [(item, path) for item in source.infolist() if (path := plain(item.filename)) is not None]
    top = common_top([path for _, path in entries], stem if into == budget.root else "")
    together = canvas_folders([path.name for _, path in entries if len(path.parts) == 1 + top])
    for item, path in entries:
        parts = path.parts[top:]
        if item.is_dir() and len(parts) == 1 and into == budget.root and not leads_out(item.filename):
            into.joinpath(*parts).mkdir(exist_ok=True)  # a student who handed in nothing
        if not parts or item.is_dir():
            continue
        if leads_out(item.filename):
            _note(budget, into.joinpath(*parts), f"{item.filename}: its path leads out of the archive")
            continue
        parts = (together[parts[0]], *parts) if len(parts) == 1 and parts[0] in together else parts
        _unpack_entry(source, item, into.joinpath(*parts), budget)


def _unpack_entry(source: zipfile.ZipFile, item: zipfile.ZipInfo, target: Path, budget: _Budget) -> None:
    inner = target.suffix.lower() == ".zip"
    if not (inner or is_read(target.name, budget.patterns) or is_document(target.name)):
        return
    try:
        _check(item, budget)
        _write(source, item, target, budget)
    except Refused as why:
        _note(budget, target, f"{item.filename}: {why}")
        return
    except _BROKEN as bad:
        _note(budget, target, f"{item.filename}: it cannot be unpacked ({bad})")
        return
    if inner:
        _unpack_inner(target, budget)


def _unpack_inner(archive: Path, budget: _Budget) -> None:
    """A zip in the zip is what one student packed; a zip in that is not opened."""
    folder = archive.parent if archive.parent != budget.root else archive.with_suffix("")
    if folder in budget.opened:
        _note(budget, archive, f"{archive.name}: a zip in a zip in a zip is not opened")
    else:
        budget.opened.add(folder)
        _unpack(archive, folder, budget)
    archive.unlink(missing_ok=True)


def _check(item: zipfile.ZipInfo, budget: _Budget) -> None:
    if stat.S_ISLNK(item.external_attr >> 16):
        raise Refused("it is a link, and not followed")
    if item.flag_bits & _LOCKED:
        raise Refused("it is locked with a password")
    if budget.entries <= 0:
        raise Refused(f"more than {MAX_ENTRIES} files are not unpacked")
    budget.entries -= 1


def _write(source: zipfile.ZipFile, item: zipfile.ZipInfo, target: Path, budget: _Budget) -> None:
    """Unpacks an entry, counting what really comes out of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        raise Refused("a second file of this name is in the archive")
    size = 0
    try:
        with source.open(item) as stream, target.open("xb") as sink:
            for block in _blocks(stream):
                size += len(block)
                budget.size -= len(block)
                if size > MAX_FILE or budget.size < 0:
                    raise Refused("it is too large when unpacked")
                sink.write(block)
        _date(target, item)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _date(target: Path, item: zipfile.ZipInfo) -> None:
    """The file's own date, by which `--resume` knows that it has not changed."""
    with suppress(ValueError, OverflowError, OSError):
        when = mktime((*item.date_time, 0, 0, -1))
        os.utime(target, (when, when))


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    while block := stream.read(BLOCK):
        yield block


def _note(budget: _Budget, target: Path, message: str) -> None:
    parts = target.relative_to(budget.root).parts
    student = parts[0] if len(parts) > 1 else target.stem
    hint = "ask for the file, or hand it in unpacked"
    budget.findings[student].append(Finding("error", message, hint=hint, id="archive"))
