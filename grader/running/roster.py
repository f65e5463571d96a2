"""The roster: a CSV with who is in the class, and whose submission is whose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from grader.errors import SubmissionError
from grader.exports.gradebook import Person
from grader.exports.matching import platform_user
from grader.exports.tables import read_rows
from grader.records import Finding
from grader.running.roster_rows import Row, agreed, contradictions

KINDS = ("submission", "id", "email", "login")  # what a submission may be named by, the surest first
HEADINGS = {
    "submission": ("submission", "folder", "repository", "github username"),
    "id": ("id", "student id", "student_id", "sid", "id number", "sis user id"),
    "name": ("name", "full name", "student", "student name"),
    "first": ("first name", "first_name", "firstname", "given name"),
    "last": ("last name", "last_name", "lastname", "surname", "family name"),
    "email": ("email", "e-mail", "email address", "mail"),
    "section": ("section", "group", "class", "section name"),
}


class Roster:
    """People, found by the name of a submission: as listed, by id, email, or a platform's number.

    What names two of them names none, and is nobody's: `agreed` has taken it from them before.
    `findings` are the rows that contradict each other.
    """

    def __init__(self, rows: Sequence[tuple[Row, Person]] = (), findings: tuple[Finding, ...] = ()) -> None:
        self.people = tuple(dict.fromkeys(person for _, person in rows))
        self.findings = findings
        self._found: dict[tuple[str, str], Person | None] = {}
        for row, person in rows:
            for key in _keys(row):
                self._found[key] = person if self._found.get(key, person) == person else None

    def find(self, submission: str) -> Person | None:
        """Whose submission it is, if the roster tells; what is listed counts more than what is made of it."""
        for name in (submission, platform_user(submission)):
            for what in KINDS if name else ():
                if (what, name.casefold()) in self._found:
                    return self._found[what, name.casefold()]
        return None


def read_roster(path: Path) -> Roster:
    """The roster in a CSV file with a heading row: `id` or `email`, and what else there is.

    Raises SubmissionError where it cannot be read or names nobody.
    """
    (_, heading), *rows = read_rows(path)
    places = _places(heading)
    if not {"submission", "id", "email"} & set(places):
        raise SubmissionError(
            f"{path}: no column says who is who", "the first row needs `id`, `email` or `submission`"
        )
    listed = [_row(line, cells, places) for line, cells in rows]
    width = len(heading)
    taken = [row for row in listed if row.cells <= width and row.person != Person()]
    return Roster(agreed(taken), contradictions(path.name, listed, width))


def _row(line: int, cells: Sequence[str], places: Mapping[str, int]) -> Row:
    said = {what: cells[at].strip() if at < len(cells) else "" for what, at in places.items()}
    name = said.get("name") or f"{said.get('first', '')} {said.get('last', '')}".strip()
    person = Person(said.get("id", ""), name, said.get("email", ""), said.get("section", ""))
    filled = max((at for at, cell in enumerate(cells, 1) if cell.strip()), default=0)
    return Row(line, said.get("submission", ""), person, filled)


def _places(heading: Sequence[str]) -> dict[str, int]:
    low = [cell.strip().casefold() for cell in heading]
    return {
        what: next(low.index(name) for name in names if name in low)
        for what, names in HEADINGS.items()
        if set(names) & set(low)
    }


def _keys(row: Row) -> Iterator[tuple[str, str]]:
    person = row.person
    names = (row.submission, person.id, person.email, person.email.partition("@")[0])
    yield from ((what, name.casefold()) for what, name in zip(KINDS, names, strict=True) if name)
