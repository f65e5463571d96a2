"""Parts known by their order alone: headings without numbers, as many as there are questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from grader.documents import structure
from grader.documents.marks import Mark, begins_line
from grader.documents.titles import Titled, asked_in
from grader.records import Piece

_LEVEL = re.compile(r"[ \t]*(?P<level>#{1,6})(?P<title>[^#\n]*)#*[ \t]*$", re.MULTILINE)
_BOLD = re.compile(r"[ \t]*(?P<level>\*\*|__)(?P<title>[^*_\n]{1,60})(?:\*\*|__)[ \t:.]*$", re.MULTILINE)
# A word that stands before each answer and says nothing of which it is.
_LABEL = re.compile(
    r"[ \t>]*[*_]{0,2}(?P<level>solution|answer|response|lösung|antwort)(?P<title>)[*_]{0,2}[ \t]*"
    r"(?:[:.][*_]{0,2}(?=\s|$)|$)",
    re.MULTILINE | re.IGNORECASE,
)


def count_headings(pieces: Sequence[Piece], questions: Sequence[Titled]) -> list[Mark]:
    """Headings without numbers that are as many as the questions, in the order of these.

    Empty ones may be fewer: they count on from the first question, and that is unsure. Nothing where
    the words of a heading belong to another question than its place does.
    """
    levels: dict[str, list[tuple[Mark, str]]] = {}
    for level, mark, title in _headings(pieces):
        levels.setdefault(level, []).append((mark, title))
    for found in levels.values():
        if len(found) == len(questions) and _may_be(found, questions):
            return [replace(m, number=q.number) for (m, _), q in zip(found, questions, strict=True)]
    for found in levels.values():
        if 1 < len(found) < len(questions) and not any(title for _, title in found):
            counted = zip(found, questions, strict=False)
            return [replace(m, number=q.number, unsure=True) for (m, _), q in counted]
    return []


def _may_be(found: Sequence[tuple[Mark, str]], questions: Sequence[Titled]) -> bool:
    """Whether no heading asks for another question than its place does.

    `Minimum of gradient` in third place is no answer to the question on the gradient, where `Gradient` stands
    in the place of that.
    """
    asked = [asked_in(title, questions) for _, title in found]
    settled = {q.number for number, q in zip(asked, questions, strict=True) if number == q.number}
    return all(
        number in settled or number in (None, q.number) for number, q in zip(asked, questions, strict=True)
    )


def _headings(pieces: Sequence[Piece]) -> Iterator[tuple[str, Mark, str]]:
    """The level of each heading, its mark without a number, and its words."""
    for index, piece in enumerate(pieces):
        if structure.is_structure(piece):
            match = structure.PATTERN.fullmatch(piece.text)
            if match and match.group("heading"):
                mark = Mark("counted", 0, index, 0, len(piece.text))
                yield match.group("heading"), mark, match.group("title").strip()
        elif piece.kind == "prose":
            yield from _in_prose(pieces, index)


def _in_prose(pieces: Sequence[Piece], index: int) -> Iterator[tuple[str, Mark, str]]:
    text, start = pieces[index].text, 0
    for line in text.split("\n"):
        end = start + len(line)
        whole = end < len(text) or index + 1 == len(pieces) or begins_line(pieces, index + 1)
        match = next((m for p in (_LEVEL, _BOLD, _LABEL) if (m := p.match(text, start, end))), None)
        if match and (start or begins_line(pieces, index)) and (whole or match.re is _LABEL):
            kept = match.end() if match.re is _LABEL or not match.group("title").strip() else start
            yield (
                match.group("level").lower(),
                Mark("counted", 0, index, start, kept),
                match.group("title").strip(),
            )
        start = end + 1
