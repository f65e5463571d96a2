"""From OUT to a gradebook: results, the roster's people, lateness; and nobody's name where that is wanted."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.errors import SubmissionError
from grader.exports.gradebook import Entry, Gradebook, Late, Person, Written
from grader.exports.matching import platform_user
from grader.exports.named import EXPORTS, PERSONAL
from grader.records import Finding, QuestionResult, Result
from grader.reports.naming import FEEDBACK
from grader.running.lateness import Dates, of_submission, read_dates
from grader.running.origin import homework_of
from grader.running.results import load_results
from grader.running.roster import Roster, read_roster
from grader.spec.suggest import did_you_mean

FOLDER = "export"
MOST = 20  # lines that contradict each other, told one by one


@dataclass(frozen=True, slots=True)
class Wish:
    """What an export is asked for beside its name."""

    template: Path | None = None
    column: str = ""
    scale: bool = False
    roster: Path | None = None
    dates: Path | None = None
    anonymous: bool = False
    into: Path | None = None


NOTHING = Wish()


def export(out: Path, name: str, wish: Wish = NOTHING) -> Written:
    """Writes the export of that name from OUT, into OUT/export if nothing else is wished for.

    Raises SubmissionError where there is no such export, no results, or what it needs is not there.
    """
    if name not in EXPORTS:
        raise SubmissionError(f"there is no export `{name}`", did_you_mean(name, list(EXPORTS)))
    if wish.anonymous and name in PERSONAL:
        raise SubmissionError(f"`{name}` says who is who; it cannot be anonymous", "try csv or json")
    root = out.parent if out.is_file() else out
    results = load_results(out)
    roster = read_roster(wish.roster) if wish.roster is not None else Roster()
    dates = read_dates(wish.dates) if wish.dates is not None else None
    entries = [_entry(result, roster, dates) for result in results]
    notes = (*_contradictions(roster, dates), *_notes(entries, roster, dates))
    if wish.anonymous:
        entries = without_names(entries)
    homework = homework_of(out, results[0].homework, None)
    book = Gradebook(
        homework=results[0].homework,
        title=homework.title if homework is not None else "",
        due=dates.due.isoformat() if dates is not None else "",
        entries=tuple(entries),
        template=wish.template,
        column=wish.column,
        scale=wish.scale,
        feedback=root / FEEDBACK,
    )
    written = EXPORTS[name](book, wish.into or root / FOLDER)
    return replace(written, notes=(*written.notes, *notes))


def _entry(result: Result, roster: Roster, dates: Dates | None) -> Entry:
    person = roster.find(result.submission)
    late = dates.late(result.submission, result.possible) if dates is not None else Late()
    return Entry(result, person or Person(), late)


def _notes(entries: Sequence[Entry], roster: Roster, dates: Dates | None) -> tuple[str, ...]:
    """Who is missing where, and what waits for a person: worth saying before marks are published."""
    notes = []
    waiting = [entry.result.submission for entry in entries if entry.result.needs_review]
    notes += [_listed("submissions still wait for a person", waiting)] if waiting else []
    if roster.people:
        handed = {entry.person for entry in entries}
        missing = [
            person.name or person.id or person.email for person in roster.people if person not in handed
        ]
        strangers = [entry.result.submission for entry in entries if entry.person == Person()]
        notes += [_listed("on the roster have handed in nothing", missing)] if missing else []
        notes += [_listed("submissions are of nobody on the roster", strangers)] if strangers else []
    if dates is not None:
        notes += _dated(sorted(entry.result.submission for entry in entries), dates)
    return tuple(notes)


def _contradictions(roster: Roster, dates: Dates | None) -> list[str]:
    """What the lines of the roster and of the dates say against each other."""
    found = (*roster.findings, *(dates.findings if dates is not None else ()))
    said = [placed(finding) for finding in found[:MOST]]
    return said + ([f"... and {len(found) - MOST} more such lines"] if len(found) > MOST else [])


def placed(finding: Finding) -> str:
    """A finding with its file and line before it.

    >>> from grader.records import Place
    >>> placed(Finding("warning", "the same row as in line 2", Place("roster.csv", 5)))
    'roster.csv:5: the same row as in line 2'
    """
    place = finding.place
    return f"{place.file}:{place.line}: {finding.message}" if place is not None else finding.message


def _dated(names: Sequence[str], dates: Dates) -> list[str]:
    """What the dates and the submissions say of each other that does not fit."""
    known = {*names, *map(platform_user, names)}
    timeless = [name for name in names if of_submission(dates.handed_in, name) is None]
    late = [name for name in timeless if "_LATE_" in name]
    told = {
        "names in the dates are no submission": sorted({*dates.handed_in, *dates.extensions} - known),
        "submissions are marked as late by their platform, and have no time in the dates": late,
        "submissions have no time in the dates and count as in time": timeless,
    }
    return [_listed(what, found) for what, found in told.items() if found]


def _listed(what: str, names: Sequence[str]) -> str:
    return f"{len(names)} {what}: {', '.join(names[:10])}" + (", ..." if len(names) > 10 else "")


def without_names(entries: Sequence[Entry]) -> list[Entry]:
    """The entries in an order that tells nothing, numbered; no names of people or of files."""
    mixed = sorted(entries, key=lambda entry: _mixed(entry.result))
    width = len(str(len(mixed)))
    return [
        Entry(_nameless(entry.result, f"p{number:0{width}}"), Person(), replace(entry.late, handed_in=""))
        for number, entry in enumerate(mixed, 1)
    ]


def _mixed(result: Result) -> str:
    text = f"{result.homework}/{result.submission}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(text).hexdigest()


def _nameless(result: Result, name: str) -> Result:
    questions = tuple(_without_files(item) for item in result.questions)
    return replace(result, submission=name, findings=(), questions=questions)


def _without_files(item: QuestionResult) -> QuestionResult:
    first = replace(item.first_error, file="") if item.first_error is not None else None
    answer = replace(item.answer, file=None)
    steps = tuple(replace(step, file="") for step in item.steps)
    return replace(item, first_error=first, answer=answer, steps=steps, machine=None)
