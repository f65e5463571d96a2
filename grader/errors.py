"""Two kinds of trouble, two kinds of reader: authors of specs, and students.

An author sees file, line and key. A student sees a message about their own text and never anything
of the spec, so the two share no base class beyond `Exception`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class SpecFault:
    """One fault of a spec. `line` is 1-based; `key` is a path such as `marks.A1.when.line`.

    >>> print(SpecFault("q1.yaml", 3, "points", "should be a number", "write `points: 2`"))
    q1.yaml:3: points: should be a number: write `points: 2`
    """

    file: str
    line: int
    key: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        parts = [f"{self.file}:{self.line}", self.key, self.message, self.hint]
        return ": ".join(part for part in parts if part)


class SpecError(Exception):
    """A spec that cannot be used; `faults` holds all that is wrong with it, in file and line order."""

    def __init__(self, faults: Iterable[SpecFault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type[SpecError], tuple[tuple[SpecFault, ...]]]:
        return (SpecError, (self.faults,))


class SubmissionError(Exception):
    """A submission that cannot be used at all: what the student (or whoever grades) is told."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.message, self.hint = message, hint
        super().__init__(message, hint)

    def __str__(self) -> str:
        return f"{self.message}: {self.hint}" if self.hint else self.message
