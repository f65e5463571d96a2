"""What the exports that fill a platform's own table have in common: columns, points, who is not there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from grader.errors import SubmissionError
from grader.exports.files import plain
from grader.exports.gradebook import Entry, Gradebook
from grader.exports.waiting import is_unread


def needed_template(book: Gradebook, what: str) -> Path:
    """The table to fill. Raises SubmissionError where none was named."""
    if book.template is None:
        raise SubmissionError(f"this export fills {what}", "name it with `--template FILE`")
    return book.template


def column_of(header: Sequence[str], *names: str) -> int | None:
    """Where the first of these columns stands, in any case of letters."""
    low = [cell.strip().casefold() for cell in header]
    return next((low.index(name.casefold()) for name in names if name.casefold() in low), None)


def points_for(entry: Entry, maximum: float | None, book: Gradebook) -> str:
    """The points as the platform's own maximum counts them.

    Raises SubmissionError where that is another one than the homework's, and scaling was not asked for.
    """
    possible = entry.result.possible
    if maximum is None or possible <= 0 or math.isclose(maximum, possible):
        return str(plain(round(entry.score, 4)))
    if not book.scale:
        raise SubmissionError(
            f"the assignment has {plain(maximum)} points there, and {plain(possible)} here",
            "change it there, or use `--scale`",
        )
    return str(plain(round(entry.score * maximum / possible, 2)))


def number_in(cell: str) -> float | None:
    """The number in a cell, if it is one."""
    try:
        found = float(cell.strip().replace(",", "."))
    except ValueError:
        return None
    return found if math.isfinite(found) and found > 0 else None


def left_alone(entries: Sequence[Entry], locked: Sequence[str] = ()) -> tuple[str, ...]:
    """Notes on the rows that stay as they are: of papers that nobody has read, of grades that are locked."""
    unread = [entry.result.submission for entry in entries if is_unread(entry.result)]
    notes = []
    if unread:
        notes.append(f"{_counted(unread)} could not be read and wait for a person; no points are filled in")
    if locked:
        notes.append(f"{_counted(locked)} stay as they are: the platform says that their grade is locked")
    return tuple(notes)


def _counted(names: Sequence[str]) -> str:
    shown = ", ".join(names[:10]) + (", ..." if len(names) > 10 else "")
    return f"{len(names)} submission{'' if len(names) == 1 else 's'} ({shown})"


def not_placed(entries: Sequence[Entry], placed: set[str]) -> tuple[str, ...]:
    """A note on the submissions that no row was found for."""
    left = [entry.result.submission for entry in entries if entry.result.submission not in placed]
    if not left:
        return ()
    shown = ", ".join(left[:10]) + (", ..." if len(left) > 10 else "")
    return (f"{len(left)} submissions have no row there: {shown} (a roster may help: `--roster FILE`)",)
