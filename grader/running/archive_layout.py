"""How the entries of an archive lie: their plain paths, a folder around them all, files of one user."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

# Canvas puts all files side by side: `name_[LATE_]user_file_title`; the files of one user are one submission
_CANVAS = re.compile(r"^(?P<who>[^_]+_(?:LATE_)?\d+)_\d+_.+$", re.IGNORECASE)


def leads_out(name: str) -> bool:
    """Whether the path of an entry would leave the folder that it is unpacked into."""
    return name.startswith(("/", "\\")) or any(p == ".." or p.endswith(":") for p in _parts(name))


def _parts(name: str) -> list[str]:
    return name.replace("\\", "/").split("/")


def plain(name: str) -> PurePosixPath | None:
    """The path of an entry below the folder it goes to; None for system folders and hidden files.

    >>> str(plain("/hw\\\\ana/../a?.md")), plain("__MACOSX/ana.md")
    ('hw/ana/a.md', None)
    """
    parts = [
        p for p in name.replace("\\", "/").split("/") if p not in ("", ".", "..") and not p.endswith(":")
    ]
    parts = ["".join(c for c in p if c.isprintable() and c not in '<>:"|?*').strip() for p in parts]
    if not parts or any(p.startswith(("__MACOSX", ".")) or not p for p in parts):
        return None
    return PurePosixPath(*parts)


def common_top(paths: Sequence[PurePosixPath], class_name: str) -> int:
    """1 where everything stands in one folder that only holds it together, else 0.

    In the zip of a class such a folder is named like the zip, or holds folders; else it is a student's.
    """
    tops = {path.parts[0] for path in paths}
    if len(tops) != 1 or not any(len(path.parts) > 1 for path in paths):
        return 0
    deep = any(len(path.parts) > 2 for path in paths)
    return 1 if not class_name or deep or tops == {class_name} else 0


def canvas_folders(names: Sequence[str]) -> dict[str, str]:
    """For files that Canvas set side by side, and of which one user has several: their common folder."""
    by_user: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        match = _CANVAS.match(name)
        if match:
            by_user[match["who"]].append(name)
    return {
        name: Path(sorted(files)[0]).stem for files in by_user.values() if len(files) > 1 for name in files
    }
