"""Documents to the part of each question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.documents import families, titles
from grader.documents.counted import count_headings
from grader.documents.lost_marks import lost_marks, misnumbered
from grader.documents.mark_styles import STRONG
from grader.documents.marks import Mark, find_marks
from grader.documents.patterns import find_pattern
from grader.documents.places import part_of
from grader.documents.running_text import with_marks_inside
from grader.documents.structure import is_structure
from grader.places import place_of
from grader.records import Document, Finding, Piece, Place, Section


@dataclass(frozen=True, slots=True)
class QuestionMark:
    """What a question is known by: its number, its title, and words of its text."""

    id: str
    number: int
    title: str = ""
    phrases: tuple[str, ...] = ()


_Part = tuple[int | None, list[Piece]]
_EMPTY = re.compile(
    r"(?:\\(?:begin|end)\{[A-Za-z]+\*?\}(?:\{[^{}]*\})?|\\\\(?:\[[^\]]*\])?|\\q?quad|\\[,;!:]|[&{}\s.,~])*"
)
_LEFT = re.compile(r"(?:\s|&|~|\\q?quad(?![A-Za-z])|\\[,;:!\s]|[:.]\s)*")
_RIGHT = re.compile(r"(?:\s|&|~|\\q?quad|\\\\)*\Z")
_BARE = re.compile(r"[\s#*_>:.\-–—~]*")
_FILE_NAME = re.compile(
    r"(?:question|problem|exercise|task|prob|part|q|p|ex)[-_ ]*0*(\d{1,2})(?!\d)|^0*(\d{1,2})$", re.IGNORECASE
)


def split(
    documents: Sequence[Document], questions: Sequence[QuestionMark]
) -> tuple[tuple[Section, ...], tuple[Finding, ...]]:
    """The part of every question, in the order of `questions`; one without an answer has no pieces.

    A question that is answered twice has both parts, in order. What stands before the first
    mark of all, such as symbols that are used throughout, is a section without a question (its
    id is ""), which comes first and is there only if it holds anything; a document after that
    goes on with the question of the one before it. The marks themselves and LaTeX's structural
    commands are left out.
    """
    parts: dict[int | None, list[Piece]] = {question.number: [] for question in questions}
    parts[None] = []
    breaks: dict[int | None, list[Place]] = {number: [] for number in parts}
    findings: list[Finding] = []
    unassigned: list[Piece] = []
    current: int | None = None
    for document in documents:
        found, told = _parts(document, questions, current)
        findings += told
        unassigned += [] if found else document.pieces
        for number, pieces in found:
            again = number != current and number in parts and _goes_on_in(parts[number], pieces)
            current = number
            if number in parts:
                breaks[number] += [pieces[0].place] if again else []
                parts[number] += pieces
            else:
                unassigned += pieces
    findings += lost_marks(parts, unassigned)
    macros: dict[str, tuple[int, str]] = {}
    for document in documents:
        macros.update(document.macros)
    sections = [Section(q.id, tuple(parts[q.number]), macros, tuple(breaks[q.number])) for q in questions]
    preamble = [Section("", tuple(parts[None]), macros)] if parts[None] else []
    return (*preamble, *sections), tuple(findings)


def _goes_on_in(before: Sequence[Piece], pieces: Sequence[Piece]) -> bool:
    """Whether a part of the same file stands before these pieces, both with formulas."""
    files = {p.place.file for p in before if p.kind == "math"}
    return any(p.kind == "math" and p.place.file in files for p in pieces)


def _parts(
    document: Document, questions: Sequence[QuestionMark], current: int | None
) -> tuple[list[_Part], list[Finding]]:
    pieces = document.pieces
    numbers = [question.number for question in questions]
    if not pieces or not questions:
        return [], []
    marks = families.choose(find_marks(pieces), numbers)
    if len(questions) == 1 and not any(m.number == numbers[0] and m.style in STRONG for m in marks):
        return [(numbers[0], list(_contents(pieces, (0, 0), (len(pieces), 0))))], []
    marks = _by_order(pieces, questions, marks) or marks or _from_name(document.name, numbers)
    marks = with_marks_inside(pieces, marks, numbers) or titles.find_titles(pieces, questions)
    if not marks and current is None:
        return [], [_unmarked(pieces[0])]
    told = [_unknown(pieces, mark) for mark in marks if mark.number not in numbers]
    unsure = [_unsure(pieces, mark) for mark in marks if mark.unsure][:1]
    told += misnumbered(pieces, marks, numbers)
    return list(_between(pieces, marks, current)), [*unsure, *told]


def _by_order(
    pieces: Sequence[Piece], questions: Sequence[QuestionMark], marks: Sequence[Mark]
) -> list[Mark]:
    """A pattern or headings that count the questions through, where marks are only those of lists below."""
    numbers = {question.number for question in questions}
    covered = {mark.number for mark in marks} & numbers
    if covered == numbers or (len(covered) > 1 and _is_headed(marks)):
        return []
    counted = find_pattern(pieces, numbers) or (
        [] if _is_headed(marks) else count_headings(pieces, questions)
    )
    below = not marks or (counted and counted[0].position <= marks[0].position)
    return counted if below else []


def _is_headed(marks: Sequence[Mark]) -> bool:
    return any(mark.style in STRONG for mark in marks)


def _between(pieces: Sequence[Piece], marks: Sequence[Mark], current: int | None) -> Iterator[_Part]:
    starts = [(-1, 0), *((mark.piece, mark.end) for mark in marks)]
    ends = [*((mark.piece, mark.start) for mark in marks), (len(pieces), 0)]
    owners = [current, *(mark.number for mark in marks)]
    for owner, start, end in zip(owners, starts, ends, strict=True):
        yield owner, list(_contents(pieces, (max(start[0], 0), start[1]), end))


def _contents(pieces: Sequence[Piece], start: tuple[int, int], end: tuple[int, int]) -> Iterator[Piece]:
    """The pieces between two points, each a piece and an offset in it."""
    for index in range(start[0], min(end[0] + 1, len(pieces))):
        piece = pieces[index]
        low = start[1] if index == start[0] else 0
        high = end[1] if index == end[0] else len(piece.text)
        if low < high and not is_structure(piece):
            part = _tidied(part_of(piece, low, high), low > 0 or high < len(piece.text))
            if part is not None:
                yield part


def _tidied(piece: Piece, was_cut: bool) -> Piece | None:
    """A part of a cut piece without the blanks at its ends, or None if nothing is left of it."""
    text = piece.text
    if not was_cut:
        return piece
    pattern = _EMPTY if piece.kind == "math" else _BARE
    if pattern.fullmatch(text):
        return None
    if piece.kind == "math":
        left, right = _LEFT.match(text), _RIGHT.search(text)
        return part_of(piece, left.end() if left else 0, right.start() if right else len(text))
    low, high = len(text) - len(text.lstrip()), len(text.rstrip())
    return part_of(piece, low, high if "\n" in text[high:] else len(text))


def _from_name(name: str, numbers: Sequence[int]) -> list[Mark]:
    """A file that is called after its question (``q2.md``) answers that one."""
    stem = re.split(r"[/\\]", name)[-1].rsplit(".", 1)[0]
    match = _FILE_NAME.search(stem)
    number = int(match.group(1) or match.group(2)) if match else 0
    return [Mark("name", number, 0, 0, 0)] if number in numbers else []


def _unmarked(piece: Piece) -> Finding:
    message = "No question marks found: it is not clear which part answers which question."
    hint = "Begin each answer with its number on a line of its own, such as `Question 2` or `(2)`."
    return Finding("warning", message, piece.place, hint, "no-question-marks")


def _unsure(pieces: Sequence[Piece], mark: Mark) -> Finding:
    message = (
        "The marks from here on can be read in more than one way: a person must look at what belongs where."
    )
    hint = "Begin each answer with the number of its question, such as `Question 2` or `(2)`."
    place = place_of(pieces[mark.piece], mark.start)
    return Finding("warning", message, place, hint, "question-marks-unsure")


def _unknown(pieces: Sequence[Piece], mark: Mark) -> Finding:
    message = f"There is no question {mark.number} in this homework; what stands here is not graded."
    return Finding("note", message, place_of(pieces[mark.piece], mark.start), id="unknown-question")
