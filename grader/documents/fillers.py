"""Marks of other styles for the questions that the chosen style leaves out, where their order allows it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from itertools import pairwise

from grader.documents.mark_styles import RUNNING
from grader.documents.marks import Mark

_MOST = 100
# Styles that may be what is left of a mark of another style, where they fill a gap exactly.
_REMAINS = frozenset(["loose", "misread", "roman"])


def fill(chosen: list[Mark], found: Sequence[Mark], numbers: Collection[int], tightly: bool) -> None:
    """Adds to `chosen` each mark of a question that has none yet and stands between its neighbours.

    `tightly`: only where these are the next ones.
    """
    for mark in [m for m in found if m.number in numbers][:_MOST]:
        if _fits(mark, chosen, tightly):
            chosen.append(mark)


def fill_with_remains(chosen: list[Mark], marks: Sequence[Mark], numbers: Collection[int]) -> None:
    """Adds marks of styles that much else looks like, where they close a gap."""
    fill(chosen, [mark for mark in marks if mark.style in _REMAINS], numbers, tightly=True)
    chosen.sort(key=lambda mark: mark.position)
    gaps = [(low, high) for low, high in pairwise(list(chosen)) if high.number - low.number > 1]
    for low, high in gaps[:_MOST]:
        chosen += _closing(low, high, marks, {mark.number for mark in chosen})


def _closing(low: Mark, high: Mark, marks: Sequence[Mark], taken: Collection[int]) -> list[Mark]:
    """One mark for each of the questions between two, in order; none where one is part of a list of steps."""
    positions = [mark.position for mark in marks]
    inside = marks[bisect_left(positions, low.position) : bisect_left(positions, high.position)]
    inside = [mark for mark in inside if mark.style in RUNNING]
    wanted = [number for number in range(low.number + 1, high.number) if number not in taken]
    lists = {mark.style for mark in inside if mark.number not in wanted}
    found = [mark for mark in inside if mark.style not in lists]
    return found if [mark.number for mark in found] == wanted else []


def _fits(mark: Mark, chosen: Sequence[Mark], tightly: bool) -> bool:
    """Does a mark number a question that has none yet, between its neighbours (`tightly`: the next ones)?"""
    if any(other.number == mark.number for other in chosen):
        return False
    before = [other.number for other in chosen if other.position < mark.position]
    after = [other.number for other in chosen if other.position > mark.position]
    if tightly and not ((mark.number - 1 in before or mark.number == 1) and _next_to(mark, after)):
        return False
    return all(number < mark.number for number in before) and all(number > mark.number for number in after)


def _next_to(mark: Mark, after: Collection[int]) -> bool:
    """Does the next question begin somewhere behind a mark, or none at all?"""
    return mark.number + 1 in after if after or mark.number == 1 else True
