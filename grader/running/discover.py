"""Finds the submissions in a folder: which there are, and which files belong to each."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from grader.errors import SubmissionError
from grader.records import Finding, Place, Severity

RESULTS = "results.jsonl"  # a folder that holds it is what an earlier run has written
PATTERNS = ("*.md", "*.tex", "*.ipynb", "*.txt")
PICTURES = frozenset([".png", ".jpg", ".jpeg", ".heic", ".tif", ".tiff"])
DOCUMENTS = frozenset(
    [
        ".pdf",
        ".docx",
        ".doc",
        ".odt",
        ".rtf",
        ".pages",
        ".html",
        ".htm",
        ".markdown",
        ".rmd",
        ".qmd",
        *PICTURES,
    ]
)  # kinds in which answers are handed in, whether they can be read here or not


@dataclass(frozen=True, slots=True)
class Submission:
    """What one student handed in: the files in name order, and what is odd about them.

    No files at all is a submission too: everything is missing.
    """

    id: str
    files: tuple[Path, ...] = ()
    findings: tuple[Finding, ...] = ()


def submissions_in(path: Path, patterns: Sequence[str] = PATTERNS) -> tuple[Submission, ...]:
    """The submissions in a folder (`<student>/<file>` or `<student>.md`), or the one that is a file.

    Sorted by id. Symbolic links below `path`, hidden files, README files, and files that match none
    of the patterns are passed over. Raises SubmissionError where there is nothing to read.
    """
    if path.is_file():
        return (Submission(path.stem, (path,)),)
    if not path.is_dir():
        raise SubmissionError(f"{path}: there is no such file or folder", "name a folder of submissions")
    found: dict[str, Submission] = {}
    entries = _entries(path)
    loose = any(_is_file(item) and is_read(item.name, patterns) for item in entries)
    loose = loose or not any(item.is_dir(follow_symlinks=False) for item in entries)
    for entry in entries:
        one = _submission(entry, path, patterns, loose)
        if one is not None:
            found[one.id] = _joined(found[one.id], one) if one.id in found else one
    return tuple(found[name] for name in sorted(found))


def one_submission(path: Path, patterns: Sequence[str] = PATTERNS) -> Submission:
    """A file, or a folder whose own files are one submission.

    Raises SubmissionError where there is no such file or folder.
    """
    if path.is_file():
        return Submission(path.stem, (path,))
    if not path.is_dir():
        raise SubmissionError(f"{path}: there is no such file or folder", "name a file or a folder")
    return _folder(path.resolve(), patterns)


def is_read(name: str, patterns: Sequence[str] = PATTERNS) -> bool:
    """Whether a file of this name is part of a submission.

    >>> is_read("hw3.MD"), is_read("README.md"), is_read(".draft.md"), is_read("photo.jpg")
    (True, False, False, False)
    """
    low = name.lower()
    if low.startswith((".", "~$")) or Path(low).stem == "readme" or low == "expected.yaml":
        return False
    return any(fnmatchcase(low, pattern.lower()) for pattern in patterns)


def is_document(name: str) -> bool:
    """Whether a file of this name may hold answers, though it may be of a kind that is not read.

    >>> is_document("hw3.PDF"), is_document("grades.csv"), is_document("README.html")
    (True, False, False)
    """
    low = name.lower()
    plain = not low.startswith((".", "~$")) and Path(low).stem != "readme"
    return plain and Path(low).suffix in DOCUMENTS


def _unread(names: Sequence[str], among: Sequence[Path]) -> tuple[Finding, ...]:
    """What is said of files that are not read: an error where nothing else was handed in.

    A picture beside what is read illustrates it, and a PDF of the same name was made from it.
    """
    stems = {path.stem for path in among}
    left = [
        n
        for n in names
        if not among or (Path(n).stem not in stems and Path(n).suffix.lower() not in PICTURES)
    ]
    hint = "a person must look at it, or ask for one of the kinds that are read"
    message = "{} was handed in, and files of this kind are not read"
    severity: Severity = "warning" if among else "error"
    return tuple(Finding(severity, message.format(name), hint=hint, id="other-kind") for name in left)


def links_in(folder: Path, patterns: Sequence[str] = PATTERNS) -> tuple[str, ...]:
    """The names of the links in a folder that would be read, or looked into, if links were followed."""
    if not folder.is_dir():
        return ()
    with os.scandir(folder) as entries:
        links = [item for item in entries if item.is_symlink() and item.name[0] not in "._"]
        return tuple(sorted(item.name for item in links if item.is_dir() or is_read(item.name, patterns)))


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted((item for item in entries if not item.is_symlink()), key=lambda item: item.name)


def _submission(
    entry: os.DirEntry[str], root: Path, patterns: Sequence[str], loose: bool
) -> Submission | None:
    """What an entry of the folder is; with `loose`, students' files stand in it without folders."""
    path = root / entry.name
    if entry.is_dir(follow_symlinks=False):
        skipped = entry.name.startswith((".", "__")) or (path / RESULTS).exists()
        return None if skipped else _folder(path, patterns)
    if entry.is_file(follow_symlinks=False) and is_read(entry.name, patterns):
        return Submission(path.stem, (path,))
    if loose and entry.is_file(follow_symlinks=False) and is_document(entry.name):
        return Submission(path.stem, (), _unread([entry.name], ()))
    return None


def _folder(folder: Path, patterns: Sequence[str]) -> Submission:
    try:
        entries = _entries(folder)
    except OSError as bad:
        finding = Finding(
            "error", f"the folder cannot be read: {bad.strerror}", hint="look at its permissions"
        )
        return Submission(folder.name, findings=(finding,))
    files = [folder / item.name for item in entries if _is_file(item) and is_read(item.name, patterns)]
    inner = [item.name for item in entries if item.is_dir(follow_symlinks=False) and item.name[0] not in "._"]
    deeper = [name for name in inner if _holds_files(folder / name, patterns)]
    findings = tuple(
        Finding("warning", f"the files in the folder {name}/ were not read", hint="move them one level up")
        for name in deeper
    )
    others = [i.name for i in entries if _is_file(i) and folder / i.name not in files and is_document(i.name)]
    linked = _not_followed(links_in(folder, patterns), files)
    return Submission(folder.name, tuple(files), (*findings, *_unread(others, files), *linked))


def _not_followed(names: Sequence[str], among: Sequence[Path]) -> tuple[Finding, ...]:
    """What is said of links: an error where nothing else was handed in."""
    severity: Severity = "warning" if among else "error"
    hint = "put the file itself in its place"
    return tuple(Finding(severity, f"{n} is a link, and not followed", hint=hint, id="link") for n in names)


def _is_file(entry: os.DirEntry[str]) -> bool:
    return entry.is_file(follow_symlinks=False)


def _holds_files(folder: Path, patterns: Sequence[str]) -> bool:
    try:
        return any(_is_file(item) and is_read(item.name, patterns) for item in _entries(folder))
    except OSError:
        return False


def _joined(first: Submission, second: Submission) -> Submission:
    """Two of one name (`ana.md` and `ana.tex`, or a folder beside them) are one submission.

    `ana.pdf` beside `ana.tex` was made from it.
    """
    if not (first.files and second.files):
        return first if first.files else second
    files = tuple(sorted(first.files + second.files))
    message = f"several files are named {first.id}; they were read as one submission"
    place = Place(files[0].name, 1) if files else None
    findings = dict.fromkeys((*first.findings, *second.findings, Finding("warning", message, place)))
    return replace(first, files=files, findings=tuple(findings))
