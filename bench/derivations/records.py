"""What is found about a derivation and its mutants."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mutant:
    """A derivation with one slip in `line`: where the first failing line is, and the verdicts of its own."""

    name: str
    line: int
    kind: str
    source: str
    first: int | None
    here: tuple[str, ...]

    @property
    def outcome(self) -> str:
        """`located`, `elsewhere`, or `missed`."""
        if self.first is None:
            return "missed"
        return "located" if self.first == self.line else "elsewhere"


@dataclass(frozen=True, slots=True)
class Followed:
    """A right derivation: time, steps (line, verdict, source, sentence), and what the numbers say."""

    name: str
    seconds: float
    steps: tuple[tuple[int, str, str, str], ...]
    claims: int
    given: int
    unchecked: int
    mutants: tuple[Mutant, ...]
