"""Tables as the terminal's reports make them: every cell is text and nothing but text."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.printable import one_line, quiet

LONGEST_CELL = 300
NAME_WIDTH = 24
WIDTH_OF_FILES = 120


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A table; a column is its heading, with a leading `>` if it holds numbers.

    The first column and numbers are not broken, as far as there is room.
    """
    made = Table(title=cell(title) if title else None, header_style="bold", title_justify="left")
    for place, heading in enumerate(columns):
        right = heading.startswith(">")
        made.add_column(
            cell(heading.removeprefix(">")),
            justify="right" if right else "left",
            overflow="fold",
            no_wrap=right,
            min_width=NAME_WIDTH if place == 0 and heading == "submission" else None,
        )
    for row in rows:
        made.add_row(*(cell(item) for item in row))
    return made


def cell(text: str) -> Text:
    """A text that is no markup, on one line, without anything that commands."""
    return Text(quiet(one_line(text, LONGEST_CELL)))


def show(*parts: Table | str) -> None:
    """Prints tables and plain lines in turn."""
    console = Console(highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console = Console(highlight=False, width=WIDTH_OF_FILES)  # a file or a log breaks no lines
    for part in parts:
        if isinstance(part, str):
            console.print(Text(quiet(part)), soft_wrap=True)
        else:
            console.print(part)
