"""Pieces of a document into sentences of items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.claims.formulas import FormulaReader
from grader.claims.items import Item
from grader.claims.joining import joined
from grader.claims.lines import ends_sentence
from grader.claims.questions import asked_first, conditional
from grader.records import Piece


def sentences(pieces: Sequence[Piece], reader: FormulaReader) -> list[list[Item]]:
    """The items of each sentence; a stop (with its sign as lemma) ends each that has one."""
    out: list[list[Item]] = [[]]
    for index, piece in enumerate(pieces):
        if piece.struck:
            continue
        for item in _of_piece(piece, index, reader):
            if item.kind == "break":
                if not ends_sentence(out[-1], item.text):
                    continue
                item = Item("stop", "", item.piece, item.start, item.end, lemma=".")
            out[-1].append(item)
            if item.kind == "stop":
                out.append([])
    whole = [conditional(joined(s)) for s in out if any(i.kind != "stop" for i in s)]
    return [part for s in whole for part in asked_first(s)]


def _of_piece(piece: Piece, index: int, reader: FormulaReader) -> Iterator[Item]:
    if piece.kind != "math":
        yield from reader.of_prose(piece.text, index)
        return
    if piece.display:
        yield Item("comma", "", index, 0, 0, lemma=",")
    yield from reader.of_piece(piece, index)
    if piece.display:
        end = len(piece.text)
        yield Item("comma", "", index, end, end, lemma=",")
