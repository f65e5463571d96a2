"""Pieces of a document into sentences of items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.claims.formulas import FormulaReader
from grader.claims.items import Item
from grader.claims.joining import joined
from grader.claims.lines import ends_sentence, line_break, lines_between, without_bullet
from grader.claims.questions import asked_first, conditional
from grader.records import Piece


def sentences(pieces: Sequence[Piece], reader: FormulaReader) -> list[list[Item]]:
    """The items of each sentence; a stop (with its sign as lemma) ends each that has one."""
    out: list[list[Item]] = [[]]
    last: Piece | None = None
    for index, piece in enumerate(pieces):
        if piece.struck:
            continue
        lines = 0 if last is None else lines_between(last, piece)
        last = piece
        for item in _of_piece(piece, index, reader, lines):
            if item.kind == "break":
                if not ends_sentence(out[-1], item):
                    continue
                item = Item("stop", "", item.piece, item.start, item.end, lemma=".")
            out[-1].append(item)
            if item.kind == "stop":
                out.append([])
    whole = [conditional(joined(without_bullet(s))) for s in out if any(i.kind != "stop" for i in s)]
    return [part for s in whole for part in asked_first(s)]


def _of_piece(piece: Piece, index: int, reader: FormulaReader, lines: int) -> Iterator[Item]:
    if lines and not piece.display:
        yield line_break(piece.text.lstrip() if piece.kind != "math" else "", index, 0, lines > 1)
    if piece.kind != "math":
        yield from reader.of_prose(piece.text, index)
        return
    if piece.display:
        yield Item("comma", "", index, 0, 0, lemma=",")
    yield from reader.of_piece(piece, index)
    if piece.display:
        end = len(piece.text)
        yield Item("comma", "", index, end, end, lemma=",")
