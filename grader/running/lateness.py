"""Late days: a file says what was due and what was handed in when, and what a day costs."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

from grader.errors import SubmissionError
from grader.exports.gradebook import Late
from grader.exports.matching import platform_user
from grader.exports.tables import read_rows
from grader.records import Finding, Place
from grader.running.people_yaml import read_yaml

KEYS = frozenset(["due", "grace", "free_days", "penalty", "most", "handed_in", "extensions"])
DAY = timedelta(days=1)
_SOME_DAY = datetime(2000, 1, 1, tzinfo=UTC)
T = TypeVar("T")
_AMOUNT = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(%?)\s*")


@dataclass(frozen=True, slots=True)
class Dates:
    """What lateness costs. Amounts are points, or a share of the possible ones where `..._is_share`.

    `grace` is what passes unseen; `free` are the late days that cost nothing, for all or by submission.
    """

    due: datetime
    grace: timedelta = timedelta()
    free: int | Mapping[str, int] = 0
    penalty: tuple[float, bool] = (0.0, False)
    most: tuple[float, bool] = (1.0, True)
    handed_in: Mapping[str, datetime] = field(default_factory=dict)
    extensions: Mapping[str, datetime] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def late(self, submission: str, possible: float) -> Late:
        """How late a submission is; one whose time is not told is not late."""
        when = of_submission(self.handed_in, submission)
        if when is None:
            return Late()
        over = when - (of_submission(self.extensions, submission) or self.due) - self.grace
        days = max(0, math.ceil(over / DAY))
        allowed = self.free if isinstance(self.free, int) else of_submission(self.free, submission) or 0
        free = min(days, allowed)
        cost = (days - free) * _points(self.penalty, possible)
        return Late(when.isoformat(), days, free, min(cost, _points(self.most, possible)))


def of_submission(told: Mapping[str, T], submission: str) -> T | None:
    """What a file tells of a submission: by its name, or by the number that a platform put into it."""
    found = told.get(submission)
    user = platform_user(submission)
    return told.get(user) if found is None and user else found


def _points(amount: tuple[float, bool], possible: float) -> float:
    return amount[0] * possible if amount[1] else amount[0]


def read_dates(path: Path) -> Dates:
    """The dates in a YAML file. Raises SubmissionError, which names what is wrong with it.

    due: 2026-03-02 23:59
    grace: 15              # minutes
    free_days: 2           # or by submission: {ana: 1}
    penalty: 10%           # of the possible points, a day; or points: 1.5
    most: 50%
    handed_in: {ana: 2026-03-03 01:00}    # or the name of a CSV: submission,handed_in
    extensions: {ben: 2026-03-05 23:59}
    """
    found = _load(path)
    unknown = sorted(set(found) - KEYS)
    if unknown:
        raise SubmissionError(f"{path}: unknown key `{unknown[0]}`", f"known are {', '.join(sorted(KEYS))}")
    if "due" not in found:
        raise SubmissionError(f"{path}: `due` is missing", "write `due: 2026-03-02 23:59`")
    try:
        dates = _dates(found, path)
    except (ValueError, TypeError, AttributeError) as bad:
        raise SubmissionError(f"{path}: {bad}", "see `grader export --help`") from bad
    return dates


def _load(path: Path) -> dict[str, Any]:
    found = read_yaml(path)
    if not isinstance(found, dict):
        raise SubmissionError(f"{path}: no dates in it", "write `due: 2026-03-02 23:59`")
    return found


def _dates(found: Mapping[str, Any], path: Path) -> Dates:
    due = _moment(found["due"], "due", end_of_day=True)
    findings: list[Finding] = []
    times = found.get("handed_in")
    if isinstance(times, str):
        times, findings = _table(path.parent / times)
    free = found.get("free_days", 0)
    return Dates(
        due=due,
        grace=_minutes(found.get("grace", 0)),
        free={name: _days(days) for name, days in free.items()} if isinstance(free, dict) else _days(free),
        penalty=_amount(found.get("penalty", 0), "penalty"),
        most=_amount(found.get("most", "100%"), "most"),
        handed_in=_moments(times, "handed_in", due, ", or name a table"),
        extensions=_moments(found.get("extensions"), "extensions", due, end_of_day=True),
        findings=tuple(findings),
    )


def _moments(
    told: Any, key: str, due: datetime, or_else: str = "", *, end_of_day: bool = False
) -> dict[str, datetime]:
    """A moment by submission; none where nothing is told."""
    if not isinstance(told or {}, dict):
        raise ValueError(f"`{key}` should give a moment to each submission{or_else}")
    return {
        name: _moment(when, f"{key}.{name}", due, end_of_day=end_of_day)
        for name, when in (told or {}).items()
    }


def _minutes(value: Any) -> timedelta:
    try:
        found = timedelta(minutes=float(value))
    except (ValueError, TypeError, OverflowError):
        found = -DAY
    if isinstance(value, bool) or found < timedelta():
        raise ValueError("`grace` should be a number of minutes, such as 15")
    return found


def _table(path: Path) -> tuple[dict[str, str], list[Finding]]:
    """The times in a table; of two of one submission the later counts, and that is a finding."""
    (_, heading), *rows = read_rows(path)
    low = [cell.strip().casefold() for cell in heading]
    if "submission" not in low or "handed_in" not in low:
        raise ValueError(f"{path.name} needs the columns `submission` and `handed_in`")
    places = low.index("submission"), low.index("handed_in")
    times: dict[str, tuple[str, int]] = {}
    findings = []
    for line, row in rows:
        name, when = (row[at].strip() if at < len(row) else "" for at in places)
        before, first = times.get(name, (when, line))
        if when and when != before:
            said = f"`{name}` was handed in at {when} here and at {before} in line {first}: the later counts"
            findings.append(Finding("warning", said, Place(path.name, line), id="dates"))
        if when and _is_later(when, before):
            times[name] = when, line
    return {name: when for name, (when, _) in times.items()}, findings


def _is_later(when: str, before: str) -> bool:
    return _moment(when, "handed_in", _SOME_DAY) >= _moment(before, "handed_in", _SOME_DAY)


def _moment(value: Any, key: str, like: datetime | None = None, *, end_of_day: bool = False) -> datetime:
    """A moment; without a zone it is in that of `like`, and a mere day is its end where that is meant."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value) if len(value) > 10 else date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"`{key}`: `{value}` is no date such as 2026-03-02 23:59") from None
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time.max.replace(microsecond=0) if end_of_day else time.min)
    if not isinstance(value, datetime):
        raise ValueError(f"`{key}` should be a date such as 2026-03-02 23:59")
    if value.tzinfo is None:
        return value.replace(tzinfo=like.tzinfo if like is not None else UTC)
    return value


def _amount(value: Any, key: str) -> tuple[float, bool]:
    match = _AMOUNT.fullmatch(str(value))
    if match is None:
        raise ValueError(f"`{key}` should be points, such as 1.5, or a share, such as 10%")
    return (float(match[1]) / 100, True) if match[2] else (float(match[1]), False)


def _days(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError("`free_days` should be a number of days")
    return value
