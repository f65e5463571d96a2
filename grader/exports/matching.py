"""Whose row is it? Finds the entry that a row of a learning platform's table belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from grader.exports.gradebook import Entry

# What platforms call the files that one downloads: Canvas `name_[LATE_]user_file_...`, Moodle
# `Name_participant_assignsubmission_...`.
_CANVAS = re.compile(r"^[^_]+_(?:late_)?(\d+)_(\d+)_", re.IGNORECASE)
_MOODLE = re.compile(r"^[^_]*_(\d+)_assignsubmission_", re.IGNORECASE)


class Matches:
    """Entries by whatever names them; what names two of them names none.

    A platform's own numbers are apart from every other name: a participant's number is no student's id.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._names: dict[str, Entry | None] = {}
        self._users: dict[str, Entry | None] = {}
        for entry in entries:
            for key in dict.fromkeys(_keys(entry)):
                self._names[key] = entry if key not in self._names else None
            user = platform_user(entry.result.submission)
            if user:
                self._users[user] = entry if user not in self._users else None

    def find(self, *names: str) -> Entry | None:
        """The entry that the first telling name names."""
        for name in names:
            entry = self._names.get(_plain(name)) if name.strip() else None
            if entry is not None:
                return entry
        return None

    def of_user(self, number: str) -> Entry | None:
        """The entry whose submission bears the platform's number of a user."""
        return self._users.get(number.strip())


def platform_user(submission: str) -> str:
    """The user's number in the name that Canvas or Moodle gave to a submission; empty if there is none.

    >>> platform_user("smithana_LATE_123_456_hw3"), platform_user("Ana Smith_77_assignsubmission_file_")
    ('123', '77')
    """
    match = _CANVAS.match(submission) or _MOODLE.match(submission)
    return match.group(1) if match else ""


def canvas_upload(submission: str) -> bool:
    """Whether the name is one that Canvas gave to a file, by which it knows it again."""
    return _CANVAS.match(submission) is not None


def _keys(entry: Entry) -> Iterator[str]:
    person = entry.person
    names = [entry.result.submission, person.id, person.email]
    if person.email:
        names.append(person.email.partition("@")[0])
    names.append(person.name)
    yield from (_plain(name) for name in names if name.strip())


def _plain(name: str) -> str:
    """A name as it is compared: `Smith, Ana` is `Ana Smith`."""
    last, comma, first = name.partition(",")
    whole = f"{first} {last}" if comma else name
    return " ".join(whole.casefold().split())
