"""What the numbers of marks stand for: `3.1`, `1a` and `Q0` may number the questions in more than one way."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from grader.documents.mark_styles import STRONG
from grader.documents.marks import Mark

_LEAST_PARTS = 3


def resolved(marks: Sequence[Mark], numbers: Collection[int]) -> list[Mark]:
    """The marks with the numbers of questions, as far as each style by itself tells.

    Where a style can be read in two ways its marks are `unsure`.
    """
    groups: dict[str, list[Mark]] = {}
    for mark in marks:
        groups.setdefault("strong" if mark.style in STRONG else mark.style, []).append(mark)
    found: list[Mark] = []
    for group in groups.values():
        step: Callable[[list[Mark], Collection[int]], list[Mark]]
        for step in (_with_majors, _with_parts, _counted_from_elsewhere):
            group = step(group, numbers)
        found += group
    return sorted(found, key=lambda mark: mark.position)


def _with_majors(marks: list[Mark], numbers: Collection[int]) -> list[Mark]:
    """``3.1, 3.2`` are questions 1 and 2 of homework 3; ``1.1, 1.2, 2.1`` are parts of questions 1 and 2."""
    majors = {mark.major for mark in marks if mark.major}
    if len(majors) < 2:
        return marks
    whole = [major for major in majors if {m.number for m in marks if m.major == major} >= set(numbers)]
    if len(whole) == 1 and marks[0].style == "sub":
        return [mark for mark in marks if mark.major == whole[0]]
    firsts = {major: next(m.number for m in marks if m.major == major) for major in majors}
    if any(first != 1 for first in firsts.values()) and marks[0].style == "sub":
        return []  # decimals at the start of lines
    return [replace(mark, number=mark.major) if mark.major else mark for mark in marks]


def _with_parts(marks: list[Mark], numbers: Collection[int]) -> list[Mark]:
    """``1a, 1b, .. 1e`` are the questions of exercise 1; in ``2a, 2b, 3`` the first two are question 2."""
    parted = [mark for mark in marks if mark.part]
    parts = [mark.part for mark in parted]
    alone = len({mark.number for mark in parted}) == 1 and all(a < b for a, b in pairwise(parts))
    if len(parted) < 2 or not alone:
        return marks
    complete = set(parts) >= set(numbers)
    others = {mark.number for mark in marks if not mark.part and mark.number in numbers}
    if not complete and others - {parted[0].number}:
        return marks
    as_questions = complete or (len(parts) >= _LEAST_PARTS and 2 * len(parts) > len(numbers))
    return [_of_part(mark, as_questions, not complete) if mark.part else mark for mark in marks]


def _of_part(mark: Mark, as_question: bool, unsure: bool) -> Mark:
    """A lettered mark as that of a question, or as that of a part of one."""
    if not as_question:
        return replace(mark, unsure=unsure)
    return replace(mark, style="parted", number=mark.part, unsure=unsure)


def _counted_from_elsewhere(marks: list[Mark], numbers: Collection[int]) -> list[Mark]:
    """``Q0 .. Q4`` or ``6. .. 10.``: as many as the questions are, one after the other, counted otherwise."""
    counted, wanted = [mark.number for mark in marks], sorted(numbers)
    apart = counted[0] - wanted[0] if counted and wanted else 0
    if not apart or len(wanted) < 2 or counted != [number + apart for number in wanted]:
        return marks
    return [replace(mark, number=mark.number - apart, unsure=True) for mark in marks]
