"""Many submissions given to workers: a result for each, whatever happens to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from grader.pool import InProcess, LocalWorkers, Workers
from grader.processes import Limits
from grader.running.discover import Submission

Made = TypeVar("Made")

# Guards against what hangs or eats the machine: far above what any submission takes, also under load.
LIMITS = Limits(seconds=120.0, megabytes=2048)


def grade_all(
    submissions: Sequence[Submission],
    grade_one: Callable[[Submission], Made],
    lost: Callable[[Submission, str], Made],
    jobs: int = 0,
    limits: Limits = LIMITS,
) -> Iterator[Made]:
    """A result for every submission, each as soon as it is there.

    In `jobs` processes, where `grade_one` is pickled (a module's function, or a `functools.partial` of
    one); a submission that takes its process down, or more than `limits` allow, has the result
    `lost(submission, reason)`, and the process is replaced. With 0 in this process, without limits.
    Raises what `grade_one` raises.
    """
    workers: Workers[Submission, Made]
    if jobs < 1:
        workers = InProcess(grade_one)
    else:
        workers = LocalWorkers(grade_one, lost, min(jobs, max(1, len(submissions))), limits)
    try:
        for item in submissions:
            workers.submit(item)
        yield from workers.results()
    finally:
        workers.close()
