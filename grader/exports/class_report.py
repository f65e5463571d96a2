"""report.html: the class on one page, for the instructor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from grader.exports.files import write_atomically
from grader.exports.results_jsonl import to_line
from grader.exports.stamps import has_stamp, stamp_of, stamped
from grader.records import Result
from grader.reports import class_page

NAME = "report.html"


def write(results: Iterable[Result], out: Path) -> Path:
    """Writes OUT/report.html and returns its path; it links to the pages in OUT/feedback."""
    found = tuple(results)
    return write_page(found, [to_line(result) for result in found], out)


def write_page(results: Sequence[Result], lines: Iterable[str], out: Path) -> Path:
    """The same for results beside their lines; a page that was made of the same ones is left as it is."""
    path, stamp = out / NAME, stamp_of(lines)
    if not has_stamp(path, stamp):
        write_atomically(path, stamped(class_page(results), stamp))
    return path
