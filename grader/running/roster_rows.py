"""What the rows of a roster say against each other: told with the line, since no row is more right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from grader.exports.gradebook import Person
from grader.records import Finding, Place

NOBODY = "nobody is taken by it"


@dataclass(frozen=True, slots=True)
class Row:
    """A person as a line of the roster has them, the submission it names, and how many cells it fills."""

    line: int
    submission: str
    person: Person
    cells: int = 0


def contradictions(file: str, rows: Sequence[Row], width: int) -> tuple[Finding, ...]:
    """What does not fit together in the rows of a file; `width` is the number of cells of its heading."""
    found: list[Finding] = []
    seen: dict[tuple[str, str], Row] = {}
    for row in rows:
        said = list(_said(row, seen, width))
        found += [Finding("warning", text, Place(file, row.line), id="roster") for text in said]
        for key in _keys(row):
            seen.setdefault(key, row)
    return tuple(found)


def _said(row: Row, seen: dict[tuple[str, str], Row], width: int) -> Iterator[str]:
    if row.cells > width:
        yield f"{row.cells} cells, and the heading has {width}: is a comma not quoted? The row is passed over"
        return
    if not any(_keys(row)):
        name = row.person.name or row.person.section
        if name:
            yield f"`{name}` has neither an id nor an email nor a submission: {NOBODY}"
        return
    first = [seen[key] for key in _keys(row) if key in seen]
    same = next((one for one in first if (one.submission, one.person) == (row.submission, row.person)), None)
    if same is not None:
        yield f"the same row as in line {same.line}"
        return
    yield from _of_the_id(row, seen)
    for what, value in (("email", row.person.email), ("submission", row.submission)):
        other = seen.get((what, value.casefold()))
        if other is not None and _name(other) != _name(row):
            here, there = f"`{_name(row)}` here", f"`{_name(other)}` in line {other.line}"
            yield f"the {what} `{value}` is of {here} and of {there}: {NOBODY}"


def _of_the_id(row: Row, seen: dict[tuple[str, str], Row]) -> Iterator[str]:
    """An id that was seen before: with other words, or with another submission."""
    other = seen.get(("id", row.person.id.casefold()))
    if other is None:
        return
    who, line = f"`{row.person.id}`", f"in line {other.line}"
    for field, then in (("name", NOBODY), ("email", "that counts"), ("section", "that counts")):
        here, there = getattr(row.person, field), getattr(other.person, field)
        if here != there:
            yield f"{who} has the {field} `{here}` here and `{there}` {line}: {then}"
            if field == "name":
                return
    if row.submission != other.submission and row.person == other.person:
        yield f"{who} has two submissions: `{row.submission}` here and `{other.submission}` {line}"


def agreed(rows: Sequence[Row]) -> list[tuple[Row, Person]]:
    """Each row with its person, as far as the rows agree.

    Rows of one id and one name are one person, as the first has them. An id with two names, or an email of
    two people, is nobody's: an export that looks for it must not find the wrong one.
    """
    names: dict[str, set[str]] = {}
    owners: dict[str, set[str]] = {}
    first: dict[tuple[str, str], Person] = {}
    for row in rows:
        person = row.person
        names.setdefault(person.id.casefold(), set()).add(person.name.casefold())
        owners.setdefault(person.email.casefold(), set()).add(_name(row).casefold())
        first.setdefault((person.id.casefold(), person.name.casefold()), person)
    found = []
    for row in rows:
        person = row.person
        if person.id:
            person = first[person.id.casefold(), person.name.casefold()]
        if len(owners[person.email.casefold()]) > 1:
            person = replace(person, email="")
        if len(names[person.id.casefold()]) > 1:
            person = replace(person, id="")
        found.append((row, person))
    return found


def _keys(row: Row) -> list[tuple[str, str]]:
    told = {"id": row.person.id, "email": row.person.email, "submission": row.submission}
    return [(what, value.casefold()) for what, value in told.items() if value]


def _name(row: Row) -> str:
    """What to call a person: the id, which tells people of one name apart."""
    return row.person.id or row.person.name or row.person.email or row.submission
