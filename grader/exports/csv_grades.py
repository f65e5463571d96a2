"""grades.csv: a row a submission, for a spreadsheet or a gradebook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from grader.exports.files import plain, write_atomically
from grader.records import Result

NAME = "grades.csv"
STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
CONTROLS = dict.fromkeys((*range(32), 127), " ")


def write(results: Iterable[Result], out: Path) -> Path:
    """Writes OUT/grades.csv and returns its path."""
    path = out / NAME
    write_atomically(path, to_csv(tuple(results)))
    return path


def to_csv(results: Sequence[Result]) -> str:
    """The table: submission, the points of each question, total, possible, needs_review."""
    questions = list(dict.fromkeys(item.id for result in results for item in result.questions))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["submission", *map(safe, questions), "total", "possible", "needs_review"])
    for result in results:
        earned = {item.id: plain(item.earned) for item in result.questions}
        points = [earned.get(name, "") for name in questions]
        review = "true" if result.needs_review else "false"
        writer.writerow(
            [safe(result.submission), *points, plain(result.earned), plain(result.possible), review]
        )
    return text.getvalue()


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one that begins like it gets an apostrophe.

    Control characters become spaces, so that a row stays a row.

    What counts as such a beginning: OWASP, "CSV Injection".

    >>> safe("=1+1"), safe("ana")
    ("'=1+1", 'ana')
    """
    line = text.translate(CONTROLS)
    return f"'{line}" if line.lstrip().startswith(STARTS) else line
