"""The list of answers: what the filters leave, how many each would leave, a page of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.review.items import Item, doubts_of
from grader.review.pages.naming import Names
from grader.review.view import ROWS, View, address_of, chosen, counted

LOOKS = {
    "doubt": "a person must look",
    "decided": "decided by a person",
    "brought": "decided by an equal answer",
    "settled": "settled by the program",
}
KINDS = {"open": "waits", "full": "given", "part": "in part", "none": "not given"}
TITLES = {
    "question": "Question",
    "look": "Look",
    "status": "Status",
    "mark": "Mark",
    "misconception": "Named",
}
MOST = 12  # choices of one filter; the rest are the rarest


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: its words, how many answers it leaves, where it leads, whether it is chosen."""

    words: str
    count: int
    href: str
    on: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with its values."""

    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """An answer in the list."""

    href: str
    name: str
    question: str
    earned: float
    possible: float
    status: str
    needs_review: bool
    decided: bool
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The list: the filters, the rows of this page, and where the pages before and after are."""

    total: int
    filters: tuple[Filter, ...]
    rows: tuple[Row, ...]
    first: int
    before: str
    after: str
    clear: str
    sorts: tuple[Choice, ...]


def listing_of(
    items: Sequence[Item], view: View, group: frozenset[str] | None, order: Sequence[str]
) -> Listing:
    """The answers that a view asks for; `order` are the questions in the order of the homework."""
    found = chosen(items, view, group)
    start = (view.page - 1) * ROWS
    shown = found[start : start + ROWS]
    names = Names(view.hidden)
    more = start + ROWS < len(found)
    return Listing(
        total=len(found),
        filters=tuple(_filters(view, counted(items, view, group), order)),
        rows=tuple(_row(item, view, names) for item in shown),
        first=start + 1,
        before=f"/answers{view.query(page=view.page - 1)}" if view.page > 1 else "",
        after=f"/answers{view.query(page=view.page + 1)}" if more else "",
        clear=f"/answers{View(names=view.names, sort=view.sort).query()}",
        sorts=tuple(_sorts(view)),
    )


def _sorts(view: View) -> list[Choice]:
    words = {"": "by submission", "doubt": "least certain first", "points": "fewest points first"}
    return [
        Choice(said, 0, f"/answers{view.query(sort=name)}", view.sort == name) for name, said in words.items()
    ]


def _filters(view: View, counts: Mapping[str, Counter[str]], order: Sequence[str]) -> list[Filter]:
    found = []
    for name, title in TITLES.items():
        if name == "mark" and not view.question:
            continue  # the marks of one question mean nothing beside those of another
        choices = _choices(name, view, counts[name], order)
        if choices:
            found.append(Filter(title, tuple(choices)))
    return found


def _choices(name: str, view: View, counts: Counter[str], order: Sequence[str]) -> list[Choice]:
    chosen_one = getattr(view, name)
    values = list(order) if name == "question" else [value for value, _ in counts.most_common()]
    if name == "mark":
        values.sort(key=lambda value: value.split(":")[0])
    elif name != "question":
        values = values[:MOST]
    if chosen_one and chosen_one not in values:
        values.append(chosen_one)
    return [
        Choice(
            _words(name, value),
            counts[value],
            f"/answers{view.query(**_picked(name, value, chosen_one))}",
            value == chosen_one,
        )
        for value in values
        if counts[value] or value == chosen_one
    ]


def _picked(name: str, value: str, now: str) -> dict[str, str | int]:
    """What a choice changes: chosen again it is given up; another question has other marks and groups."""
    changes: dict[str, str | int] = {name: "" if value == now else value}
    return {**changes, "mark": "", "group": ""} if name == "question" else changes


def _words(name: str, value: str) -> str:
    if name == "look":
        return LOOKS.get(value, value)
    if name == "mark":
        mark, _, kind = value.partition(":")
        return f"{mark} {KINDS.get(kind, kind)}"
    return "none named" if value == "(none)" else value


def _row(item: Item, view: View, names: Names) -> Row:
    question = item.question
    whole = item.unread and view.sort == "doubt" and not view.question
    return Row(
        href=address_of(item, view),
        name=names.of(item.submission),
        question="all" if whole else question.id,
        earned=question.earned,
        possible=question.possible,
        status=question.status,
        needs_review=question.needs_review,
        decided=item.decided,
        why="nothing of this paper could be read" if whole else "; ".join(doubts_of(question)),
        source=" ".join(question.answer.source.split())[:160],
    )
