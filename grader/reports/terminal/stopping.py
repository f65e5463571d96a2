"""What is said to a person who stops a batch: what is kept of it, and how to go on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.reports.terminal.progress import Advance


@contextmanager
def told_if_stopped(advance: Advance, out: Path, onward: str) -> Iterator[Advance]:
    """Gives `advance`, and remembers what it was told for one who stops the batch with Ctrl-C.

    `onward` is the command that goes on. The interrupt itself goes on its way: who called us must know.
    """
    done, total = 0, 0

    def remembered(now: int, known: int, of: int) -> None:
        nonlocal done, total
        done, total = now, of
        advance(now, known, of)

    try:
        yield remembered
    except KeyboardInterrupt:
        print(f"grader: {_said(done, total, out, onward)}", file=sys.stderr, flush=True)
        raise


def _said(done: int, total: int, out: Path, onward: str) -> str:
    if not done:
        return "stopped before anything was graded"
    if done < total:
        return f"stopped: {done} of {total} submissions are graded and kept; go on with {onward}"
    return f"stopped while {out}/ was written: all {total} are graded and kept; the rest with {onward}"
