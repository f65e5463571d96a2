"""A student's own repository as one submission: which of its files are read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from grader.errors import SubmissionError
from grader.running.discover import PATTERNS, is_read

NEVER = ("__pycache__", "node_modules")
SPEC = "homework.yaml"


def repository_files(path: Path, patterns: Sequence[str] = PATTERNS) -> tuple[Path, ...]:
    """The file itself, or what a folder and the folders in it hold that matches a pattern, in name order.

    A pattern with a slash (`hw3/*.md`) is held against the path within the folder. README files, hidden
    files and folders (so `.github/`), folders with a homework's spec and symbolic links are passed over.
    Raises SubmissionError where there is no such file or folder.
    """
    if path.is_file():
        return (path,)
    if not path.is_dir():
        raise SubmissionError(f"{path}: there is no such file or folder", "name your file or its folder")
    try:
        return tuple(sorted(_files(path, patterns)))
    except OSError as bad:
        raise SubmissionError(f"{bad.filename}: the folder cannot be read", str(bad.strerror)) from bad


def _files(root: Path, patterns: Sequence[str]) -> Iterator[Path]:
    for entry in _entries(root):
        if entry.is_file(follow_symlinks=False) and _is_handed_in(entry.name, entry.name, patterns):
            yield root / entry.name
        elif entry.is_dir(follow_symlinks=False) and _is_looked_into(entry):
            for inner in _entries(root / entry.name):
                within = f"{entry.name}/{inner.name}"
                if inner.is_file(follow_symlinks=False) and _is_handed_in(inner.name, within, patterns):
                    yield root / within


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return [item for item in entries if not item.is_symlink()]


def _is_looked_into(folder: os.DirEntry[str]) -> bool:
    if folder.name.startswith(".") or folder.name in NEVER:
        return False
    return not os.path.exists(os.path.join(folder.path, SPEC))


def _is_handed_in(name: str, within: str, patterns: Sequence[str]) -> bool:
    if name.lower().startswith("readme"):
        return False
    paths = [pattern for pattern in patterns if "/" in pattern]
    if any(fnmatchcase(within.lower(), pattern.lower()) for pattern in paths):
        return is_read(name, ["*"])
    return is_read(name, [pattern for pattern in patterns if pattern not in paths])
