"""Marking the class anew after the spec was changed: first beside OUT, to be looked at, then in it."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from threading import Lock, Thread

from grader.errors import SpecError, SubmissionError
from grader.marking.overrides import graded_result
from grader.records import Result
from grader.running.grading import Stand, grade_folder
from grader.running.overriding import write_settled
from grader.spec import load_homework
from grader.spec.model import Homework


@dataclass(frozen=True, slots=True)
class Moved:
    """A mark that would be another one: of whose answer, what it is now and what it would be.

    `decided`: a person has decided this mark, and that stays.
    """

    submission: str
    question: str
    mark: str
    before: float | None
    after: float | None
    decided: bool


class Outdated(Exception):
    """What a person looked at is no longer what would be taken; the text says why."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The class marked by the spec as it was then, and what would be different.

    `name` tells it from every other one, `who` began it; `before` is the class as it had been graded.
    `absent` are the submissions of the class that were not there to be marked: they stay as they are.
    """

    homework: Homework
    results: tuple[Result, ...]
    moved: tuple[Moved, ...]
    name: str = ""
    who: str = ""
    before: Mapping[str, Result] = field(default_factory=dict)
    absent: tuple[str, ...] = ()

    @property
    def added(self) -> tuple[str, ...]:
        """The submissions that were not in the class before."""
        return tuple(item.submission for item in self.results if item.submission not in self.before)

    @property
    def kinds(self) -> tuple[tuple[str, str, float | None, float | None, int], ...]:
        """Question, mark, before, after, and how many times; the most frequent first."""
        counts = Counter((m.question, m.mark, m.before, m.after) for m in self.moved if not m.decided)
        return tuple((*kind, count) for kind, count in counts.most_common())

    @property
    def decided(self) -> int:
        """How many marks would be different if people had not decided them."""
        return sum(moved.decided for moved in self.moved)

    @property
    def submissions(self) -> int:
        """How many submissions would have other marks."""
        return len({moved.submission for moved in self.moved if not moved.decided})


class Remarking:
    """Marks the class by the spec as it is on disk, in the background, one preview at a time."""

    def __init__(self, submissions: Path | None, homework: Homework | None) -> None:
        self._submissions = submissions
        self._spec = homework.folder if homework is not None else None
        self._thread: Thread | None = None
        self.stand: Stand | None = None
        self.preview: Preview | None = None
        self.trouble = ""
        self.who = ""  # began the preview
        self._taken = ("", "")  # the preview that was taken last, and by whom
        self._lock = Lock()

    @property
    def possible(self) -> bool:
        """Whether the submissions and the spec are at hand."""
        return self._submissions is not None and self._spec is not None

    @property
    def running(self) -> bool:
        """Whether the class is being marked."""
        return self._thread is not None and self._thread.is_alive()

    def start(self, now: Mapping[str, Result], who: str = "") -> None:
        """Begins to mark, unless that is being done; `now` are the results as they are."""
        with self._lock:
            if not self.possible or self.running:
                return
            self.preview, self.trouble, self.stand, self.who = None, "", None, who
            self._thread = Thread(target=self._work, args=(now, who), name="remarking", daemon=True)
            self._thread.start()

    def wait(self) -> None:
        """Waits until it is done."""
        if self._thread is not None:
            self._thread.join()

    def take(self, out: Path, name: str, now: Mapping[str, Result], who: str = "") -> Homework:
        """Writes what was previewed to OUT, with every word of people in it; the spec that now counts.

        `name` is the preview that the person looked at, `now` the class as it is. Raises Outdated where
        another one has taken its place, or the class was graded again since: then nothing is written.
        """
        with self._lock:
            preview = self._wanted(name, now)
            write_settled(preview.results, preview.homework, out)
            self.preview, self._taken = None, (name, who)
        return preview.homework

    def _wanted(self, name: str, now: Mapping[str, Result]) -> Preview:
        taken, by = self._taken
        if name and name == taken:
            raise Outdated(f"{by or 'Somebody'} has taken them already.")
        if self.preview is None or self.preview.name != name:
            who = self.who or "somebody"
            raise Outdated(f"{who} has begun another preview while you looked at yours.")
        if _graded(now) != self.preview.before:
            raise Outdated("the class was graded again after this preview was made: preview it again.")
        return self.preview

    def _work(self, now: Mapping[str, Result], who: str) -> None:
        assert self._submissions is not None
        assert self._spec is not None
        try:
            homework = load_homework(self._spec)
            with tempfile.TemporaryDirectory() as scratch:
                results = grade_folder(
                    self._submissions, homework, Path(scratch), jobs=os.cpu_count() or 1, progress=self._tell
                )
            self.preview = _preview(homework, results, now, who, self._submissions)
        except SpecError as bad:
            self.trouble = "\n".join(str(fault) for fault in bad.faults)
        except (SubmissionError, OSError) as bad:
            self.trouble = str(bad)

    def _tell(self, stand: Stand) -> None:
        self.stand = stand


def _preview(
    homework: Homework, marked: Sequence[Result], now: Mapping[str, Result], who: str, folder: Path
) -> Preview:
    """What was marked, and whoever was not there as they are. Raises SubmissionError if nobody was."""
    before, there = _graded(now), {result.submission for result in marked}
    absent = tuple(name for name in before if name not in there)
    if len(absent) == len(before):
        raise SubmissionError(
            f"none of the {len(before)} submissions of the class is in {folder}",
            "name the folder that was graded: `--submissions DIR`",
        )
    results = sorted([*marked, *(before[name] for name in absent)], key=lambda result: result.submission)
    return Preview(homework, tuple(results), moved(now, marked), token_hex(8), who, before, absent)


def _graded(now: Mapping[str, Result]) -> dict[str, Result]:
    """The class as the program left it: what people say of marks changes nothing in it."""
    return {name: graded_result(result) for name, result in now.items()}


def moved(now: Mapping[str, Result], after: Sequence[Result]) -> tuple[Moved, ...]:
    """The marks that are other ones, as the program awards them; None where there is no such mark."""
    found: list[Moved] = []
    for result in after:
        old = now.get(result.submission)
        before = _marks(graded_result(old)) if old is not None else {}
        decided = _decided(old) if old is not None else frozenset()
        new = _marks(result)
        for spot in dict.fromkeys((*before, *new)):
            if before.get(spot) != new.get(spot):
                marks = before.get(spot), new.get(spot)
                found.append(Moved(result.submission, *spot, *marks, spot in decided))
    return tuple(found)


def _marks(result: Result) -> dict[tuple[str, str], float]:
    return {(question.id, mark.id): mark.earned for question in result.questions for mark in question.marks}


def _decided(result: Result) -> frozenset[tuple[str, str]]:
    return frozenset(
        (question.id, mark.id)
        for question in result.questions
        for mark in question.marks
        if mark.changed is not None
    )
