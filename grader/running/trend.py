"""Several OUT folders as one page: the homeworks of a course, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader.errors import SubmissionError
from grader.exports.files import write_atomically
from grader.exports.gradebook import Written
from grader.exports.matching import platform_user
from grader.reports import trend_page
from grader.running.exporting import placed
from grader.running.results import load_results
from grader.running.roster import Roster, read_roster


def write_trend(outs: Sequence[Path], path: Path, roster: Path | None = None) -> Written:
    """Writes the page of the homeworks in `outs`; what was written, and what is odd about the roster.

    A student is who the roster says; else whom the platform's number names; else the submission's name.
    Raises SubmissionError where a folder holds no results, or two of them the same homework.
    """
    homeworks = [load_results(out) for out in outs]
    names = [results[0].homework for results in homeworks if results]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SubmissionError(f"`{twice[0]}` is there twice", "name each homework's results once")
    people = read_roster(roster) if roster is not None else Roster()

    def person(submission: str) -> str:
        known = people.find(submission)
        if known is not None and (known.name or known.id):
            return f"{known.name} ({known.id})" if known.name and known.id else known.name or known.id
        user = platform_user(submission)
        return f"user {user}" if user else submission

    write_atomically(path, trend_page(homeworks, person))
    return Written((path,), tuple(map(placed, people.findings)))
