"""report.html: the class on one page, for the instructor."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from grader.exports.files import write_atomically
from grader.records import Result
from grader.reports import class_page

NAME = "report.html"


def write(results: Iterable[Result], out: Path) -> Path:
    """Writes OUT/report.html and returns its path; it links to the pages in OUT/feedback."""
    path = out / NAME
    write_atomically(path, class_page(tuple(results)))
    return path
