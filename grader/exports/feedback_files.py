"""feedback/<submission>.md and .html: what a student reads, two files a submission that say the same."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from grader.exports.files import plain, said, write_atomically
from grader.exports.read_results import from_json
from grader.exports.results_jsonl import to_line
from grader.exports.stamps import has_stamp, stamp_of, stamped
from grader.printable import printable
from grader.records import Finding, QuestionResult, Result
from grader.reports import feedback_page
from grader.reports.naming import FEEDBACK, file_name


def write(results: Iterable[Result], out: Path) -> Path:
    """Writes OUT/feedback/<submission>.md and .html for each result and returns the folder.

    A page that stands there and was made of the same result is left as it is.
    """
    return write_pages(((result, to_line(result)) for result in results), out)


def write_pages(results: Iterable[tuple[Result, str]], out: Path) -> Path:
    """The same for results beside their lines of results.jsonl."""
    folder = out / FEEDBACK
    folder.mkdir(parents=True, exist_ok=True)
    for result, line in results:
        _write(result, stamp_of([line]), folder)
    return folder


def remove_pages(submissions: Iterable[str], out: Path) -> None:
    """Takes away the pages of submissions that OUT no longer holds."""
    for submission in submissions:
        for ending in (".html", ".md"):
            (out / FEEDBACK / f"{file_name(submission)}{ending}").unlink(missing_ok=True)


def write_page(line: str, out: Path) -> None:
    """The pages of one line of results.jsonl. Raises OSError."""
    _write(from_json(json.loads(line)), stamp_of([line]), out / FEEDBACK)


def _write(result: Result, stamp: str, folder: Path) -> None:
    name = file_name(result.submission)
    page, twin = folder / f"{name}.html", folder / f"{name}.md"
    if has_stamp(page, stamp) and os.path.exists(twin):
        return
    write_atomically(twin, to_markdown(result))
    write_atomically(page, stamped(feedback_page(result), stamp))


def to_markdown(result: Result) -> str:
    """The whole page: the total, what was wrong with the files, then each question's feedback."""
    total = f"{plain(result.earned)} of {plain(result.possible)} points"
    parts = [f"# {result.homework}: {result.submission}", f"**{total}**"]
    if result.needs_review:
        parts.append("A person will look at some of this; the points may change.")
    parts.extend(_finding(item) for item in result.findings if item.severity != "note")
    parts.extend(_question(item) for item in result.questions)
    return printable("\n\n".join(parts)) + "\n"


def _finding(item: Finding) -> str:
    if item.id == "crash":  # what broke in the program is no business of the student's
        return "> This could not be graded by the program; a person will look at it."
    where = f" ({item.place.file}, line {item.place.line})" if item.place else ""
    return f"> {item.severity}: {said(item)}{where}"


def _question(item: QuestionResult) -> str:
    text = item.feedback.strip()
    heading = f"## {item.id}: {plain(item.earned)} of {plain(item.possible)}"
    return text if text.startswith("#") else f"{heading}\n\n{text}".strip()
