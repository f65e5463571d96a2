"""Offsets in a text to places in a file, and back."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property

from grader.places import place_of
from grader.records import Piece, Place


@dataclass(frozen=True)
class Source:
    """The decoded text of a file, or of one notebook cell, with the place of every character.

    Lines end in ``\\n`` (see `decode`); lines and columns are 1-based, a tab is one column.

    >>> Source("a\\nbc", "x.md").place(3)
    Place(file='x.md', line=2, column=2, cell=None)
    """

    text: str
    name: str
    cell: int | None = None

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        found = self.text.find("\n")
        while found >= 0:
            starts.append(found + 1)
            found = self.text.find("\n", found + 1)
        return starts

    def place(self, offset: int) -> Place:
        """The place of the character at `offset`."""
        line = bisect_right(self._starts, offset)
        return Place(self.name, line, offset - self._starts[line - 1] + 1, self.cell)

    def line_start(self, offset: int) -> int:
        """The offset at which the line that holds `offset` begins."""
        return self._starts[bisect_right(self._starts, offset) - 1]


def part_of(piece: Piece, start: int, end: int) -> Piece:
    """The piece that holds ``piece.text[start:end]``, at its own place."""
    if start == 0 and end == len(piece.text):
        return piece
    return replace(piece, text=piece.text[start:end], place=place_of(piece, start))
