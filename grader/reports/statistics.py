"""Figures of a class: how totals spread, how hard a question or a mark is, and whether it tells people apart.

Difficulty is the mean share of the points; discrimination the correlation of the points with the points of
everything else (the corrected item-total correlation; Ebel and Frisbie, Essentials of Educational
Measurement: under 0.2 an item tells little, over 0.4 much).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, pstdev, quantiles

from grader.records import Result

MOST_BINS = 20
ENOUGH = 5  # submissions that a correlation needs at least


@dataclass(frozen=True, slots=True)
class Bin:
    """Submissions whose total is in a range, as the plot names it."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Item:
    """A question over the class. `discrimination` is None where nothing can be said."""

    id: str
    title: str
    points: float
    mean: float
    difficulty: int  # percent of the points that were earned on average
    discrimination: float | None
    states: dict[str, int]
    reviews: int


@dataclass(frozen=True, slots=True)
class Spread:
    """How the totals spread: standard deviation and quartiles."""

    deviation: float
    quarters: tuple[float, float, float]


def bins_of(results: Sequence[Result]) -> tuple[Bin, ...]:
    """The histogram of the totals: a bin a point, or wider ones where there would be too many."""
    possible = max((result.possible for result in results), default=0)
    if possible <= 0:
        return ()
    width = max(1, math.ceil((possible + 1) / MOST_BINS))
    counted = Counter(int(min(max(result.earned, 0), possible) // width) for result in results)
    return tuple(
        Bin(str(at * width) if width == 1 else f"{at * width}–{at * width + width - 1}", counted[at])
        for at in range(int(possible // width) + 1)
    )


def spread_of(results: Sequence[Result]) -> Spread | None:
    """The spread of the totals of two submissions at least."""
    totals = [result.earned for result in results]
    if len(totals) < 2:
        return None
    low, middle, high = quantiles(totals, n=4, method="inclusive")
    return Spread(pstdev(totals), (low, middle, high))


def items_of(results: Sequence[Result]) -> tuple[Item, ...]:
    """Every question, in the order of the homework."""
    names = list(dict.fromkeys(item.id for result in results for item in result.questions))
    return tuple(_item(name, results) for name in names)


def _item(name: str, results: Sequence[Result]) -> Item:
    found = [(result, item) for result in results for item in result.questions if item.id == name]
    earned = [item.earned for _, item in found]
    rest = [result.earned - item.earned for result, item in found]
    possible = max(item.possible for _, item in found)
    return Item(
        id=name,
        title=next((item.title for _, item in found if item.title), ""),
        points=possible,
        mean=mean(earned),
        difficulty=round(100 * mean(earned) / possible) if possible else 0,
        discrimination=correlation(earned, rest),
        states=dict(Counter(item.status for _, item in found)),
        reviews=sum(item.needs_review for _, item in found),
    )


def correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Pearson's correlation; None for too few values, or where one of them never varies.

    >>> correlation([1, 2, 3, 4, 5], [2, 4, 6, 8, 10])
    1.0
    """
    if len(first) < ENOUGH:
        return None
    left, right = pstdev(first), pstdev(second)
    if left < 1e-12 or right < 1e-12:
        return None
    a, b = mean(first), mean(second)
    product = sum((x - a) * (y - b) for x, y in zip(first, second, strict=True)) / len(first)
    return round(product / (left * right), 3)
