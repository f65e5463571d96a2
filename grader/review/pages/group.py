"""Groups of equal answers: the list of them, and one of them to be marked once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grader.marking.overrides import as_graded
from grader.reports.formulas import formula
from grader.review.forms import state_of
from grader.review.groups import Group
from grader.review.items import Item, version_of
from grader.review.pages.naming import Names
from grader.review.readings import Read, Reader
from grader.review.view import View, mark_kind

ROWS = 60  # groups on one page
MEMBERS = 60  # of one group; the list of answers has them all
SPELLINGS = 12


@dataclass(frozen=True, slots=True)
class Summary:
    """A group in the list."""

    href: str
    size: int
    spellings: int
    rendered: Markup
    source: str
    statuses: tuple[tuple[str, int], ...]
    left: int
    decided: int
    share: int


@dataclass(frozen=True, slots=True)
class Tally:
    """A mark over a group: how often the program gave it, what stands now, and how many await a person."""

    key: str
    id: str
    points: float
    given: int
    part: int
    open: int
    size: int
    was: str


@dataclass(frozen=True, slots=True)
class Member:
    """An answer of the group."""

    href: str
    name: str
    source: str
    earned: float
    possible: float
    needs_review: bool
    decided: bool


@dataclass(frozen=True, slots=True)
class GroupPage:
    """One group. The word is said of `first`, and goes for the equals of its final answer.

    `undo`: something was said of `first` itself, and can be taken back.
    """

    id: str
    size: int
    rendered: Markup
    source: str
    read: Read
    spellings: tuple[tuple[Markup, str, int], ...]
    more_spellings: int
    marks: tuple[Tally, ...]
    members: tuple[Member, ...]
    more: int
    all: str
    first: str
    first_name: str
    version: str
    undo: bool
    own: int
    left: int
    statuses: tuple[tuple[str, int, str], ...]


def summaries_of(
    groups: Sequence[Group], items: Mapping[str, Item], question: str, view: View
) -> tuple[Summary, ...]:
    """One page of the groups of a question; `items` are its answers by submission."""
    start = (view.page - 1) * ROWS
    most = max((group.size for group in groups), default=1)
    return tuple(_summary(group, items, question, view, most) for group in groups[start : start + ROWS])


def _summary(group: Group, items: Mapping[str, Item], question: str, view: View, most: int) -> Summary:
    members = [items[name] for name in group.submissions if name in items]
    return Summary(
        href=f"/group/{question}/{group.id}{view.query()}",
        size=group.size,
        spellings=len(group.texts),
        rendered=formula(group.source, group.file),
        source=group.source,
        statuses=tuple(Counter(item.question.status for item in members).most_common()),
        left=sum(item.question.needs_review for item in members),
        decided=sum(item.decided for item in members),
        share=max(1, 100 * group.size // most),
    )


def group_of(group: Group, items: Mapping[str, Item], reader: Reader, question: str, view: View) -> GroupPage:
    """The page of a group."""
    members = [items[name] for name in group.submissions if name in items]
    first = first_of(members)
    names = Names(view.hidden)
    texts = sorted(group.texts.items(), key=lambda pair: -pair[1])
    return GroupPage(
        id=group.id,
        size=group.size,
        rendered=formula(group.source, group.file),
        source=group.source,
        read=reader(question, group.source),
        spellings=tuple((formula(text, group.file), text, count) for text, count in texts[:SPELLINGS]),
        more_spellings=max(0, len(texts) - SPELLINGS),
        marks=tuple(_tallies(members, first)),
        members=tuple(_member(item, question, view, names) for item in members[:MEMBERS]),
        more=max(0, len(members) - MEMBERS),
        all=f"/answers{View(question=question, group=group.id, names=view.names).query()}",
        first=first.key,
        first_name=names.of(first.submission),
        version=version_of(first.question),
        undo=_has_own_word(first),
        own=sum(_has_own_word(item) for item in members),
        left=sum(item.question.needs_review for item in members),
        statuses=tuple(_statuses(members, group.id, view)),
    )


def _statuses(members: Sequence[Item], group: str, view: View) -> Iterator[tuple[str, int, str]]:
    """How many stand how, and where they are: by follow-through, equal answers may differ."""
    for status, count in Counter(item.question.status for item in members).most_common():
        asked = View(question=members[0].question.id, group=group, status=status, names=view.names)
        yield status, count, f"/answers{asked.query()}"


def first_of(members: Sequence[Item]) -> Item:
    """Whom the word is said of: one that waits in as many marks as any, so that the word reaches all."""
    return max(members, key=lambda item: sum(mark.unsure for mark in as_graded(item.question).marks))


def _has_own_word(item: Item) -> bool:
    return any(mark.changed is not None and not mark.changed.like for mark in item.question.marks)


def _tallies(members: Sequence[Item], first: Item) -> list[Tally]:
    found = []
    for index, mark in enumerate(first.question.marks):
        marks = [item.question.marks[index] for item in members]
        kinds = Counter(mark_kind(m.earned, m.points, m.unsure) for m in marks)
        key = str(index + 1) if index < 9 else ""
        found.append(
            Tally(
                key,
                mark.id,
                mark.points,
                kinds["full"],
                kinds["part"],
                kinds["open"],
                len(marks),
                state_of(mark),
            )
        )
    return found


def _member(item: Item, question: str, view: View, names: Names) -> Member:
    found = item.question
    return Member(
        href=f"/answer/{item.key}/{question}{view.query()}",
        name=names.of(item.submission),
        source=" ".join(found.answer.source.split())[:200],
        earned=found.earned,
        possible=found.possible,
        needs_review=found.needs_review,
        decided=item.decided,
    )
