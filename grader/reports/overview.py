"""What the class report says: the records of all submissions, counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean, median
from urllib.parse import quote

from markupsafe import Markup

from grader.records import QuestionResult, Result, StepVerdict
from grader.reports.mistakes import Mistake, first_lines_of, misconceptions_of
from grader.reports.naming import FEEDBACK, as_bytes, file_name
from grader.reports.plots import histogram, shares
from grader.reports.statistics import Item, Spread, bins_of, items_of, spread_of
from grader.reports.wording import number, where

WORTH_A_PLOT = 5  # submissions
SHOWN = 2000  # rows of doubts: more than a person reads


@dataclass(frozen=True, slots=True)
class Cell:
    """A question of a submission: its points, and each mark for the one who points at it."""

    points: str
    marks: str
    kind: str
    needs_review: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A submission: its page, a cell for each question, its total."""

    submission: str
    href: str
    cells: tuple[Cell, ...]
    total: float
    possible: float
    needs_review: bool


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A mark of the scheme over the class: how many earned it; the share in percent, rounded."""

    question: str
    id: str
    points: float
    earned: int
    count: int
    share: int
    followed: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a person must look at, and why."""

    submission: str
    href: str
    question: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The class report."""

    homework: str
    count: int
    possible: float
    mean: float
    median: float
    reviews: int
    unread: int
    questions: tuple[str, ...]
    rows: tuple[Row, ...]
    marks: tuple[MarkRow, ...]
    doubts: tuple[Doubt, ...]
    more_doubts: int
    misconceptions: tuple[Mistake, ...]
    first_lines: tuple[Mistake, ...]
    items: tuple[Item, ...]
    spread: Spread | None
    histogram: Markup
    shares: Markup


def overview_of(results: Sequence[Result]) -> Overview:
    """The report of a class; an empty one has no rows."""
    questions = tuple(dict.fromkeys(item.id for result in results for item in result.questions))
    totals = [result.earned for result in results]
    doubts = [doubt for result in results for doubt in _doubts(result)]
    items = items_of(results)
    return Overview(
        homework=results[0].homework if results else "",
        count=len(results),
        possible=max((result.possible for result in results), default=0),
        mean=mean(totals) if totals else 0,
        median=median(totals) if totals else 0,
        reviews=sum(result.needs_review for result in results),
        unread=sum(map(_is_unread, results)),
        questions=questions,
        rows=tuple(_row(result, questions) for result in results),
        marks=tuple(_marks(results)),
        doubts=tuple(doubts[:SHOWN]),
        more_doubts=max(0, len(doubts) - SHOWN),
        misconceptions=misconceptions_of(results),
        first_lines=first_lines_of(results),
        items=items,
        spread=spread_of(results),
        histogram=_histogram(results),
        shares=_shares(items),
    )


def _histogram(results: Sequence[Result]) -> Markup:
    bins = bins_of(results)
    if len(results) < WORTH_A_PLOT or not bins:
        return Markup("")
    said = ", ".join(f"{item.label}: {item.count}" for item in bins if item.count)
    return histogram(bins, f"How many submissions have which total. {said}")


def _shares(items: Sequence[Item]) -> Markup:
    if not items or sum(items[0].states.values()) < WORTH_A_PLOT:
        return Markup("")
    return shares({item.id: item.states for item in items}, "How the answers to each question stand")


def _is_unread(result: Result) -> bool:
    """Whether nothing of a submission could be read, and nobody has given it points yet."""
    states = {item.status for item in result.questions}
    return states == {"unreadable"} and result.needs_review and result.earned == 0


def href(submission: str) -> str:
    """A relative address that cannot be anything else: it begins with the folder's name."""
    return f"{FEEDBACK}/{quote(as_bytes(file_name(submission)), safe='')}.html"


def _row(result: Result, questions: Sequence[str]) -> Row:
    by_id = {item.id: item for item in result.questions}
    return Row(
        result.submission,
        href(result.submission),
        tuple(_cell(by_id.get(name)) for name in questions),
        result.earned,
        result.possible,
        result.needs_review,
    )


def _cell(item: QuestionResult | None) -> Cell:
    if item is None:
        return Cell("", "", "none", False)
    marks = ", ".join(f"{mark.id} {mark.earned:g}/{mark.points:g}" for mark in item.marks)
    points = "–" if item.status == "missing" else number(item.earned)
    return Cell(points, marks, item.status, item.needs_review)


def _marks(results: Sequence[Result]) -> Iterator[MarkRow]:
    """Each mark of the scheme in its order, over the submissions that have it."""
    found: dict[tuple[str, str], list[tuple[float, float, bool]]] = {}
    for result in results:
        for item in result.questions:
            for mark in item.marks:
                key = (item.id, mark.id)
                found.setdefault(key, []).append((mark.earned, mark.points, mark.follow_through))
    for (question, mark_id), rows in found.items():
        earned = sum(1 for got, points, _ in rows if got >= points)
        share = round(100 * earned / len(rows))
        followed = sum(1 for got, _, carried in rows if carried and got > 0)
        yield MarkRow(question, mark_id, rows[0][1], earned, len(rows), share, followed)


def _doubts(result: Result) -> Iterator[Doubt]:
    """The questions that a person must look at, and why; those with the very same reasons are one row."""
    found: dict[tuple[str, ...], list[str]] = {}
    for item in result.questions:
        if item.needs_review:
            found.setdefault(tuple(_reasons(item)), []).append(item.id)
    for reasons, questions in found.items():
        yield Doubt(result.submission, href(result.submission), ", ".join(questions), reasons)


def _reasons(item: QuestionResult) -> Iterator[str]:
    """The marks that are open (else those that were withheld), the first wrong line, what was not decided."""
    lost = [mark for mark in item.marks if mark.earned < mark.points]
    doubtful = [mark for mark in lost if mark.unsure] or lost
    told: dict[str, list[str]] = {}
    for mark in doubtful:
        told.setdefault(mark.reason, []).append(mark.id)
    for reason, marks in told.items():
        whole = len(marks) == len(item.marks) > 1
        if reason:
            yield f"{'every mark' if whole else ', '.join(marks)}: {reason}"
    if item.marks and not lost:
        yield "every mark is given"
    if item.first_error is not None:
        yield f"first error: {where(item.first_error.line, item.first_error.cell)}"
    unknown = (where(s.line, s.cell) for s in item.steps if s.verdict is StepVerdict.UNKNOWN)
    if places := ", ".join(dict.fromkeys(unknown)):
        yield f"not decided: {places}"
