"""One function over many items in several processes, results in order, memory bounded."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

from grader.processes import Died, Process

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


class _Workers(Generic[Item, Made]):
    """The processes: each is used by one thread at a time, and replaced when it dies."""

    def __init__(self, function: Callable[[Item], Made], lost: Callable[[Item], Made]) -> None:
        self.function, self.lost = function, lost
        self.idle: SimpleQueue[Process] = SimpleQueue()

    def run(self, chunk: Sequence[Item]) -> list[Made]:
        """The results of a chunk; where a process dies of it, item by item."""
        worker = self._take()
        try:
            made = worker.run(chunk)
        except Died:
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

    def _take(self) -> Process:
        try:
            return self.idle.get_nowait()
        except Empty:
            return Process(self.function)
