"""Question parts found by the words of the question, where nothing is numbered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from grader.documents.marks import Mark, begins_line
from grader.records import Piece


class Titled(Protocol):
    """A question with a number, a title, and phrases of its text."""

    @property
    def number(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def phrases(self) -> tuple[str, ...]: ...


_SPACES = re.compile(r"[\s*_#`$\\{}]+")


def find_titles(pieces: Sequence[Piece], questions: Sequence[Titled]) -> list[Mark]:
    """Lines that hold the title or a phrase of one question, and of no other; nothing of them is cut."""
    wanted = _wanted(questions)
    found: list[Mark] = []
    for index, piece in enumerate(pieces):
        if piece.kind != "prose":
            continue
        start = 0
        for line in piece.text.split("\n"):
            number = _asked(_plain(line), wanted) if start or begins_line(pieces, index) else None
            if number is not None and (not found or found[-1].number != number):
                found.append(Mark("title", number, index, start, start))
            start += len(line) + 1
    return found


def asked_in(line: str, questions: Sequence[Titled]) -> int | None:
    """The number of the question whose words stand in a line, if they are those of one alone."""
    return _asked(_plain(line), _wanted(questions))


def _wanted(questions: Sequence[Titled]) -> dict[int, list[str]]:
    return {q.number: [_plain(p) for p in (q.title, *q.phrases) if len(_plain(p)) > 2] for q in questions}


def _asked(line: str, wanted: dict[int, list[str]]) -> int | None:
    hits = [number for number, phrases in wanted.items() if any(_holds(line, phrase) for phrase in phrases)]
    return hits[0] if len(hits) == 1 else None


def _holds(line: str, phrase: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", line) is not None


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text).strip().lower()
