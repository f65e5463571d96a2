"""One function over many items in several processes, results in order, memory bounded."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")

CHUNK = 32
AHEAD = 4  # chunks that wait for each process


def map_ordered(
    function: Callable[[Item], Made],
    items: Iterable[Item],
    jobs: int,
    lost: Callable[[Item], Made],
    chunk: int = CHUNK,
) -> Iterator[Made]:
    """`function` of every item, in their order; with `jobs` over 1 in that many processes.

    Items are drawn as they are needed, and go to a process `chunk` at a time. `function` must be one
    that pickles. Where an item takes its process down with it (a crash in native code, no memory
    left), its result is `lost(item)`. Raises what `function` raises.
    """
    if jobs <= 1:
        yield from map(function, items)
        return
    source = iter(items)
    waiting: deque[Future[list[Made]]] = deque()
    workers = _Workers(function, lost)
    threads = ThreadPoolExecutor(jobs)  # each waits for one process at a time
    try:
        while True:
            while len(waiting) < AHEAD * jobs and (drawn := list(islice(source, chunk))):
                waiting.append(threads.submit(workers.run, drawn))
            if not waiting:
                return
            yield from waiting.popleft().result()
    finally:
        threads.shutdown(cancel_futures=True)
        workers.close()


class _Died(Exception):
    """A worker process is no longer there."""


class _Workers(Generic[Item, Made]):
    """The processes: each is used by one thread at a time, and replaced when it dies."""

    def __init__(self, function: Callable[[Item], Made], lost: Callable[[Item], Made]) -> None:
        self.function, self.lost = function, lost
        self.idle: SimpleQueue[_Worker] = SimpleQueue()

    def run(self, chunk: Sequence[Item]) -> list[Made]:
        """The results of a chunk; where a process dies of it, item by item."""
        worker = self._take()
        try:
            made = worker.run(chunk)
        except _Died:
            worker.close()
            return [self.lost(chunk[0])] if len(chunk) == 1 else [self.run([item])[0] for item in chunk]
        except BaseException:
            self.idle.put(worker)
            raise
        self.idle.put(worker)
        return made

    def close(self) -> None:
        """Ends every process."""
        while True:
            try:
                self.idle.get_nowait().close()
            except Empty:
                return

    def _take(self) -> _Worker:
        try:
            return self.idle.get_nowait()
        except Empty:
            return _Worker(self.function)


class _Worker:
    """One process that runs `grader.worker`."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        path = os.pathsep.join(item or os.getcwd() for item in sys.path)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "grader.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )
        self.greeting = pickle.dumps(function)

    def run(self, chunk: Sequence[Any]) -> list[Any]:
        """The results of a chunk. Raises _Died, or what the function raised."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(self.greeting + pickle.dumps(list(chunk)))
            self.process.stdin.flush()
            self.greeting = b""
            good, found = pickle.load(self.process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError) as bad:
            raise _Died from bad
        if not good:
            raise found
        return list(found)

    def close(self) -> None:
        """Ends the process: it stops when nothing more can come."""
        for stream in (self.process.stdin, self.process.stdout):
            try:
                if stream is not None:
                    stream.close()
            except OSError:
                continue
        self.process.wait()
