"""Moodle: fills the grading worksheet that was downloaded from the assignment.

What Moodle reads: Moodle documentation, "Using Assignment", offline marking; and mod/assign/feedback/offline,
which asks for the columns Identifier, Grade and Last modified (grade), and knows a row by its identifier.
"""

from __future__ import annotations

import html
from pathlib import Path

from grader.errors import SubmissionError
from grader.exports.files import plain, write_atomically
from grader.exports.filling import (
    column_of,
    left_alone,
    needed_template,
    not_placed,
    number_in,
    points_for,
)
from grader.exports.gradebook import Entry, Gradebook, Written
from grader.exports.matching import Matches
from grader.exports.tables import read_table, table_text
from grader.exports.waiting import is_unread

FILE = "moodle.csv"


def write(book: Gradebook, folder: Path) -> Written:
    """Writes moodle.csv: the worksheet with the points, and a summary where it has room for feedback.

    Rows of people without a submission stay as they are, and so do those whose grade is locked there, or of
    whose paper nothing could be read. Raises SubmissionError where the template is no
    grading worksheet.
    """
    rows = read_table(needed_template(book, "the grading worksheet that Moodle gives for the assignment"))
    header = rows[0]
    identifier, grade = column_of(header, "Identifier"), column_of(header, "Grade")
    if identifier is None or grade is None or column_of(header, "Last modified (grade)") is None:
        raise SubmissionError(
            f"{book.template}: no grading worksheet of Moodle (in English)",
            "in the assignment: View all submissions, Download grading worksheet",
        )
    most, feedback = column_of(header, "Maximum grade"), column_of(header, "Feedback comments")
    names = [column_of(header, name) for name in ("ID number", "Email address", "Username", "Full name")]
    change = column_of(header, "Grade can be changed")
    entries, placed = Matches(book.entries), set()
    locked: list[str] = []
    for row in rows[1:]:
        number = row[identifier].strip().rpartition(" ")[2]
        entry = entries.of_user(number) or entries.find(*(row[at] for at in names if at is not None))
        if entry is None:
            continue
        placed.add(entry.result.submission)
        if change is not None and row[change].strip().casefold() == "no":
            locked.append(entry.result.submission)
            continue
        if is_unread(entry.result):
            continue
        row[grade] = points_for(entry, number_in(row[most]) if most is not None else None, book)
        if feedback is not None:
            row[feedback] = _comment(entry)
    path = folder / FILE
    write_atomically(path, table_text(rows))
    return Written((path,), (*not_placed(book.entries, placed), *left_alone(book.entries, locked)))


def _comment(entry: Entry) -> str:
    """The points of each question in words; Moodle takes it for HTML, so nothing in it is markup."""
    parts = [f"{item.id}: {plain(item.earned)} of {plain(item.possible)}" for item in entry.result.questions]
    if entry.late.penalty:
        parts.append(f"{entry.late.said}: {plain(-entry.late.penalty)}")
    return html.escape("; ".join(parts))
