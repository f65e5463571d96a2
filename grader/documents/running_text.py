"""Marks inside a paragraph: `Problem 1. The loss is ... Problem 2. The gradient is ...`."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from grader.documents.marks import Mark
from grader.documents.structure import is_structure
from grader.records import Piece

_MARK = re.compile(
    r"(?:\A|(?<=[.!?;]\s)|(?<=\n))\s*"
    r"(?P<mark>(?:Problem|Question|Exercise|Task|Q)\s?(?P<n>\d{1,2})\s?[.:)])(?=\s|\Z)"
)


def with_marks_inside(pieces: Sequence[Piece], marks: Sequence[Mark], numbers: Collection[int]) -> list[Mark]:
    """The marks, and those of missing questions with which sentences begin, if all are then in order."""
    missing = set(numbers) - {mark.number for mark in marks}
    inside = [mark for mark in _inside(pieces) if mark.number in missing] if missing else []
    whole = sorted((*marks, *inside), key=lambda mark: mark.position)
    counted = [mark.number for mark in whole if mark in inside or mark.number in numbers]
    in_order = all(a < b for a, b in pairwise(counted))
    return whole if inside and in_order else list(marks)


def _inside(pieces: Sequence[Piece]) -> list[Mark]:
    return [
        Mark("word", int(found["n"]), index, found.start("mark"), found.end("mark"))
        for index, piece in enumerate(pieces)
        if piece.kind == "prose" and not is_structure(piece) and not piece.struck
        for found in _MARK.finditer(piece.text)
    ]
