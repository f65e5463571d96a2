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
# Styles that also number steps, and may be a question's only where all of a gap is closed.
_WEAK = RUNNING | {"dot", "paren", "part"}


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
    known = list(chosen)
    for low, high in list(pairwise([None, *known, None]))[:_MOST]:
        chosen += _closing(low, high, marks, set(numbers) - {mark.number for mark in chosen})


def _closing(low: Mark | None, high: Mark | None, marks: Sequence[Mark], free: Collection[int]) -> list[Mark]:
    """One mark for each of the questions between two, in order; none where one is part of a list of steps."""
    positions = [mark.position for mark in marks]
    start = bisect_left(positions, low.position) if low else 0
    end = bisect_left(positions, high.position) if high else len(marks)
    inside = [mark for mark in marks[start:end] if mark.style in _WEAK]
    wanted = sorted(n for n in free if (not low or n > low.number) and (not high or n < high.number))
    lists = {mark.style for mark in inside if mark.number not in wanted}
    found = [mark for mark in inside if mark.style not in lists]
    return found if wanted and [mark.number for mark in found] == wanted else []


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
