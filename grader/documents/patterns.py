"""Lines that begin alike but for a number that counts the questions through: marks of any spelling.

Whatever stands around it, `Soln 1:`, `Pr. 1`, `<1>`, `Задача 1.`, a run from the first question to the last,
in order and without a repetition, numbers the questions.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from grader.documents.mark_styles import ROMAN, STEP
from grader.documents.mark_words import NUMBER_WORDS
from grader.documents.marks import Mark, begins_line
from grader.records import Piece

_LONGEST, _MOST = 32, 2_000
_BEHIND = r"(?P<after>(?![=+*/^<>]|-\d)\D{0,3}?)(?=\s|$)(?!\s*[=+*/^<>≤≥→])"
_COUNTERS = {
    "number": re.compile(rf"(?<![\d,])(?P<counter>\d{{1,2}}){_BEHIND}"),
    "letter": re.compile(rf"(?<![^\W\d_])(?P<counter>[a-h])(?![\w']){_BEHIND}", re.IGNORECASE),
    "roman": re.compile(rf"(?<![^\W\d_])(?P<counter>[ivx]{{1,5}})(?![\w']){_BEHIND}", re.IGNORECASE),
    "word": re.compile(rf"(?<!\w)(?P<counter>{'|'.join(NUMBER_WORDS)})(?!\w){_BEHIND}", re.IGNORECASE),
}
# These count what stands inside an answer.
_INSIDE = re.compile(
    r"\b(?:step|case|eq|eqn|equation|figure|fig|table|line|page|lemma|theorem|claim|remark|way|method|attempt|schritt|fall"
    r"|iteration|example|layer|row|column)\b",
    re.IGNORECASE,
)


def find_pattern(pieces: Sequence[Piece], numbers: Collection[int]) -> list[Mark]:
    """A mark for each of the questions, in order; nothing where no pattern counts all of them through."""
    if len(numbers) < 3:
        return []
    groups: dict[tuple[str, str, str], list[Mark]] = {}
    for key, mark in _candidates(pieces):
        groups.setdefault(key, []).append(mark)
    whole = [marks for marks in groups.values() if [mark.number for mark in marks] == sorted(numbers)]
    whole = [marks for marks in whole if 2 * sum(mark.step for mark in marks) < len(marks)]
    return min(whole, key=lambda marks: marks[0].position, default=[])


def _candidates(pieces: Sequence[Piece]) -> Iterator[tuple[tuple[str, str, str], Mark]]:
    """What stands around each number in the first words of a line, and the mark that it would be."""
    for index, piece in enumerate(pieces[:_MOST]):
        start = 0
        for line in piece.text.split("\n") if piece.kind == "prose" and not piece.struck else ():
            if start or begins_line(pieces, index):
                for kind, found in _counters(line[:_LONGEST]):
                    around = (line[: found.start()].strip().lower(), found.group("after").lower())
                    end = start + found.end() if found.end() < _LONGEST else start + found.end("counter")
                    number = _value(kind, found.group("counter").lower())
                    step = STEP.match(line, found.end()) is not None
                    yield (kind, *around), Mark("pattern", number, index, start, end, step=step)
            start += len(line) + 1


def _counters(line: str) -> Iterator[tuple[str, re.Match[str]]]:
    for kind, pattern in _COUNTERS.items():
        for found in pattern.finditer(line):
            if not _INSIDE.search(line[: found.start()]):
                yield kind, found


def _value(kind: str, counter: str) -> int:
    if kind == "number":
        return int(counter)
    if kind == "letter":
        return ord(counter) - 96
    names: Sequence[str] = ROMAN if kind == "roman" else NUMBER_WORDS
    return names.index(counter) + 1 if counter in names else 0
