"""The place of a character of a piece, by counting the line ends before it."""

from __future__ import annotations

from dataclasses import replace

from grader.records import Piece, Place


def place_of(piece: Piece, offset: int) -> Place:
    """The line and column in the file of a character of the piece's text.

    >>> place_of(Piece("math", "a\\n= b", Place("x.md", 7, 3)), 2)
    Place(file='x.md', line=8, column=1, cell=None)
    """
    before = piece.text[:offset]
    breaks = before.count("\n")
    if not breaks:
        return replace(piece.place, column=piece.place.column + offset)
    return replace(piece.place, line=piece.place.line + breaks, column=offset - before.rfind("\n"))


def place_text(place: Place) -> str:
    """A place as data: `7:3`, in a notebook with its cell.

    >>> place_text(Place("hw.md", 7, 3))
    '7:3'
    """
    return (
        f"{place.line}:{place.column}" if place.cell is None else f"{place.cell}:{place.line}:{place.column}"
    )
