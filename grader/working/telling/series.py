"""`5 + 8 + 11 + ... + 62`: how many terms the series of a question has, and what its sum is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from grader.records import Piece
from grader.working.knowledge import Knowledge

_DOTS = r"(?:\\[lc]?dots[bc]?|\.\.\.|…)"
_SERIES = re.compile(
    r"(?<![\w^.+*/-])(\d+) ?\+ ?(\d+) ?\+ ?(\d+)(?: ?\+ ?\d+)* ?\+ ?"
    rf"{_DOTS} ?\+ ?(\d+)(?:\^\{{?(\d+)\}}?)?(?![\w^(]|\.\d)"
)
_LONGEST = 10_000


def with_series(pieces: Sequence[Piece], known: Knowledge) -> Knowledge:
    """What is known, with the number of terms and the sum of the only series of numbers in a text."""
    text = re.sub(r"\s+", " ", "".join(piece.text for piece in pieces))
    found = {one for match in _SERIES.finditer(text) if (one := _measured(match)) is not None}
    return replace(known, told=replace(known.told, series=found.pop())) if len(found) == 1 else known


def _measured(match: re.Match[str]) -> tuple[int, int] | None:
    first, second, third = (int(match[k]) for k in (1, 2, 3))
    last = int(match[4]) ** min(int(match[5] or 1), 64)
    if second - first == third - second != 0:
        count = Fraction(last - first, second - first) + 1
        whole = count.denominator == 1 and 3 < count <= _LONGEST
        return (int(count), int(count * (first + last) / 2)) if whole else None
    if not first or second * second != first * third:
        return None
    return _geometric(first, Fraction(second, first), last)


def _geometric(first: int, ratio: Fraction, last: int) -> tuple[int, int] | None:
    terms = [Fraction(first)]
    while ratio > 1 and terms[-1] < last:
        terms.append(terms[-1] * ratio)
    total = sum(terms)
    return (len(terms), int(total)) if terms[-1] == last and total.denominator == 1 else None
