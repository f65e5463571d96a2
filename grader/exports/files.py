"""Writing files so that a reader never sees half of one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from grader.records import Finding

_HALF = ".half"  # a file that is not whole yet


def remove_halves(folder: Path, *, but: str) -> None:
    """Removes what a killed run was writing; `but` begins the names of what others may write meanwhile."""
    for half in folder.rglob(f".*{_HALF}"):
        if not half.name.startswith(f".{but}"):
            half.unlink(missing_ok=True)


def write_atomically(path: Path, text: str) -> None:
    """Writes a text file (UTF-8), all or nothing: beside it first, then moved into place.

    A name with bytes that are no text comes out as `\\udc80`, which JSON reads back.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=_HALF, dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            stream.write(text)
        os.chmod(draft, 0o644)
        os.replace(draft, path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def plain(points: float) -> int | float:
    """Points for people and files: 2 and not 2.0.

    >>> plain(2.0), plain(2.5)
    (2, 2.5)
    """
    rounded = round(points, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def said(finding: Finding) -> str:
    """A finding in one sentence: what it is, and what could be done about it.

    >>> said(Finding("error", "It is damaged.", hint="Save it again."))
    'It is damaged: Save it again.'
    """
    return f"{finding.message.removesuffix('.')}: {finding.hint}" if finding.hint else finding.message
