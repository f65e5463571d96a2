"""Workers: items are submitted, results are taken as they come.

`Workers` is all that a batch knows of where the work is done: here in processes of this machine; a
cluster's scheduler can take their place.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from queue import SimpleQueue
from typing import Generic, Protocol, TypeVar

from grader.processes import NO_LIMITS, Died, Limits, Process

Item = TypeVar("Item")
Made = TypeVar("Made")
Item_in = TypeVar("Item_in", contravariant=True)
Made_out = TypeVar("Made_out", covariant=True)


class Workers(Protocol[Item_in, Made_out]):
    """Somebody who does the work."""

    def submit(self, item: Item_in) -> None:
        """Hands in an item; returns at once."""

    def results(self) -> Iterator[Made_out]:
        """The results of all that was submitted, each as soon as it is there, in no certain order."""

    def close(self) -> None:
        """Ends the work, whatever is left of it."""


class InProcess(Generic[Item, Made]):
    """Does the work in this process, an item at a time; there are no limits."""

    def __init__(self, function: Callable[[Item], Made]) -> None:
        self._function = function
        self._items: list[Item] = []

    def submit(self, item: Item) -> None:
        """Hands in an item."""
        self._items.append(item)

    def results(self) -> Iterator[Made]:
        """The results in order."""
        while self._items:
            yield self._function(self._items.pop(0))

    def close(self) -> None:
        """Forgets what is left."""
        self._items.clear()


class _Raised:
    """What the function raised, on its way to the one who takes the results."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


class LocalWorkers(Generic[Item, Made]):
    """Processes of this machine, each bounded by `limits` for every item, and replaced when it dies.

    `function` must be one that pickles; what it raises is raised by `results`. Where an item takes its
    process down with it, or more time than it may, its result is `lost(item, reason)`.
    """

    def __init__(
        self,
        function: Callable[[Item], Made],
        lost: Callable[[Item, str], Made],
        jobs: int,
        limits: Limits = NO_LIMITS,
    ) -> None:
        self._function, self._lost, self._jobs, self._limits = function, lost, jobs, limits
        self._todo: SimpleQueue[tuple[Item] | None] = SimpleQueue()
        self._done: SimpleQueue[tuple[Made] | _Raised] = SimpleQueue()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._processes: set[Process] = set()
        self._waiting = 0
        self._closed = False

    def submit(self, item: Item) -> None:
        """Hands in an item; a process is started for it while there are fewer than there may be."""
        self._waiting += 1
        self._todo.put((item,))
        if len(self._threads) < self._jobs:
            thread = threading.Thread(target=self._serve, daemon=True)
            self._threads.append(thread)
            thread.start()

    def results(self) -> Iterator[Made]:
        """The results as they come."""
        while self._waiting:
            found = self._done.get()
            self._waiting -= 1
            if isinstance(found, _Raised):
                raise found.error
            yield found[0]

    def close(self) -> None:
        """Ends every process; what runs is not waited for."""
        with self._lock:
            self._closed = True
            for process in self._processes:
                process.kill()
        for _ in self._threads:
            self._todo.put(None)
        for thread in self._threads:
            thread.join()

    def _serve(self) -> None:
        """A thread: gives one process an item at a time."""
        process: Process | None = None
        while (given := self._todo.get()) is not None and not self._closed:
            try:
                process = process or self._start()
                self._done.put((process.run(given)[0],))
            except Died as bad:
                self._drop(process)
                process = None
                self._done.put((self._lost(given[0], str(bad)),))
            except BaseException as bad:
                self._done.put(_Raised(bad))
        if process is not None:
            self._drop(process)
            process.close()

    def _start(self) -> Process:
        process = Process(self._function, self._limits)
        with self._lock:
            self._processes.add(process)
            if self._closed:
                process.kill()
        return process

    def _drop(self, process: Process | None) -> None:
        with self._lock:
            if process is not None:
                self._processes.discard(process)
