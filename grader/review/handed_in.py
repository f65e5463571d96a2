"""The words of a submission as they were handed in: the lines of one question, prose and formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from grader.documents import QuestionMark, read_document, split
from grader.notation import expanded
from grader.printable import printable
from grader.records import Piece, Section
from grader.reports.formulas import formula
from grader.running.archives import FOLDER, holds_archives
from grader.running.discover import Submission, submissions_in
from grader.running.origin import origin_of
from grader.spec.model import Homework

KEPT = 200  # submissions that are remembered
LINES = 400  # of one answer that are shown


@dataclass(frozen=True, slots=True)
class Part:
    """A run of prose, or a formula as HTML; `struck` if it was crossed out."""

    text: str = ""
    formula: Markup | None = None
    struck: bool = False


@dataclass(slots=True)
class Row:
    """A line of a file: its place, and what stands in it."""

    file: str
    cell: int | None
    line: int
    parts: list[Part] = field(default_factory=list)


Macros = Mapping[str, tuple[int, str]]
Reread = Callable[[str, str], Sequence[Row]]  # of a submission and a question


def graded_from(submissions: Path | None, out: Path) -> Path | None:
    """What was graded, as a person names it; else as OUT does, if it is still there."""
    noted = origin_of(out).submissions
    return submissions or (noted if noted is not None and noted.exists() else None)


def words_folder(submissions: Path | None, out: Path) -> Path | None:
    """Where the words stand: in the folder that was graded; what was a zip was unpacked into OUT."""
    unpacked = out / FOLDER
    if (submissions is None or holds_archives(submissions)) and unpacked.is_dir():
        return unpacked
    return submissions


def handed_in(folder: Path | None, homework: Homework | None) -> Reread | None:
    """Shows what stands in a folder of submissions, if there is one. Raises SubmissionError as grading does.

    A file that is no longer there gives no lines: what was graded is in the results.
    """
    if folder is None or homework is None:
        return None
    marks = [QuestionMark(q.id, q.number, q.title, q.phrases) for q in homework.questions]
    found = {item.id: item for item in submissions_in(folder, homework.submission)}

    @lru_cache(maxsize=KEPT)
    def sections(name: str) -> Mapping[str, Section]:
        files = found.get(name, Submission(name)).files
        parts, _ = split([read_document(path) for path in files], marks)
        return {section.question: section for section in parts}

    def reread(name: str, question: str) -> Sequence[Row]:
        section = sections(name).get(question)
        return tuple(_rows(section))[:LINES] if section is not None else ()

    return reread


def _rows(section: Section) -> Iterator[Row]:
    """The pieces, line by line; blank lines are left out."""
    row: Row | None = None
    for piece in section.pieces:
        for line, part in _parts(piece, section.macros):
            spot = (piece.place.file, piece.place.cell, line)
            if row is None or (row.file, row.cell, row.line) != spot:
                if row is not None:
                    yield row
                row = Row(*spot)
            row.parts.append(part)
    if row is not None:
        yield row


def _parts(piece: Piece, macros: Macros) -> Iterator[tuple[int, Part]]:
    start = piece.place.line
    if piece.kind == "math":
        text = printable(expanded(piece.text, macros))
        yield start, Part(formula=formula(text, piece.place.file), struck=piece.struck)
        return
    for line, text in enumerate(piece.text.split("\n"), start):
        if text.strip():
            yield line, Part(printable(text), struck=piece.struck)
