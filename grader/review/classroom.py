"""The class as it is now: read from OUT, kept up with what others change, and changed by what a person says.

The store of changes is the truth; what is in memory follows it at once, and the files of OUT shortly after.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from grader.errors import SubmissionError
from grader.exports.results_jsonl import NAME as RESULTS
from grader.feedback.changed import retold
from grader.marking.overrides import Alike, Change, apply_changes
from grader.records import QuestionResult, Result
from grader.review.items import Item, version_of
from grader.review.said import said_of, seen_of
from grader.review.snapshot import Snapshot
from grader.running.alike import alike_in
from grader.running.changes import NAME as CHANGES
from grader.running.changes import Changes, are_kept, opened
from grader.running.overriding import Difference, Word, say, take_back
from grader.running.results import load_results
from grader.spec.model import Homework

Stamp = tuple[int, int] | None


class Conflict(Exception):
    """Somebody else has changed this answer since it was shown, or has said something of all its equals.

    `item` is how it is now, `said` what was said of it and its equals together.
    """

    def __init__(self, item: Item, said: tuple[Change, ...] = ()) -> None:
        super().__init__("this answer was changed meanwhile")
        self.item, self.said = item, said


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants of an answer: where, and the version that was seen.

    `group` are the submissions whose answers are equal, `seen` (see `seen_of`) what was known to be said of
    them all: it counts for a word that goes for them all.
    """

    key: str
    question: str
    version: str
    group: frozenset[str] = frozenset()
    seen: str = ""


class Classroom:
    """OUT, held in memory. Safe in threads: one changes at a time, and readers see one moment.

    Raises SubmissionError where OUT holds no results.
    """

    def __init__(self, out: Path, homework: Homework | None = None) -> None:
        self.out = out.parent if out.is_file() else out
        self.homework = homework
        self.alike: Alike = alike_in(homework)
        self.saved: Callable[[], None] = lambda: None  # told whenever OUT has to be written
        self.writing = Lock()  # of the files of OUT, within this process
        self._lock = Lock()
        self._now, self._stamps = self._loaded()

    @property
    def now(self) -> Snapshot:
        """The class at this moment, with what others have changed."""
        if self._stamps != self._seen():
            with self._lock:
                self._catch_up()
        return self._now

    def override(self, wish: Wish, word: Word) -> tuple[Difference, ...]:
        """Changes marks as `grader override` does. Raises Conflict, and SubmissionError as it does."""
        return self._changed(
            wish, lambda changes, result: say(changes, result, wish.question, word), for_all=word.equal
        )

    def undo(self, wish: Wish, word: Word) -> tuple[Difference, ...]:
        """Takes back what was last said of an answer. Raises Conflict, and SubmissionError."""
        return self._changed(wish, lambda changes, result: take_back(changes, result, wish.question, word))

    def adopt(self, homework: Homework) -> None:
        """Takes another state of the spec: what is equal by it, and what has been marked by it."""
        with self._lock:
            self.homework = homework
            self.alike = alike_in(homework)
            self._now, self._stamps = self._loaded()

    def written(self) -> None:
        """Says that OUT has been written from what is here."""
        self._stamps = (_stamp(self.out / RESULTS), self._stamps[1])

    def is_foreign(self) -> bool:
        """Whether somebody else has written the results since they were read."""
        return self._stamps[0] != _stamp(self.out / RESULTS)

    def settled(self) -> Snapshot:
        """Every change put in place anew, for all submissions: what a start after a crash needs."""
        now = self.now
        results = apply_changes(now.results.values(), now.standing, self.alike, retold)
        if results == tuple(now.results.values()):
            return now
        with self._lock:
            if self._now is now:
                self._now = now.with_results(results, now.standing)
                self.saved()
        return self._now

    def _changed(
        self, wish: Wish, act: Callable[[Changes, Result], None], for_all: bool = False
    ) -> tuple[Difference, ...]:
        with self._lock:
            before = self._now
            with opened(self.out, self._homework_id()) as changes:
                self._follow(changes.standing())
                item = self._seen_by(wish, for_all)
                act(changes, self._now.results[item.submission])
                standing = changes.standing()
            self._follow(standing)
            self._stamps = (self._stamps[0], _stamp(self.out / CHANGES))
            self.saved()
            return _differences(before, self._now)

    def _seen_by(self, wish: Wish, for_all: bool) -> Item:
        """The answer that a wish is of. Raises Conflict where it is no longer as the person saw it."""
        item = self._now.item(wish.key, wish.question)
        said = said_of(self._now.standing, wish.question, wish.group)
        if version_of(item.question) != wish.version or (for_all and seen_of(said) != wish.seen):
            raise Conflict(item, said)
        return item

    def _homework_id(self) -> str:
        return next(iter(self._now.results.values())).homework

    def _seen(self) -> tuple[Stamp, Stamp]:
        return _stamp(self.out / RESULTS), _stamp(self.out / CHANGES)

    def _catch_up(self) -> None:
        seen = self._seen()
        if seen[0] != self._stamps[0]:
            loaded, self._stamps = self._loaded()
            results = apply_changes(loaded.results.values(), loaded.standing, self.alike, retold)
            self._now = loaded.with_results(results, loaded.standing)
        elif seen[1] != self._stamps[1]:
            self._follow(_standing(self.out, self._homework_id()))
            self._stamps = seen
            self.saved()

    def _loaded(self) -> tuple[Snapshot, tuple[Stamp, Stamp]]:
        seen = self._seen()
        results = {result.submission: result for result in load_results(self.out)}
        homework = next(iter(results.values())).homework
        return Snapshot(results, _standing(self.out, homework)), seen

    def _follow(self, standing: tuple[Change, ...]) -> None:
        """Puts in place what is different from the changes that are in the results already."""
        different = set(standing) ^ set(self._now.standing)
        if not different:
            return
        names = {change.submission for change in different} & set(self._now.results)
        reached = [change for change in different if change.equal]
        if reached:
            names |= {r.submission for r in self._now.results.values() if self._is_reached(r, reached)}
        counting = [change for change in standing if change.equal or change.submission in names]
        affected = [self._now.results[name] for name in sorted(names)]
        changed = apply_changes(affected, counting, self.alike, retold)
        self._now = self._now.with_results(changed, standing)

    def _is_reached(self, result: Result, changes: list[Change]) -> bool:
        return any(
            change.question == question.id and self.alike(change.answer, question)
            for question in result.questions
            for change in changes
        )


def _differences(before: Snapshot, after: Snapshot) -> tuple[Difference, ...]:
    return tuple(
        Difference(name, old, new)
        for name, result in after.results.items()
        if result is not before.results[name]
        for old, new in _pairs(before.results, name, result)
        if old != new
    )


def _pairs(
    results: Mapping[str, Result], name: str, result: Result
) -> list[tuple[QuestionResult, QuestionResult]]:
    return list(zip(results[name].questions, result.questions, strict=True))


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size


def _standing(out: Path, homework: str) -> tuple[Change, ...]:
    """The changes that count, read without waiting for those who write. Raises SubmissionError."""
    if not are_kept(out):
        return ()
    path = (out / CHANGES).absolute()
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
            return Changes(connection, homework).standing()
    except sqlite3.Error as bad:
        if "no such table" in str(bad):  # a file with notes alone, or of a change that was not kept
            return ()
        raise SubmissionError(f"{path}: the changes cannot be read: {bad}") from bad
