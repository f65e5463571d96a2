"""Pieces of an answer -> lines: every formula's segments in order, with the prose around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from grader.expressions.symbols import SymbolTable
from grader.notation import Segment
from grader.places import place_of
from grader.records import Piece
from grader.working import cues
from grader.working.records import Line
from grader.working.sides import Macros, rows_read

_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n\s*\n")
_RELATION = re.compile(r"\s*(\\begin\{\w+\*?\}\s*)?(\\quad|\\phantom\{[^{}]*\}|\{\}|&|\s)*=")
_LISTED = re.compile(r"(or|and|,)$")


def read_groups(
    pieces: Sequence[Piece], table: Callable[[str], SymbolTable], macros: Macros
) -> Iterator[list[Line]]:
    """The lines in reading order: one group a row, and formulas that prose joins by "or" in one group.

    `table` is asked anew for each formula, since a line may declare a name that later ones use.
    """
    held: list[Line] = []
    for index, piece in enumerate(pieces):
        if piece.kind != "math":
            continue
        before = _before(pieces, index)
        if held and not (_LISTED.match(before) or cues.FOLLOWED_BY_CONDITION.match(before)):
            yield held
            held = []
        rows = _rows(pieces, index, table(piece.text), macros)
        if held and rows:
            held.extend(rows.pop(0))
        for row in rows:
            if held:
                yield held
            held = row
    if held:
        yield held


def _rows(pieces: Sequence[Piece], index: int, table: SymbolTable, macros: Macros) -> list[list[Line]]:
    """The lines of one formula, by row."""
    piece = pieces[index]
    segments = rows_read(piece, table, macros)
    rows: dict[int, list[Line]] = {}
    for position, segment in enumerate(segments):
        after = segments[position + 1] if position + 1 < len(segments) else None
        cased = after is not None and after.connector == "case"
        line = Line(
            order=(index, position),
            piece=piece,
            segment=segment,
            place=place_of(piece, segment.offset),
            row=(index, segment.row),
            intro=_led_up(pieces, index, cased) if position == 0 else " ".join(segment.words).lower(),
            sentence=_sentence(pieces, index) if position == 0 else "",
            rest="" if after else _rest(pieces, index),
            outro=_words_behind(segment, after) + ("" if after else _after(pieces, index)),
            alone=not cased and (piece.display or _alone(pieces, index)),
            goes_on=_begins_with_relation(pieces, index) if after is None else after.leading == "=",
        )
        rows.setdefault(segment.row, []).append(line)
    return list(rows.values())


def _led_up(pieces: Sequence[Piece], index: int, cased: bool) -> str:
    """The prose before a formula; a comma before a case (`y = 0: ...`) only lists it."""
    before = _before(pieces, index)
    return "" if cased and before == "," else before


def _words_behind(segment: Segment, after: Segment | None) -> str:
    """The words inside the formula that stand behind this part of it."""
    words = list(segment.words[len(segment.words) - segment.behind :])
    if after is not None and after.connector == "case":
        return ":"
    if after is not None and after.connector == "words":
        words += after.words
    return " ".join([*words, ""]).lower()


def _alone(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a formula has its line to itself, as a displayed one has."""
    piece = pieces[index]
    above = not index or _last_line(pieces[index - 1]) < piece.place.line
    if index + 1 == len(pieces):
        return above
    later = pieces[index + 1]
    text = later.text.lstrip(" \t.")
    return above and (not text or text.startswith("\n") or later.place.line > _last_line(piece))


def _last_line(piece: Piece) -> int:
    """The line on which the words of a piece end."""
    return piece.place.line + piece.text.rstrip(" \t").rstrip("\n").count("\n")


def _begins_with_relation(pieces: Sequence[Piece], index: int) -> bool:
    """Whether the next formula continues a chain."""
    later = next((p for p in pieces[index + 1 :] if p.kind == "math"), None)
    return later is not None and _RELATION.match(later.text) is not None


def _before(pieces: Sequence[Piece], index: int) -> str:
    """The prose between this formula and the one before it."""
    parts: list[str] = []
    for piece in reversed(pieces[:index]):
        if piece.kind == "math":
            break
        parts.append(piece.text)
    return "".join(reversed(parts)).strip().lower()


def _sentence(pieces: Sequence[Piece], index: int) -> str:
    """What the sentence says before this formula, with its formulas between dollar signs."""
    parts: list[str] = []
    for piece in reversed(pieces[:index]):
        if piece.kind == "math":
            if piece.display:
                break
            parts.append(f"${piece.text}$")
            continue
        ends = list(_SENTENCE_END.finditer(piece.text))
        parts.append(piece.text[ends[-1].end() :] if ends else piece.text)
        if ends:
            break
    return "".join(reversed(parts)).strip()


def _rest(pieces: Sequence[Piece], index: int) -> str:
    """What the sentence goes on to say after this formula, with its formulas between dollar signs."""
    parts: list[str] = []
    for piece in pieces[index + 1 :]:
        if piece.kind == "math":
            parts.append(f"${piece.text}$")
            continue
        end = _SENTENCE_END.search(piece.text)
        parts.append(piece.text[: end.start()] if end else piece.text)
        if end:
            break
    return "".join(parts).strip().lower()


def _after(pieces: Sequence[Piece], index: int) -> str:
    """The prose that goes on in the same sentence after this formula, with a question mark at its end."""
    if index + 1 >= len(pieces) or pieces[index + 1].kind == "math":
        return ""
    text = pieces[index + 1].text
    end = _SENTENCE_END.search(text)
    asks = "?" if end and end.group() == "?" else ""
    return text[: end.start() if end else None].strip().lower() + asks


def cue_of(line: Line) -> str:
    """The prose that leads up to a line; where its sentence chooses something so, "exists" stands first.

    What stands before a colon is supposed for what follows: `x = 1: 2A = 4`.
    """
    if cues.CHOOSES.search(line.sentence.lower()):
        return f"exists {line.intro}"
    if _LISTED.fullmatch(line.intro) and cues.SIGNS.search(line.sentence.lower()):
        return cues.CASE
    if not _heads(line):
        return line.intro
    return f"{line.intro} at" if line.outro == ":" else f"{line.intro} {cues.PUT_IN}"


def _heads(line: Line) -> bool:
    """Whether a line is a value with a colon behind it, or another one that "gives" something."""
    tree = line.segment.tree
    if tree is None or tree.head != "chain" or tree.args[0].head != "symbol":
        return False
    if tree.value not in (("=",), ("equiv",)):
        return False
    concluded = line.intro == "," or cues.CONCLUDES.search(line.intro)
    if cues.GIVES.match(line.outro) and cues.LIST.match(line.intro):
        return not concluded or line.intro == ","
    return line.outro == ":" and not line.alone and not concluded
