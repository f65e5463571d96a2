"""feedback/<submission>.md and .html: what a student reads, two files a submission that say the same."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from grader.exports.files import plain, said, write_atomically
from grader.records import Finding, QuestionResult, Result
from grader.reports import feedback_page
from grader.reports.naming import FEEDBACK, file_name


def write(results: Iterable[Result], out: Path) -> Path:
    """Writes OUT/feedback/<submission>.md and .html for each result and returns the folder."""
    folder = out / FEEDBACK
    folder.mkdir(parents=True, exist_ok=True)
    for result in results:
        name = file_name(result.submission)
        write_atomically(folder / f"{name}.md", to_markdown(result))
        write_atomically(folder / f"{name}.html", feedback_page(result))
    return folder


def to_markdown(result: Result) -> str:
    """The whole page: the total, what was wrong with the files, then each question's feedback."""
    total = f"{plain(result.earned)} of {plain(result.possible)} points"
    parts = [f"# {result.homework}: {result.submission}", f"**{total}**"]
    if result.needs_review:
        parts.append("A person will look at some of this; the points may change.")
    parts.extend(_finding(item) for item in result.findings if item.severity != "note")
    parts.extend(_question(item) for item in result.questions)
    return "\n\n".join(parts) + "\n"


def _finding(item: Finding) -> str:
    if item.id == "crash":  # what broke in the program is no business of the student's
        return "> This could not be graded by the program; a person will look at it."
    where = f" ({item.place.file}, line {item.place.line})" if item.place else ""
    return f"> {item.severity}: {said(item)}{where}"


def _question(item: QuestionResult) -> str:
    text = item.feedback.strip()
    heading = f"## {item.id}: {plain(item.earned)} of {plain(item.possible)}"
    return text if text.startswith("#") else f"{heading}\n\n{text}".strip()
