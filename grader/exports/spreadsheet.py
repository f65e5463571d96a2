"""CSV: a row a student with everything that a spreadsheet may be asked for."""

from __future__ import annotations

from pathlib import Path

from grader.exports.files import plain, write_atomically
from grader.exports.gradebook import Entry, Gradebook, Written
from grader.exports.tables import table_text

FILE = "class.csv"
PERSON = ("submission", "id", "name", "email", "section")
SUMS = ("earned", "days_late", "penalty", "total", "possible", "needs_review")


def write(book: Gradebook, folder: Path) -> Written:
    """Writes class.csv: who, the points of each question, and what counts in the end (`total`)."""
    questions = list(dict.fromkeys(item.id for entry in book.entries for item in entry.result.questions))
    rows: list[list[object]] = [
        [*PERSON, *questions, *SUMS],
        *(_row(entry, questions) for entry in book.entries),
    ]
    path = folder / FILE
    write_atomically(path, table_text(rows))
    return Written((path,))


def _row(entry: Entry, questions: list[str]) -> list[object]:
    result, person, late = entry.result, entry.person, entry.late
    earned = {item.id: plain(item.earned) for item in result.questions}
    return [
        result.submission,
        *(person.id, person.name, person.email, person.section),
        *(earned.get(name, "") for name in questions),
        plain(result.earned),
        late.days,
        plain(late.penalty),
        plain(entry.score),
        plain(result.possible),
        "true" if result.needs_review else "false",
    ]
