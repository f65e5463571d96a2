"""nbgrader: the columns of its own `grades.csv`, for scripts that read them; properly quoted.

The columns and what they mean: nbgrader's documentation, "Exporting grades", and its CsvExportPlugin.
"""

from __future__ import annotations

from pathlib import Path

from grader.exports.files import write_atomically
from grader.exports.filling import left_alone
from grader.exports.gradebook import Entry, Gradebook, Written
from grader.exports.tables import table_text
from grader.exports.waiting import is_unread

FILE = "nbgrader-grades.csv"
COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)


def write(book: Gradebook, folder: Path) -> Written:
    """Writes nbgrader-grades.csv: a row a student, scores as decimal numbers; none for an unread paper."""
    path = folder / FILE
    read = [entry for entry in book.entries if not is_unread(entry.result)]
    write_atomically(path, table_text([COLUMNS, *(_row(entry, book) for entry in read)]))
    return Written((path,), left_alone(book.entries))


def _row(entry: Entry, book: Gradebook) -> list[object]:
    first, _, last = entry.person.name.rpartition(" ")
    if "," in entry.person.name:
        last, first = (part.strip() for part in entry.person.name.split(",", 1))
    result = entry.result
    return [
        book.homework,
        book.due,
        entry.late.handed_in,
        entry.student,
        last,
        first,
        entry.person.email,
        float(result.earned),
        float(entry.late.penalty),
        float(entry.score),
        float(result.possible),
    ]
