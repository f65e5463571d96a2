"""How far a batch is: a bar with rate and time left, or plain lines where there is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

EVERY = 5.0  # seconds between plain lines
Advance = Callable[[int, int, int], None]  # done, known before, all


@contextmanager
def shown_progress() -> Iterator[Advance]:
    """Gives a function that is told how far the batch is; what it shows goes to standard error."""
    if sys.stderr.isatty():
        with _bar() as advance:
            yield advance
    else:
        yield _PlainLines()


@contextmanager
def _bar() -> Iterator[Advance]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("grading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", rate="", total=None)
        clock = _Clock()

        def advance(done: int, known: int, total: int) -> None:
            progress.update(task, completed=done, total=total, rate=clock.rate(done - known))

        yield advance


class _Clock:
    """The rate since the first submission was graded: what came before it was getting ready."""

    def __init__(self) -> None:
        self.first: tuple[float, int] | None = None  # when, and how many were graded by then

    def per_second(self, graded: int) -> float:
        """The rate; 0 while there is none."""
        if graded and self.first is None:
            self.first = monotonic(), graded
        since, before = self.first or (0.0, graded)
        return (graded - before) / max(monotonic() - since, 1e-6)

    def rate(self, graded: int) -> str:
        """The rate in words; nothing while there is none."""
        found = self.per_second(graded)
        return f"{found:.1f}/s" if found else ""


class _PlainLines:
    """A line now and then, as a log likes it; a short batch says nothing."""

    def __init__(self) -> None:
        self.clock = _Clock()
        self.last = monotonic()

    def __call__(self, done: int, known: int, total: int) -> None:
        now, rate = monotonic(), self.clock.per_second(done - known)
        if now - self.last < EVERY or done in (total, known):
            return
        self.last = now
        left = f", {rate:.1f}/s, about {(total - done) / rate:.0f} s left" if rate else ""
        print(f"{done} of {total} graded{left}", file=sys.stderr, flush=True)
