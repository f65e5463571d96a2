"""Text that may belong to another question: a heading of an unknown spelling, a paragraph of words alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.records import Piece

_STEPS = r"(?:step|case|eq|eqn|equation|fig|figure|table|line|page|lemma|theorem|claim|remark|way|attempt)"
_SENTENCE = 10  # words


def has_heading_of(pieces: Sequence[Piece], number: int) -> bool:
    """Whether a short line of its own holds a question's number, in whatever spelling: `§3`, `Three 3 >`."""
    line = re.compile(rf"\W*(?!{_STEPS}\b)[^\W\d_]{{0,12}}[\s.:#_-]*{number}\W*", re.IGNORECASE)
    return any(line.fullmatch(text) and re.search(r"[^\s\d().]", text) for text in _lines(pieces))


def has_words_alone(pieces: Sequence[Piece]) -> bool:
    """Whether a later paragraph is a sentence without a formula."""
    for before, piece, after in zip(pieces, pieces[1:], (*pieces[2:], None), strict=False):
        begins = piece.place.line > _last_line(before) + 1
        ends = after is None or after.place.line > _last_line(piece) + 1
        words = len(re.findall(r"[^\W\d_]{2,}", piece.text))
        if piece.kind == "prose" and not piece.struck and begins and ends and words >= _SENTENCE:
            return True
    return False


def later_paragraphs(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """What stands below the first empty line."""
    for index in range(1, len(pieces)):
        if pieces[index].place.line > _last_line(pieces[index - 1]) + 1:
            return tuple(pieces[index:])
    return ()


def _lines(pieces: Sequence[Piece]) -> Iterator[str]:
    for before, piece, after in zip((None, *pieces), pieces, (*pieces[1:], None), strict=False):
        if piece.kind != "prose" or piece.struck:
            continue
        lines = piece.text.split("\n")
        first = before is not None and _last_line(before) == piece.place.line
        last = after is not None and _last_line(piece) == after.place.line
        yield from (line.strip() for line in lines[int(first) : len(lines) - int(last)])


def _last_line(piece: Piece) -> int:
    return piece.place.line + piece.text.count("\n")
