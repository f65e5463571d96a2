"""A spec's examples in the terminal: what each should get, what it got."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from grader.reports.terminal.tables import show, table


class Tried(Protocol):
    """One example as it came out."""

    @property
    def question(self) -> str:
        """Whose answer it is."""

    @property
    def name(self) -> str:
        """What it shows."""

    @property
    def expected(self) -> tuple[float, ...]:
        """The marks that its author expects."""

    @property
    def actual(self) -> tuple[float, ...]:
        """The marks that it got."""

    @property
    def fault(self) -> str:
        """What is not as expected."""


def show_trials(homework: str, trials: Sequence[Tried], notes: Iterable[str]) -> None:
    """Prints the table of a homework's examples, then what no example shows."""
    rows = [
        (item.question, item.name, _marks(item.expected), _marks(item.actual), item.fault or "ok")
        for item in trials
    ]
    show(table(homework, ["", "example", "expected", "actual", ""], rows))
    for note in notes:
        show(f"note: {note}")


def _marks(points: Iterable[float]) -> str:
    return " ".join(f"{item:g}" for item in points)
