"""Where in the pieces of a document something stands that could be the mark of a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from grader.documents import mark_styles
from grader.documents.mark_styles import Found
from grader.documents.structure import Outline, is_structure
from grader.records import Piece


@dataclass(frozen=True, slots=True)
class Mark:
    """A possible mark: its style and number, and the range of the piece that it takes up.

    `indent` is the column at which its line begins; marks of one level share it. `major`, `part` and `step`
    are those of `Found`. `unsure`: it can be read as the mark of another question as well.
    """

    style: str
    number: int
    piece: int
    start: int
    end: int
    indent: int = 0
    major: int = 0
    part: int = 0
    step: bool = False
    unsure: bool = False

    @property
    def position(self) -> tuple[int, int]:
        return self.piece, self.start


_ROW = re.compile(
    r"(?:\A|\\\\(?:\[[^\]\n]*\])?|\n)"
    r"(?:\\begin\{[A-Za-z]+\*?\}(?:\[\w\])?(?:\{[^{}]*\})?|\\(?:q?quad|displaystyle|left|hline|,|;|!|\s)|[&{}\s~])*"
)
_TEXT = re.compile(
    r"\\(?:text|textbf|textrm|mathbf|mathrm|textsf|bf|rm|operatorname\*?|underline|boldsymbol|textit|mathit)"
    r"\s*\{(?P<inside>(?:[^{}]|\{[^{}]*\})*)\}"
)
# What only dresses a mark that is a formula by itself: `$\mathbf{1.}$`, `$\underline{\text{Q1}}$`.
_DRESS = re.compile(
    r"\\(?:text|textbf|textrm|mathbf|mathrm|textsf|bf|rm|operatorname\*?|underline|boldsymbol|textit|mathit)(?![A-Za-z])"
    r"|[{}]|\\[,;:!]|\\(?=\s)|~|\\q?quad(?![A-Za-z])"
)
_SPACED = re.compile(r"(?P<inside>\(\d{1,2}\)|\d{1,2}[.)])\s*(?:\\q?quad|\\[;,:\s]|~)")
# In these files a column says nothing of the level, since commands stand before the text.
_LATEX = (".tex", ".ltx", ".latex")
_BULLET = re.compile(r"[ \t>]*[-+*•]\s")
_LAST_WORD = 24
_LONGEST_MARK = 60
_LONE_NUMBER = re.compile(r"\d{1,2}")
_MARKUP_PIECES = 8
_MOST_MARKS = 2_000
_MARKUP = re.compile(r"[\s#*_>+-]*\Z")
_RUNS_ON = re.compile(
    r"\b(?:in|of|from|see|by|to|using|and|or|the|with|for|as|at|on|than|than|via|eq|equation|equations|part|parts|step|steps"
    r"|question|questions|problem|problems|is|are|was|between)\s*\Z",
    re.IGNORECASE,
)


def find_marks(pieces: Sequence[Piece]) -> list[Mark]:
    """Every possible mark, in order of the document."""
    return list(islice(_all_marks(pieces), _MOST_MARKS))


def _all_marks(pieces: Sequence[Piece]) -> Iterator[Mark]:
    outline = Outline()
    for index, piece in enumerate(pieces):
        fresh = begins_line(pieces, index)
        if is_structure(piece):
            structural = outline.enter(piece.text)
            if structural:
                yield _mark(structural, index, 0, len(piece.text), 1)
        elif piece.kind == "prose":
            yield from _in_prose(pieces, index, fresh)
        elif piece.display or fresh:
            yield from _in_formula(piece, index)


def begins_line(pieces: Sequence[Piece], index: int) -> bool:
    """Does a piece stand at the start of its line (behind nothing but markup)?"""
    piece = pieces[index]
    for before in reversed(pieces[max(0, index - _MARKUP_PIECES) : index]):
        last_line = before.place.line + before.text.count("\n")
        here = (piece.place.file, piece.place.cell, piece.place.line)
        if here != (before.place.file, before.place.cell, last_line):
            return not piece.text[:1].isspace() or not _may_close(before, last_line, piece)
        if is_structure(before):
            return True
        newline = before.text.rfind("\n")
        if before.kind != "prose" or not _MARKUP.match(before.text, newline + 1):
            return False
        if newline >= 0:
            return True
        piece = before
    return index < _MARKUP_PIECES


def _may_close(before: Piece, last_line: int, piece: Piece) -> bool:
    """Can a formula's closing sign stand on the line of what comes next (`$$ (3)`, its number)?"""
    return before.kind == "math" and before.display and piece.place.line - last_line <= 1


def _in_prose(pieces: Sequence[Piece], index: int, fresh: bool) -> Iterator[Mark]:
    piece = pieces[index]
    text, start, column = piece.text, 0, piece.place.column
    if fresh and _LONE_NUMBER.fullmatch(text) and _stands_apart(pieces, index):
        yield Mark("lone", int(text), index, 0, len(text))
        return
    while start >= 0:
        newline = text.find("\n", start)
        end = newline if newline >= 0 else len(text)
        found = mark_styles.mark_in_line(text, start, end) if fresh or start else None
        if found and not _runs_on(pieces, index, start):
            indent = column if start == 0 else len(text[start:end]) - len(text[start:end].lstrip(" \t>")) + 1
            indent = (
                1 if piece.place.file.endswith(_LATEX) else indent + 2 * bool(_BULLET.match(text, start, end))
            )
            yield _mark(found, index, found.start, found.end, indent)
        start = newline + 1 if newline >= 0 else -1


def _stands_apart(pieces: Sequence[Piece], index: int) -> bool:
    """Is a piece set apart from what follows by markup that was cut out, as in `\\textbf{1} Text`?"""
    piece, after = pieces[index], pieces[index + 1 : index + 2]
    if not after or after[0].place.line != piece.place.line:
        return True
    return after[0].place.column - piece.place.column - len(piece.text) >= (
        1 if after[0].kind == "prose" else 3
    )


def _runs_on(pieces: Sequence[Piece], index: int, start: int) -> bool:
    """Is the line a wrapped one, whose number belongs to a word at the end of the line before?"""
    if start:
        return bool(_RUNS_ON.search(pieces[index].text, max(0, start - _LAST_WORD), start))
    before = pieces[index - 1] if index else None
    if before is None or before.kind != "prose" or is_structure(before):
        return False
    adjacent = pieces[index].place.line - before.place.line - before.text.count("\n") == 1
    return (
        adjacent
        and before.place.cell == pieces[index].place.cell
        and bool(_RUNS_ON.search(before.text, max(0, len(before.text) - _LAST_WORD)))
    )


def _mark(found: Found, index: int, start: int, end: int, indent: int = 0) -> Mark:
    return Mark(found.style, found.number, index, start, end, indent, found.major, found.part, found.step)


def _in_formula(piece: Piece, index: int) -> Iterator[Mark]:
    whole = None if piece.display else mark_styles.mark_alone(_undressed(piece.text))
    if whole and (whole.style == "word" or _undressed(piece.text).endswith((".", ")", ":"))):
        yield _mark(whole, index, 0, len(piece.text))
        return
    for row in _ROW.finditer(piece.text):
        at = row.end()
        circled = mark_styles.mark_in_line(piece.text, at, len(piece.text))
        if circled and circled.style == "circled":
            yield _mark(circled, index, at, circled.end)
            continue
        match = _TEXT.match(piece.text, at) or _SPACED.match(piece.text, at)
        found = mark_styles.mark_alone(_undressed(match.group("inside"))) if match else None
        if match and found:
            yield _mark(found, index, at, match.end())


def _undressed(formula: str) -> str:
    return _DRESS.sub("", formula).strip() if len(formula) <= _LONGEST_MARK else ""
