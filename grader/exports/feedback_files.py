"""feedback/<submission>.md: what a student reads, one file a submission."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from grader.exports.files import plain, said, write_atomically
from grader.records import Finding, QuestionResult, Result

FOLDER = "feedback"


def write(results: Iterable[Result], out: Path) -> Path:
    """Writes OUT/feedback/<submission>.md for each result and returns the folder."""
    folder = out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for result in results:
        write_atomically(folder / f"{file_name(result.submission)}.md", to_markdown(result))
    return folder


def file_name(submission: str) -> str:
    """A submission's id as a file name: itself, unless it could leave the folder.

    >>> file_name("../s1")
    '.._s1'
    """
    name = "".join("_" if letter in "/\\\0" else letter for letter in submission)
    return name if name.strip(".") else f"_{name}"


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
