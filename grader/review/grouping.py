"""Who has which answer: groups of every question, found by one thread while the page is in use already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Event, Lock, Thread

from grader.review.classroom import Classroom
from grader.review.groups import Group, by_equality, by_text
from grader.review.items import Item
from grader.review.snapshot import Snapshot


@dataclass(frozen=True)
class Groups:
    """The groups of a question; `share` of its texts have been compared (1: all)."""

    found: tuple[Group, ...]
    share: float = 1.0

    @property
    def done(self) -> bool:
        """Whether every answer has found its group."""
        return self.share >= 1

    def of(self, submission: str) -> Group | None:
        """The group of a submission's answer; None if it has no final answer."""
        return next((group for group in self.found if submission in group.submissions), None)

    def named(self, name: str) -> Group | None:
        """A group by its id."""
        return next((group for group in self.found if group.id == name), None)


class Grouping:
    """Finds groups in the background; until they are there, answers of one text are together."""

    def __init__(self, classroom: Classroom) -> None:
        self._classroom = classroom
        self._done: dict[str, tuple[Mapping[str, str], Groups]] = {}
        self._shares: dict[str, float] = {}
        self._lock, self._ended = Lock(), Event()
        self._thread = Thread(target=self._work, name="grouping", daemon=True)

    def start(self) -> None:
        """Begins to compare."""
        self._thread.start()

    def close(self) -> None:
        """Ends after the comparison at hand."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def of(self, now: Snapshot, question: str) -> Groups:
        """The groups of a question, as far as they are known."""
        items = items_of(now, question)
        kept = self._done.get(question)
        if kept is not None and kept[0] == _answers(items):
            return kept[1]
        return Groups(by_text(items), self._shares.get(question, 0.0))

    def forget(self) -> None:
        """Compares everything anew: what is equal is told by another spec."""
        self._done = {}

    def find(self, now: Snapshot, question: str) -> Groups:
        """The groups of a question, compared now."""
        items = items_of(now, question)
        groups = Groups(by_equality(items, self._classroom.alike, self._teller(question)))
        self._done[question] = (_answers(items), groups)
        return groups

    def _teller(self, question: str) -> Callable[[float], None]:
        def tell(share: float) -> None:
            if self._ended.is_set():
                raise _Ended
            self._shares[question] = min(share, 0.99)

        return tell

    def _work(self) -> None:
        try:
            while not self._ended.is_set():
                self._all()
                self._ended.wait(2.0)
        except _Ended:
            return

    def _all(self) -> None:
        now = self._classroom.now
        for question in now.questions:
            if not self.of(now, question.id).done:
                self.find(now, question.id)


class _Ended(Exception):
    """The page is closed."""


def items_of(now: Snapshot, question: str) -> list[Item]:
    """The items of one question."""
    return [item for item in now.items if item.question.id == question]


def _answers(items: list[Item]) -> dict[str, str]:
    return {item.submission: item.question.answer.meant for item in items}
