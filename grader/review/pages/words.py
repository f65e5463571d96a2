"""What was handed in around the formulas: its lines, and what was odd about the files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.exports.files import said
from grader.marking.overrides import as_graded
from grader.records import Place, Result
from grader.reports.wording import where
from grader.review.handed_in import Part, Reread
from grader.review.items import Item
from grader.review.pages.naming import Names


@dataclass(frozen=True, slots=True)
class Words:
    """A line as handed in: its file if it is the first of it, its place, and the marks that speak of it."""

    file: str
    where: str
    parts: Sequence[Part]
    marks: tuple[str, ...]


def words_of(reread: Reread | None, item: Item, names: Names) -> tuple[Words, ...] | None:
    """The lines of an answer; None where the page does not know what was handed in."""
    if reread is None:
        return None
    marks: dict[tuple[int | None, int | None], list[str]] = {}
    for mark in as_graded(item.question).marks:
        marks.setdefault((mark.cell, mark.line), []).append(mark.id)
    found, files = [], dict[str, int]()
    for row in reread(item.submission, item.question.id):
        fresh = row.file not in files
        files.setdefault(row.file, len(files) + 1)
        file = names.file(row.file, files) if fresh else ""
        found.append(
            Words(file, where(row.line, row.cell), row.parts, tuple(marks.get((row.cell, row.line), ())))
        )
    return tuple(found)


def files_of(result: Result, hidden: bool) -> tuple[str, ...]:
    """What was odd about the files; where names are hidden only that there is something."""
    found = [item for item in result.findings if item.severity != "note"]
    if hidden and found:
        return (f"{len(found)} remarks on the files may hold names: they are hidden",)
    return tuple(f"{_place(item.place)}{said(item)}" for item in found[:8])


def _place(place: Place | None) -> str:
    return f"{place.file}, {where(place.line, place.cell)}: " if place is not None else ""
