"""The roster: a CSV with who is in the class, and whose submission is whose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.errors import SubmissionError
from grader.exports.gradebook import Person
from grader.exports.matching import platform_user
from grader.exports.tables import read_table

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
    """People, found by the name of a submission: as listed, by id, email, or a platform's number."""

    def __init__(self, people: Sequence[tuple[str, Person]] = ()) -> None:
        self.people = tuple(person for _, person in people)
        self._found: dict[str, Person | None] = {}
        for submission, person in people:
            for key in dict.fromkeys(_keys(submission, person)):
                self._found[key] = person if self._found.get(key, person) == person else None

    def find(self, submission: str) -> Person | None:
        """Whose submission it is, if the roster tells."""
        for name in (submission, platform_user(submission)):
            person = self._found.get(name.casefold()) if name else None
            if person is not None:
                return person
        return None


def read_roster(path: Path) -> Roster:
    """The roster in a CSV file with a heading row: `id` or `email`, and what else there is.

    Raises SubmissionError where it cannot be read or names nobody.
    """
    rows = read_table(path)
    places = _places(rows[0])
    if not {"submission", "id", "email"} & set(places):
        raise SubmissionError(
            f"{path}: no column says who is who", "the first row needs `id`, `email` or `submission`"
        )
    people = []
    for row in rows[1:]:
        cells = {what: row[at].strip() for what, at in places.items()}
        name = cells.get("name") or f"{cells.get('first', '')} {cells.get('last', '')}".strip()
        person = Person(cells.get("id", ""), name, cells.get("email", ""), cells.get("section", ""))
        people.append((cells.get("submission", ""), person))
    return Roster(people)


def _places(heading: Sequence[str]) -> dict[str, int]:
    low = [cell.strip().casefold() for cell in heading]
    return {
        what: next(low.index(name) for name in names if name in low)
        for what, names in HEADINGS.items()
        if set(names) & set(low)
    }


def _keys(submission: str, person: Person) -> Iterator[str]:
    names = (submission, person.id, person.email, person.email.partition("@")[0])
    yield from (name.casefold() for name in names if name)
