"""The homeworks of a course beside each other: the class, who has fallen back, what comes back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import mean, median, quantiles

from markupsafe import Markup

from grader.records import Result
from grader.reports.plots import courses

SHOWN = 2000  # rows of people: more than a person reads
WORTH_A_FALL = 20  # percent points below the own average before


@dataclass(frozen=True, slots=True)
class Sitting:
    """One homework: how many handed in, the shares of the points in percent; quarters of three or more."""

    homework: str
    count: int
    mean: float
    median: float
    quarters: tuple[float, float] | None
    reviews: int


@dataclass(frozen=True, slots=True)
class Person:
    """One student: the share of each homework in percent, None where nothing was handed in.

    `fallen` says that the last share lies far below the average of those before.
    """

    name: str
    shares: tuple[int | None, ...]
    average: float
    fallen: bool


@dataclass(frozen=True, slots=True)
class Recurrent:
    """A misconception: how many students showed it in each homework, and how many in several."""

    name: str
    counts: tuple[int, ...]
    again: int


@dataclass(frozen=True, slots=True)
class Trend:
    """The page."""

    sittings: tuple[Sitting, ...]
    people: tuple[Person, ...]
    more_people: int
    misconceptions: tuple[Recurrent, ...]
    plot: Markup


def trend_of(homeworks: Sequence[Sequence[Result]], person: Callable[[str], str] = str) -> Trend:
    """The page for homeworks in their order; `person` says whose submission a name is.

    Who is not among the submissions of a homework handed in nothing there.
    """
    sittings = tuple(_sitting(results) for results in homeworks)
    people = _people(homeworks, person)
    return Trend(
        sittings, people[:SHOWN], max(0, len(people) - SHOWN), _recurrent(homeworks, person), _plot(sittings)
    )


def _share(result: Result) -> float:
    return 100 * result.earned / result.possible if result.possible else 0.0


def _sitting(results: Sequence[Result]) -> Sitting:
    shares = [_share(result) for result in results]
    quarters = quantiles(shares, n=4, method="inclusive") if len(shares) > 2 else None
    return Sitting(
        homework=results[0].homework if results else "",
        count=len(results),
        mean=mean(shares) if shares else 0,
        median=median(shares) if shares else 0,
        quarters=(quarters[0], quarters[2]) if quarters else None,
        reviews=sum(result.needs_review for result in results),
    )


def _people(homeworks: Sequence[Sequence[Result]], person: Callable[[str], str]) -> tuple[Person, ...]:
    """Those who have fallen back first, then by name."""
    rows: defaultdict[str, list[int | None]] = defaultdict(lambda: [None] * len(homeworks))
    for place, results in enumerate(homeworks):
        for result in results:
            rows[person(result.submission)][place] = round(_share(result))
    found = [_person(name, tuple(shares)) for name, shares in rows.items()]
    return tuple(sorted(found, key=lambda p: (not p.fallen, p.name)))


def _person(name: str, shares: tuple[int | None, ...]) -> Person:
    given = [share for share in shares if share is not None]
    before = [share for share in shares[:-1] if share is not None]
    fallen = bool(before) and (shares[-1] or 0) < mean(before) - WORTH_A_FALL
    return Person(name, shares, mean(given), fallen)


def _recurrent(homeworks: Sequence[Sequence[Result]], person: Callable[[str], str]) -> tuple[Recurrent, ...]:
    """The misconceptions, those that most students showed in several homeworks first."""
    who: defaultdict[str, list[set[str]]] = defaultdict(lambda: [set() for _ in homeworks])
    for place, results in enumerate(homeworks):
        for result in results:
            for name in {m for question in result.questions for m in question.misconceptions}:
                who[name][place].add(person(result.submission))
    found = []
    for name, sets in who.items():
        times = Counter(student for students in sets for student in students)
        again = sum(count > 1 for count in times.values())
        found.append(Recurrent(name, tuple(len(students) for students in sets), again))
    return tuple(sorted(found, key=lambda r: (-r.again, -sum(r.counts), r.name)))


def _plot(sittings: Sequence[Sitting]) -> Markup:
    if len(sittings) < 2:
        return Markup()
    lines: dict[str, list[float | None]] = {
        "average": [s.mean for s in sittings],
        "median": [s.median for s in sittings],
        "upper quarter": [s.quarters[1] if s.quarters else None for s in sittings],
        "lower quarter": [s.quarters[0] if s.quarters else None for s in sittings],
    }
    return courses([s.homework for s in sittings], lines, "The share of the points, by homework")
