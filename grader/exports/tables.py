"""Tables of other programs, read and written: comma separated, whatever wrote them."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from grader.errors import SubmissionError
from grader.exports.csv_grades import safe

LARGEST = 50 << 20  # bytes
SEPARATORS = ",;\t"
_SEPARATOR = re.compile("sep=.?")  # a first line by which Excel names the separator
_TWICE = "close it; within a quoted cell a quote is written twice"
_END = "\uffff"  # a row of our own behind the last: where it is not one, a quote before it is open


def read_table(path: Path) -> list[list[str]]:
    """The rows of a CSV file (comma, semicolon or tab; a byte order mark may stand before), all of one width.

    Raises SubmissionError where it cannot be read or holds nothing.
    """
    rows = [row for _, row in read_rows(path)]
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def read_rows(path: Path) -> list[tuple[int, list[str]]]:
    """The rows of a CSV file as they are, each with the line on which it begins; raises as `read_table`."""
    text = _text(path)
    head = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=head.count)
    lines = io.StringIO(f"{text}\n{_END}", newline="")
    try:
        *rows, (last, end) = _numbered(csv.reader(lines, delimiter=separator))
    except csv.Error as bad:
        raise SubmissionError(f"{path}: the table cannot be read: {bad}", "save it as CSV (UTF-8)") from bad
    if end != [_END]:
        raise SubmissionError(f"{path}:{last}: a quote is opened here and never closed", _TWICE)
    if rows and _SEPARATOR.fullmatch(separator.join(rows[0][1])):
        rows = rows[1:]
    if not rows:
        raise SubmissionError(f"{path}: the table is empty", "is it the right file?")
    return rows


def _text(path: Path) -> str:
    """What stands in a table: UTF-8, or UTF-16 where a byte order mark says so."""
    try:
        if path.stat().st_size > LARGEST:
            raise SubmissionError(f"{path}: too large for a table", "is it the right file?")
        data = path.read_bytes()
        wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        return data.decode("utf-16" if wide else "utf-8-sig")
    except OSError as bad:
        raise SubmissionError(f"{path}: the table cannot be read", str(bad)) from bad
    except UnicodeDecodeError as bad:
        line = 1 + bad.object[: bad.start].count(b"\n")
        raise SubmissionError(f"{path}:{line}: the table is not UTF-8", "save it as CSV UTF-8") from bad


def _numbered(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line on which they begin: a quoted cell may hold several."""
    last = 0
    for row in reader:
        if row:
            yield last + 1, row
        last = reader.line_num


def table_text(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV, every text quoted as it must be, and none that a spreadsheet runs."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([_cell(item) for item in row] for row in rows)
    return text.getvalue()


def _cell(value: object) -> object:
    if not isinstance(value, str) or value in ("-", "—") or _is_number(value):
        return value
    return safe(value)


def _is_number(text: str) -> bool:
    """A plain number: a minus before it is no formula.

    >>> _is_number("-2.5"), _is_number("-1+1")
    (True, False)
    """
    return text.isascii() and text.removeprefix("-").replace(".", "", 1).isdigit()
