"""Canvas: fills the gradebook that the instructor exported from it, and nothing but this assignment.

What Canvas reads, and how it takes a column for an assignment by the number in its title: Instructure,
"How do I import grades in the Gradebook?", and canvas-lms, lib/gradebook_importer.rb. A title without the
number of an assignment would make a new one; so only columns that carry it are filled.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from grader.errors import SubmissionError
from grader.exports.files import write_atomically
from grader.exports.filling import left_alone, needed_template, not_placed, number_in, points_for
from grader.exports.gradebook import Entry, Gradebook, Written
from grader.exports.matching import Matches
from grader.exports.tables import read_table, table_text
from grader.exports.waiting import is_unread

FILE = "canvas.csv"
PEOPLE = ("Student", "LastName", "FirstName", "ID", "SIS User ID", "SIS Login ID", "Integration ID")
KEPT = (*PEOPLE, "Root Account", "Section")
_TITLE = re.compile(r"(?P<title>.*?)\s*\((?P<id>\d+)\)\s*")
_NO_STUDENT = re.compile(r"\s*(muted|manual posting.*)?\s*", re.IGNORECASE)
_COMPUTED = re.compile(r"(Current|Final|Override) (Score|Points|Grade|Status)|read only", re.IGNORECASE)


def write(book: Gradebook, folder: Path) -> Written:
    """Writes canvas.csv: the people, and the column of the assignment with the points of everyone found.

    Rows of people without a submission stay as they are. Raises SubmissionError where the template is no
    gradebook of Canvas, or no column, or several, are of this homework.
    """
    rows = read_table(needed_template(book, "the gradebook that Canvas exports"))
    header = [cell.strip() for cell in rows[0]]
    if "ID" not in header or not {"Student", "LastName"} & set(header):
        raise SubmissionError(
            f"{book.template}: no gradebook of Canvas", "Gradebook, Export, Entire Gradebook"
        )
    place = _column(header, book)
    kept = [at for at, cell in enumerate(header) if cell in KEPT]
    entries, placed, maximum = Matches(book.entries), set(), None
    for row in rows[1:]:
        if "Points Possible" in row[0]:
            maximum = number_in(row[place])
        elif not all(_NO_STUDENT.fullmatch(cell) for cell in row) and not _is_test(row, header):
            entry = _entry(row, header, entries)
            if entry is not None:
                row[place] = row[place] if is_unread(entry.result) else points_for(entry, maximum, book)
                placed.add(entry.result.submission)
    path = folder / FILE
    write_atomically(path, table_text([row[at] for at in (*kept, place)] for row in rows))
    return Written((path,), (*not_placed(book.entries, placed), *left_alone(book.entries)))


def _entry(row: Sequence[str], header: Sequence[str], entries: Matches) -> Entry | None:
    """Whose row it is. The number of a user in Canvas is an id of the class only where there is no other."""
    by_name = {cell: row[at] for at, cell in enumerate(header) if cell in PEOPLE}
    order = ["SIS User ID", "SIS Login ID", "Integration ID", "Student"]
    if not any(by_name.get(name, "").strip() for name in order[:2]):
        order.insert(0, "ID")
    names = [by_name[name] for name in order if name in by_name]
    names.append(f"{by_name.get('FirstName', '')} {by_name.get('LastName', '')}")
    return entries.of_user(by_name["ID"]) or entries.find(*names)


def _is_test(row: Sequence[str], header: Sequence[str]) -> bool:
    return header[0] == "Student" and row[0].strip().casefold() in ("student, test", "test student")


def _column(header: Sequence[str], book: Gradebook) -> int:
    """The one column of this homework; its whole title must match, for Canvas makes what it does not know."""
    names = (book.column,) if book.column else (book.homework, book.title)
    wanted = {name.strip().casefold() for name in names if name.strip()}
    known: dict[int, str] = {}
    found: list[int] = []
    for at, cell in enumerate(header):
        match = _TITLE.fullmatch(cell)
        if match is None or cell in KEPT or _COMPUTED.search(cell):
            continue
        known[at] = cell
        if {cell.casefold(), match["title"].casefold(), match["id"]} & wanted:
            found.append(at)
    if len(found) == 1:
        return found[0]
    what = "several columns are" if found else "no column is"
    listed = "; ".join(list(known.values())[:12]) or "no assignment with its number"
    raise SubmissionError(
        f"{book.template}: {what} of `{book.column or book.homework}`",
        f"name it with `--column`, with its number if titles repeat; there are: {listed}",
    )
