"""Feedback in a zip, named so that a learning platform gives each page to its student.

Moodle ("Upload multiple feedback files in a zip") knows `<name>_<participant>_assignsubmission_file_<file>`;
Canvas ("upload submissions") knows the file names that it gave to what was downloaded. Where submissions were
unpacked from the platform's own zip, their ids are these names.
"""

from __future__ import annotations

import io
import os
import re
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from grader.errors import SubmissionError
from grader.exports.gradebook import Entry, Gradebook, Written
from grader.exports.matching import canvas_upload, platform_user
from grader.reports.naming import file_name

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # so that the same pages make the same file
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*/\\]')


def write_plain(book: Gradebook, folder: Path) -> Written:
    """Writes feedback.zip: a page a student, named by id."""
    return _write(book, folder / "feedback.zip", lambda entry: f"{entry.student}.html")


def write_moodle(book: Gradebook, folder: Path) -> Written:
    """Writes moodle-feedback.zip. Submissions without the number of a participant are noted."""
    return _write(book, folder / "moodle-feedback.zip", _moodle_name)


def write_canvas(book: Gradebook, folder: Path) -> Written:
    """Writes canvas-feedback.zip. Submissions that were not unpacked from Canvas's zip are noted."""
    return _write(book, folder / "canvas-feedback.zip", _canvas_name)


def _moodle_name(entry: Entry) -> str:
    user = platform_user(entry.result.submission)
    if not user or canvas_upload(entry.result.submission):
        return ""
    name = entry.result.submission.partition("_")[0]
    return f"{name}_{user}_assignsubmission_file_feedback.html"


def _canvas_name(entry: Entry) -> str:
    name = entry.result.submission
    return f"{name}.html" if canvas_upload(name) else ""


def _write(book: Gradebook, path: Path, name_of: Callable[[Entry], str]) -> Written:
    pages: dict[str, Path] = {}
    left: list[str] = []
    for entry in book.entries:
        page = book.feedback / f"{file_name(entry.result.submission)}.html"
        name = _safe(name_of(entry))
        if name and name not in pages and page.is_file():
            pages[name] = page
        else:
            left.append(entry.result.submission)
    if not pages:
        raise SubmissionError("no submission has a name that the platform would know", _HINT)
    _zip(pages, path)
    shown = ", ".join(left[:10]) + (", ..." if len(left) > 10 else "")
    return Written((path,), (f"{len(left)} left out: {shown}. {_HINT}",) if left else ())


_HINT = "Grade what the platform's own zip unpacks to; then its names are the ids"


def _safe(name: str) -> str:
    """A name without folders, and none that a system takes for something else."""
    return _UNSAFE.sub("_", name).lstrip(".")


def _zip(pages: dict[str, Path], path: Path) -> None:
    """All or nothing: beside it first, then moved into place."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name in sorted(pages):
            bundle.writestr(zipfile.ZipInfo(name, FIRST_DAY), pages[name].read_bytes(), zipfile.ZIP_DEFLATED)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(made.getvalue())
    os.chmod(draft, 0o644)
    os.replace(draft, path)
