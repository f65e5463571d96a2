"""Where the changes that people make are kept: OUT/changes.sqlite, nothing of which is ever rewritten.

Taking a change back is a note beside it, so that the file tells for ever who decided what, when and why.
Two processes may use it at once: whoever holds it open keeps the other waiting.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from grader.errors import SubmissionError
from grader.marking.overrides import Change

NAME = "changes.sqlite"
PATIENCE = 60.0  # seconds to wait for another process
VERSION = 1

_TABLES = """
CREATE TABLE IF NOT EXISTS changes (
    id INTEGER PRIMARY KEY,
    command INTEGER NOT NULL,
    homework TEXT NOT NULL,
    submission TEXT NOT NULL,
    question TEXT NOT NULL,
    mark TEXT NOT NULL,
    points REAL NOT NULL,
    who TEXT NOT NULL,
    "when" TEXT NOT NULL,
    why TEXT NOT NULL,
    answer TEXT NOT NULL,
    equal INTEGER NOT NULL,
    unsure INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS undone (
    change INTEGER PRIMARY KEY REFERENCES changes (id),
    who TEXT NOT NULL,
    "when" TEXT NOT NULL,
    why TEXT NOT NULL
);
"""
_FIELDS = 'submission, question, mark, points, who, "when", why, answer, equal, unsure, command'
_STANDING = "homework = ? AND id NOT IN (SELECT change FROM undone)"


class Changes:
    """The changes of one OUT, held open: what is added here is kept when the `with` block ends well."""

    def __init__(self, connection: sqlite3.Connection, homework: str) -> None:
        self._connection, self._homework = connection, homework

    def standing(self) -> tuple[Change, ...]:
        """What counts: every change that was not taken back, the earliest first."""
        rows = self._connection.execute(
            f"SELECT {_FIELDS} FROM changes WHERE {_STANDING} ORDER BY id", (self._homework,)
        )
        return tuple(_change(row) for row in rows)

    def add(self, changes: Sequence[Change]) -> None:
        """Keeps what one command says; the changes get a common number."""
        last = self._connection.execute("SELECT coalesce(max(command), 0) FROM changes").fetchone()[0]
        for item in changes:
            row = (item.submission, item.question, item.mark, item.points, item.who, item.when, item.why)
            rest = (item.answer, item.equal, item.unsure, last + 1, self._homework)
            self._connection.execute(
                f"INSERT INTO changes ({_FIELDS}, homework) VALUES ({', '.join('?' * 12)})",
                tuple(map(_stored, (*row, *rest))),
            )

    def undo(self, command: int, marks: Sequence[str], who: str, when: str, why: str) -> None:
        """Takes back what a command said of these marks."""
        spots = ", ".join("?" * len(marks))
        self._connection.execute(
            f'INSERT INTO undone (change, who, "when", why) SELECT id, ?, ?, ? FROM changes '
            f"WHERE {_STANDING} AND command = ? AND mark IN ({spots})",
            (_stored(who), when, _stored(why), self._homework, command, *marks),
        )


@contextmanager
def opened(out: Path, homework: str) -> Iterator[Changes]:
    """The changes kept in OUT for a homework, made if there are none; nobody else writes meanwhile.

    What was added is dropped again if the block raises. Raises SubmissionError where the file is damaged
    or cannot be written.
    """
    path = out / NAME
    try:
        with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            for statement in _TABLES.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")
            yield Changes(connection, homework)
            connection.execute("COMMIT")
    except sqlite3.Error as bad:
        raise SubmissionError(f"{path}: the changes cannot be kept here: {bad}", _HINT) from bad


def are_kept(out: Path) -> bool:
    """Whether anybody has ever changed a mark in OUT."""
    return (out / NAME).is_file()


_HINT = "it should be a file that `grader override` made; move it away to begin anew"


def _stored(value: str | float) -> str | float | bytes:
    """A value as SQLite takes it: a file's name may hold bytes that are no text."""
    if not isinstance(value, str) or value.isascii():
        return value
    data = value.encode("utf-8", "surrogatepass")
    return data if any("\ud800" <= letter <= "\udfff" for letter in value) else value


def _text(value: str | bytes) -> str:
    return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else value


def _change(row: Sequence[Any]) -> Change:
    submission, question, mark, points, who, when, why, answer, equal, unsure, command = row
    return Change(
        _text(submission),
        _text(question),
        _text(mark),
        points,
        _text(who),
        when,
        _text(why),
        _text(answer),
        bool(equal),
        bool(unsure),
        command,
    )
