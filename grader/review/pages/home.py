"""The first page: how far each question is, and what is best done next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.review.items import Item
from grader.review.snapshot import Snapshot
from grader.review.view import View, address_of, order


@dataclass(frozen=True, slots=True)
class Progress:
    """A question over the class: its answers, its doubts (all, and what is left), people's words."""

    id: str
    number: str
    title: str
    possible: float
    count: int
    left: int
    doubts: int
    decided: int
    mean: float
    statuses: tuple[tuple[str, int], ...]

    @property
    def looked(self) -> int:
        """How many of the doubts have been looked at."""
        return self.doubts - self.left

    @property
    def share(self) -> int:
        """The same in percent; all of nothing is all."""
        return 100 if not self.doubts else 100 * self.looked // self.doubts


@dataclass(frozen=True, slots=True)
class Home:
    """The first page; `next` is the address of the least certain answer, if anything is in doubt."""

    homework: str
    count: int
    left: int
    doubts: int
    decided: int
    next: str
    next_group: str
    questions: tuple[Progress, ...]


STATUSES = ("correct", "partial", "incorrect", "missing", "unreadable")


def home_of(now: Snapshot, view: View) -> Home:
    """The overview of a class."""
    rows = tuple(_rows(now))
    busiest = max(rows, key=lambda row: row.left, default=None)
    return Home(
        homework=next(iter(now.results.values())).homework,
        count=len(now.results),
        left=sum(row.left for row in rows),
        doubts=sum(row.doubts for row in rows),
        decided=sum(row.decided for row in rows),
        next=first_doubt(now, view),
        next_group=busiest.id if busiest and busiest.left else "",
        questions=rows,
    )


def first_doubt(now: Snapshot, view: View) -> str:
    """The address of the least certain answer; empty where nothing is in doubt."""
    doubts = (item for item in now.items if item.question.needs_review)
    asked = View(look="doubt", sort="doubt", names=view.names)
    first = min(doubts, key=lambda item: order(item, asked), default=None)
    return address_of(first, asked) if first is not None else ""


def _rows(now: Snapshot) -> Iterator[Progress]:
    by_question: dict[str, list[Item]] = {}
    for item in now.items:
        by_question.setdefault(item.question.id, []).append(item)
    for question in now.questions:
        yield _row(by_question[question.id], question.id, str(question.number or ""), question.title)


def _row(items: Sequence[Item], name: str, number: str, title: str) -> Progress:
    counts = Counter[str](item.question.status for item in items)
    return Progress(
        id=name,
        number=number,
        title=title or name,
        possible=max(item.question.possible for item in items),
        count=len(items),
        left=sum(item.question.needs_review for item in items),
        doubts=sum(item.doubt > 0 or item.question.needs_review for item in items),
        decided=sum(item.decided for item in items),
        mean=sum(item.question.earned for item in items) / len(items),
        statuses=tuple((status, counts[status]) for status in STATUSES if counts[status]),
    )
