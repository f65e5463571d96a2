"""Grades a folder against a homework, keeping what is done as it goes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from grader.exports import write_lines
from grader.exports.feedback_files import remove_pages
from grader.exports.files import remove_halves
from grader.exports.read_results import read_results
from grader.exports.results_jsonl import NAME, to_line
from grader.marking.overrides import graded_result
from grader.processes import Limits
from grader.records import Result
from grader.running.alone import alone_in
from grader.running.archives import gathered, holds_archives
from grader.running.batch import LIMITS, grade_all
from grader.running.cache import Cache
from grader.running.changes import are_kept, opened
from grader.running.crashes import has_crashed
from grader.running.discover import Submission, submissions_in
from grader.running.keys import keys_of, spec_digest
from grader.running.origin import Origin, keep_origin
from grader.running.overriding import write_settled
from grader.spec.model import Homework

if TYPE_CHECKING:
    from grader.running.work import Graded

DRAFT = f"{NAME}.part"
Progress = Callable[["Stand"], None]


@dataclass(frozen=True, slots=True)
class Stand:
    """How far a batch is: submissions done (those that were known before among them), and all of them."""

    done: int
    known: int
    total: int


def _told_nobody(stand: Stand) -> None:
    """Where nobody asks how far it is."""


@dataclass(frozen=True, slots=True)
class Known:
    """What need not be graded again: results by the key of what they depend on, kept in a cache.

    `spec` is the folder (or file) that the homework was loaded from. Not `asked`: the cache is only
    written to.
    """

    cache: Cache
    spec: Path
    asked: bool = True


def grade_folder(
    path: Path,
    homework: Homework,
    out: Path,
    *,
    jobs: int = 0,
    resume: bool = False,
    known: Known | None = None,
    limits: Limits = LIMITS,
    progress: Progress = _told_nobody,
) -> tuple[Result, ...]:
    """Grades every submission in `path` and writes OUT; the results, sorted by submission.

    In `jobs` processes, or for 0 in this one. Each result is kept in OUT/results.jsonl.part, and among
    what is `known`, the moment it is there, so that a run that was killed can go on: what is known is not
    graded again, and with `resume` neither is what OUT holds of this homework, unless the submission has
    been changed since. What people have changed in OUT (see `changes`) is in the results and files again.
    Raises SubmissionError if there is nothing to read or another run is at work in OUT, OSError if OUT
    cannot be written.
    """
    if not holds_archives(path):
        submissions_in(path, homework.submission)  # a wrong path is said before OUT is made
    out.mkdir(parents=True, exist_ok=True)
    with alone_in(out):
        submissions = _begun(path, homework, out)
        lines = _all_lines(submissions, homework, out, jobs, resume, known, limits, progress)
        results = _written([lines[item.id] for item in submissions], homework, out)
        (out / DRAFT).unlink()
    return results


def _all_lines(
    submissions: Sequence[Submission],
    homework: Homework,
    out: Path,
    jobs: int,
    resume: bool,
    known: Known | None,
    limits: Limits,
    progress: Progress,
) -> dict[str, str]:
    """A line for every submission, also of those that were known before; each kept as soon as it is there."""
    keys = keys_of(submissions, spec_digest(known.spec)) if known is not None else {}
    lines = _lines(submissions, homework, out if resume else None, keys, known)
    count = len(lines)
    left = [item for item in submissions if item.id not in lines]
    progress(Stand(count, count, len(submissions)))
    with (out / DRAFT).open("w", encoding="utf-8", errors="backslashreplace") as draft:
        draft.writelines(lines.values())
        draft.flush()
        for graded in _graded(left, homework, out, jobs, limits):
            lines[graded.submission] = graded.line
            draft.write(graded.line)
            draft.flush()
            _remember(graded, keys, known)
            progress(Stand(len(lines), count, len(submissions)))
    return lines


def _remember(graded: Graded, keys: Mapping[str, bytes], known: Known | None) -> None:
    if known is not None and graded.sound and graded.submission in keys:
        known.cache.keep(keys[graded.submission], graded.line)


def _begun(path: Path, homework: Homework, out: Path) -> tuple[Submission, ...]:
    """The submissions, and OUT ready for them; what is wrong with OUT is said before the work."""
    remove_halves(out, but="overrides")
    keep_origin(out, Origin(path, homework.folder))
    found = gathered(path, out, homework.submission)
    inside = path.is_dir() and out.resolve().parent == path.resolve()
    submissions = tuple(s for s in found if not (inside and s.id == out.name and not s.files))
    if are_kept(out):
        with opened(out, homework.id):
            pass
    return submissions


def _lines(
    submissions: Sequence[Submission],
    homework: Homework,
    out: Path | None,
    keys: Mapping[str, bytes],
    known: Known | None,
) -> dict[str, str]:
    """The lines that are there already: what OUT holds, and over it what is known by its key."""
    lines = _kept(submissions, homework, out) if out is not None else {}
    if known is not None and known.asked:
        found = known.cache.find(keys.values())
        lines |= {name: found[key] for name, key in keys.items() if key in found}
    return lines


def _kept(submissions: Sequence[Submission], homework: Homework, out: Path) -> dict[str, str]:
    """What an earlier run left in OUT for this homework; what crashed, or has changed since, is left out."""
    by_id = {item.id: item for item in submissions}
    lines: dict[str, str] = {}
    for name in (NAME, DRAFT):
        since = _changed_at(out / name)
        for result in map(graded_result, read_results(out / name)):
            item = by_id.get(result.submission)
            if item is None or result.homework != homework.id or has_crashed(result):
                continue
            if all(_changed_at(file) <= since for file in item.files):
                lines[item.id] = to_line(result)
    return lines


def _changed_at(path: Path) -> int:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return 0


def _graded(
    submissions: list[Submission], homework: Homework, out: Path, jobs: int, limits: Limits
) -> Iterator[Graded]:
    """Each submission graded; its pages are written with it, where no person has changed anything."""
    if not submissions:
        return
    pages = None if are_kept(out) else out
    work = partial(grade_one, homework=homework, out=pages)
    yield from grade_all(submissions, work, partial(_lost, homework), jobs, limits)


def grade_one(submission: Submission, homework: Homework, out: Path | None) -> Graded:
    """Grades one submission: what a worker is asked to do. What it needs is imported there."""
    from grader.running.work import grade_line

    return grade_line(submission, homework, out)


def _lost(homework: Homework, submission: Submission, reason: str) -> Graded:
    from grader.running.work import lost_line

    return lost_line(submission, reason, homework)


def _written(lines: Sequence[str], homework: Homework, out: Path) -> tuple[Result, ...]:
    """Writes OUT; what was written."""
    before = {result.submission for result in read_results(out / NAME)}
    results, _ = write_lines(lines, out)
    remove_pages(before - {result.submission for result in results}, out)
    if not are_kept(out):
        return results
    return write_settled(results, homework, out)
