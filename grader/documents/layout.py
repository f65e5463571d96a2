"""What a format's scanner finds in a text, before it becomes pieces."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from grader.records import Severity

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Formula:
    """The inside of one formula: ``text[start:end]``."""

    start: int
    end: int
    display: bool = False
    syntax: Literal["latex", "text"] = "latex"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong at an offset of the text, in words for its author."""

    offset: int
    message: str
    hint: str = ""
    id: str = ""
    severity: Severity = "warning"


@dataclass(slots=True)
class Layout:
    """Collected while a text is scanned; every pair is a half-open range of offsets.

    `formulas` stand in order and do not overlap; what is in none of them is prose,
    except `cuts` (markup that is neither). `marks` are structural commands that stay
    prose but form pieces of their own (``\\item``). In `quiet` ranges prose is not
    searched for formulas. `hidden` is not shown to a reader, `struck` is crossed out.
    """

    formulas: list[Formula] = field(default_factory=list)
    cuts: list[Span] = field(default_factory=list)
    marks: list[Span] = field(default_factory=list)
    quiet: list[Span] = field(default_factory=list)
    hidden: list[Span] = field(default_factory=list)
    struck: list[Span] = field(default_factory=list)
    blanks: list[Span] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


class Spans:
    """Ranges of offsets, sorted and with overlapping ones joined, for quick look-up.

    >>> Spans([(9, 12), (2, 3), (3, 4)]).without(0, 10)
    [(0, 2), (4, 9)]
    """

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            elif end > start:
                self._starts.append(start)
                self._ends.append(end)

    def __iter__(self) -> Iterator[Span]:
        return zip(self._starts, self._ends, strict=True)

    def covers(self, start: int, end: int) -> bool:
        """Does one of the ranges hold all of ``start:end``?"""
        index = bisect_right(self._starts, start) - 1
        return index >= 0 and end <= self._ends[index]

    def without(self, start: int, end: int) -> list[Span]:
        """What is left of ``start:end`` when the ranges are taken away."""
        left: list[Span] = []
        index = bisect_right(self._ends, start)
        while start < end and index < len(self._starts) and self._starts[index] < end:
            if self._starts[index] > start:
                left.append((start, self._starts[index]))
            start = self._ends[index]
            index += 1
        if start < end:
            left.append((start, end))
        return left
