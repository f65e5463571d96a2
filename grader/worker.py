"""A worker process: takes a function, then chunks of items, and answers each chunk with the results.

It is started as a program of its own (`python -m grader.worker [MEGABYTES]`), and not by `multiprocessing`,
so that it never runs the caller's main module again, and works from a notebook or a script on standard
input. It speaks with the process that started it, and with nobody else, in pickles over its standard
streams; when that process goes away, the worker ends.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, BinaryIO

_COLLECTED = 50_000  # new objects between two collections of the youngest
READY = "ready"  # what is said once the function is there: then an item's time begins


def main() -> None:
    """Serves until standard input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not come between the answers
    bound(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
    with suppress(EOFError, KeyboardInterrupt, BrokenPipeError):
        serve(sys.stdin.buffer, answers)


def bound(megabytes: int) -> None:
    """Lets this process have so much address space and no more; 0, or an unknown system: no bound."""
    if not megabytes:
        return
    with suppress(ImportError, ValueError, OSError):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, hard))


def collect_seldom() -> None:
    """Lets the cycle collector run seldom, and pass over what was loaded: trees hold no cycles.

    For a process of our own only; the collector belongs to whoever owns the process.
    """
    gc.freeze()
    gc.set_threshold(_COLLECTED, 20, 50)


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answers every chunk with its results, or with the exception that one of them raised.

    A function that cannot be loaded is a fault of the program, and the answer to every chunk.
    """
    function: Callable[[Any], Any]
    try:
        function = pickle.load(questions)
    except (EOFError, KeyboardInterrupt):
        raise
    except Exception as bad:
        function = _raising(bad)
    answers.write(pickle.dumps(READY))
    answers.flush()
    collect_seldom()
    while True:
        answers.write(_answer(function, pickle.load(questions)))
        answers.flush()


def _raising(bad: Exception) -> Callable[[Any], Any]:
    def function(item: Any) -> Any:
        raise bad

    return function


def _answer(function: Callable[[Any], Any], chunk: Sequence[Any]) -> bytes:
    try:
        return pickle.dumps((True, [function(item) for item in chunk]))
    except Exception as bad:
        return _failed(bad)


def _failed(bad: Exception) -> bytes:
    try:
        said = pickle.dumps((False, bad))
        pickle.loads(said)  # some exceptions can be written and not read
    except Exception:
        return pickle.dumps((False, RuntimeError(f"{type(bad).__name__}: {bad}")))
    return said


if __name__ == "__main__":
    main()
