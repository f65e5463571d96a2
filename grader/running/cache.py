"""What was graded before, on this machine: results by the key of all that they depend on.

One SQLite file in the user's cache folder (or in the folder that GRADER_CACHE names). It is only ever a
saving: what cannot be read is not there, and a damaged file is begun anew.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

NAME = "results.sqlite"
VARIABLE = "GRADER_CACHE"
PATIENCE = 5.0  # seconds to wait for another process
LARGEST = 256 << 20  # bytes; then the older half is dropped
BLOCK = 500  # keys asked for at once

_TABLE = "CREATE TABLE IF NOT EXISTS results (key BLOB UNIQUE NOT NULL, line BLOB NOT NULL)"


class Cache:
    """Lines of results.jsonl by key. No method raises for what is wrong with the file."""

    def __init__(self, connection: sqlite3.Connection | None) -> None:
        self._connection = connection

    @property
    def keeps(self) -> bool:
        """Whether there is a file to keep anything in."""
        return self._connection is not None

    def find(self, keys: Iterable[bytes]) -> dict[bytes, str]:
        """The lines that are kept for these keys."""
        wanted = list(keys)
        found: dict[bytes, str] = {}
        for start in range(0, len(wanted), BLOCK):
            block = wanted[start : start + BLOCK]
            spots = ", ".join("?" * len(block))
            rows = self._run(f"SELECT key, line FROM results WHERE key IN ({spots})", block)
            for key, line in rows:
                with suppress(zlib.error, UnicodeDecodeError, TypeError):
                    found[bytes(key)] = zlib.decompress(line).decode()
        return found

    def keep(self, key: bytes, line: str) -> None:
        """Keeps a line from now on, whatever becomes of this process."""
        with suppress(UnicodeEncodeError):
            packed = zlib.compress(line.encode(), 1)
            self._run("INSERT OR REPLACE INTO results (key, line) VALUES (?, ?)", (key, packed))

    def _run(self, statement: str, values: Iterable[object]) -> list[tuple[bytes, bytes]]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(statement, tuple(values)).fetchall()
        except sqlite3.Error:
            return []


def cache_folder() -> Path:
    """Where results are kept for later runs."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("grader", appauthor=False)


@contextmanager
def opened_cache(folder: Path | None = None) -> Iterator[Cache]:
    """The cache in a folder, made if it is not there; one that keeps nothing where that cannot be."""
    path = (cache_folder() if folder is None else folder) / NAME
    connection = _connected(path) or _anew(path)
    try:
        yield Cache(connection)
    finally:
        if connection is not None:
            with suppress(sqlite3.Error):
                _pruned(connection, path)
                connection.close()


def _connected(path: Path) -> sqlite3.Connection | None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")  # a power cut costs the saving, nothing else
        connection.execute(_TABLE)
        connection.execute("SELECT key, line FROM results LIMIT 1").fetchall()
    except (OSError, sqlite3.Error):
        return None
    return connection


def _anew(path: Path) -> sqlite3.Connection | None:
    """A damaged file is put away; one that is merely in use, or out of reach, is left alone."""
    try:
        with path.open("rb") as stream:
            if stream.read(16) in (b"SQLite format 3\0", b"") and not _is_damaged(path):
                return None
        for name in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
            name.unlink(missing_ok=True)
    except OSError:
        return None
    return _connected(path)


def _is_damaged(path: Path) -> bool:
    try:
        connection = sqlite3.connect(path, timeout=PATIENCE)
        try:
            connection.execute("SELECT key, line FROM results LIMIT 1").fetchall()
        finally:
            connection.close()
    except sqlite3.OperationalError as bad:
        return "no such" in str(bad)
    except sqlite3.Error:
        return True
    return False


def _pruned(connection: sqlite3.Connection, path: Path) -> None:
    """Keeps the file from growing for ever."""
    if path.stat().st_size > LARGEST:
        connection.execute(
            "DELETE FROM results WHERE rowid <= (SELECT rowid FROM results ORDER BY rowid "
            "LIMIT 1 OFFSET (SELECT count(*) / 2 FROM results))"
        )
        connection.execute("VACUUM")
