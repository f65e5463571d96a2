"""Signs that some questions are answered under marks that were not recognized, or under no mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from statistics import median

from grader.documents.marks import Mark
from grader.places import place_of
from grader.records import Finding, Piece

Parts = Mapping[int | None, Sequence[Piece]]

_SAYS = re.compile(r"[-=<>+*/^≤≥≠∇∂√]|\\(?:frac|sqrt|cdot|nabla|partial|le|ge|ne|boxed|in|to)(?![A-Za-z])|\d")
# Before a formula: what follows is a name that the answers use.
_DEFINES = re.compile(
    r"\b(?:let|denote|define|write|writing|where|notation|throughout|recall|set|put|abbreviate|assume|given|with|using|use"
    r"|predict\w*)\b",
    re.IGNORECASE,
)
# What stands above the answers: names, dates, the course, who worked with whom.
_TITLE = re.compile(
    r"[ \t#*_]*(?:name|date|due|course|student|author|homework|assignment|collaborat\w*|hw|id|sunet\w*"
    r"|e-?mail|honou?r)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_LEAST_WORDS = 8
# A part with at least this many formulas, and this many times as many as the usual one, is too long, if the
# next ones are missing.
_LONG, _TIMES, _LEAST_BEHIND = 9, 3, 2
_HINT = "Begin each answer with its number on a line of its own, such as `Question 2` or `(2)`."


def lost_marks(parts: Parts, unassigned: Sequence[Piece]) -> list[Finding]:
    """A warning if questions have no part, and their answers may stand elsewhere.

    `parts` has the pieces by the number of the question, under None what stands before the first mark;
    `unassigned` is what belongs to no question.
    """
    missing = sorted(number for number, pieces in parts.items() if number is not None and not pieces)
    home = _unassigned(unassigned, parts) or _too_long(parts) if missing else ()
    if not home:
        return []
    message = f"No mark was found for {_listed(missing)}, and what is asked for there may stand here."
    return [Finding("warning", message, home[0].place, _HINT, "question-marks-missing")]


def misnumbered(pieces: Sequence[Piece], marks: Sequence[Mark], numbers: Collection[int]) -> list[Finding]:
    """A warning if a number stands twice, once where the mark of a question is missing (1, 2, 3, 3, 5)."""
    missing = set(numbers) - {mark.number for mark in marks}
    counts = Counter(mark.number for mark in marks if not mark.part and not mark.major)
    for index, mark in enumerate(marks if missing else ()):
        before = marks[index - 1].number if index else 0
        after = marks[index + 1].number if index + 1 < len(marks) else None
        fits = [n for n in missing if before < n and (n < after if after else before == mark.number)]
        if counts[mark.number] > 1 and fits:
            message = f"This is marked as question {mark.number} once more; it may be question {min(fits)}."
            place = place_of(pieces[mark.piece], mark.start)
            return [Finding("warning", message, place, _HINT, "question-marks-missing")]
    return []


def _unassigned(pieces: Sequence[Piece], parts: Parts) -> Sequence[Piece]:
    """The pieces that belong to no question, if they say enough to be an answer."""
    if _formulas(pieces) or _words(pieces) >= _LEAST_WORDS:
        return pieces
    before = parts.get(None, ())
    return before if _formulas(_without_definitions(before)) else ()


def _formulas(pieces: Sequence[Piece]) -> int:
    """How many formulas there are that say more than a name."""
    return sum(p.kind == "math" and not p.struck and _SAYS.search(p.text) is not None for p in pieces)


def _words(pieces: Sequence[Piece]) -> int:
    lines = [line for p in pieces if p.kind == "prose" and not p.struck for line in p.text.split("\n")]
    return sum(len(_WORD.findall(line)) for line in lines if not _TITLE.match(line))


def _without_definitions(pieces: Sequence[Piece]) -> list[Piece]:
    """What is left without the formulas that a sentence introduces as names."""
    left, defines = [], False
    for piece in pieces:
        if piece.kind == "prose":
            sentence = re.split(r"[.\n]", piece.text)[-1] if re.search(r"[.\n]", piece.text) else piece.text
            ends = sentence is not piece.text
            defines = _DEFINES.search(sentence) is not None or (defines and not ends)
        elif not defines:
            left.append(piece)
    return left


def _too_long(parts: Parts) -> Sequence[Piece]:
    """A part that is far longer than the others and stands before two missing ones, if there is one."""
    counts = {number: _formulas(pieces) for number, pieces in parts.items() if number is not None}
    order = sorted(counts)
    for index, number in enumerate(order):
        behind = order[index + 1 : index + 1 + _LEAST_BEHIND]
        others = [count for other, count in counts.items() if other != number and count]
        usual = median(others) if others else 1
        lost = len(behind) == _LEAST_BEHIND and not any(parts[other] for other in behind)
        if lost and counts[number] >= max(_LONG, _TIMES * usual):
            return parts[number]
    return ()


def _listed(missing: Sequence[int]) -> str:
    if len(missing) == 1:
        return f"question {missing[0]}"
    return "questions " + ", ".join(str(number) for number in missing[:-1]) + f" and {missing[-1]}"
