"""What graders say to each other about an answer, and who decided what there: kept beside the changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import SubmissionError
from grader.running.changes import NAME, PATIENCE, are_kept

Stored = str | bytes  # a text with bytes that are none is kept as bytes

_TABLE = """
CREATE TABLE IF NOT EXISTS notes (
    id INTEGER PRIMARY KEY,
    homework TEXT NOT NULL,
    submission BLOB NOT NULL,
    question TEXT NOT NULL,
    who TEXT NOT NULL,
    "when" TEXT NOT NULL,
    text TEXT NOT NULL
)
"""
_HISTORY = """
SELECT c.mark, c.points, c.who, c."when", c.why, c.equal, u.who, u."when"
FROM changes c LEFT JOIN undone u ON u.change = c.id
WHERE c.homework = ? AND c.question = ? AND CAST(c.submission AS BLOB) = ? ORDER BY c.id DESC
"""


@dataclass(frozen=True, slots=True)
class Note:
    """A remark from one grader to the others; no student sees it."""

    who: str
    when: str
    text: str


@dataclass(frozen=True, slots=True)
class Deed:
    """One mark once decided: by whom, when, why, for equals too, and who took it back (or nobody)."""

    mark: str
    points: float
    who: str
    when: str
    why: str
    equal: bool
    undone_by: str
    undone_when: str


class Notes:
    """The notes and the history of one homework in OUT. Raises SubmissionError where it cannot be kept."""

    def __init__(self, out: Path, homework: str) -> None:
        self._path, self._homework = out / NAME, homework

    def add(self, submission: str, question: str, note: Note) -> None:
        """Keeps a note."""
        with self._opened() as connection:
            connection.execute(_TABLE)
            row = (self._homework, _bytes(submission), question, note.who, note.when, note.text)
            connection.execute(
                'INSERT INTO notes (homework, submission, question, who, "when", text) '
                "VALUES (?, ?, ?, ?, ?, ?)",
                row,
            )

    def of(self, submission: str, question: str) -> tuple[Note, ...]:
        """The notes on an answer, the earliest first."""
        rows = self._asked(
            'SELECT who, "when", text FROM notes WHERE homework = ? AND question = ? AND submission = ? '
            "ORDER BY id",
            question,
            submission,
        )
        return tuple(Note(*map(_text, row)) for row in rows)

    def history(self, submission: str, question: str) -> tuple[Deed, ...]:
        """What was ever decided of an answer itself, the latest first."""
        rows = self._asked(_HISTORY, question, submission)
        return tuple(_deed(*row) for row in rows)

    def _asked(self, query: str, question: str, submission: str) -> list[tuple[Any, ...]]:
        if not are_kept(self._path.parent):
            return []
        with self._opened() as connection:
            try:
                found = connection.execute(query, (self._homework, question, _bytes(submission)))
                return list(found.fetchall())
            except sqlite3.OperationalError as bad:
                if "no such table" in str(bad):  # nobody has said anything yet
                    return []
                raise

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path, timeout=PATIENCE)) as connection, connection:
                yield connection
        except sqlite3.Error as bad:
            raise SubmissionError(f"{self._path}: {bad}") from bad


def _deed(
    mark: str, points: float, who: Stored, when: str, why: Stored, equal: int, undoer: Stored, undone: str
) -> Deed:
    return Deed(mark, points, _text(who), when, _text(why), bool(equal), _text(undoer or ""), undone or "")


def _text(value: Stored) -> str:
    return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else value


def _bytes(name: str) -> bytes:
    return name.encode("utf-8", "surrogatepass")
