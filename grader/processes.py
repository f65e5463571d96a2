"""One worker process, seen from the side that uses it: it is asked, bounded, ended and replaced."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

START_SECONDS = 120.0  # for a process to import what it needs, on a machine that is busy
DIED = "its process died (out of memory?)"
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one question to a process may cost; None: as much as it wants.

    `seconds` of the wall clock, a guard against what hangs: the process is ended. `megabytes` of address
    space: an allocation beyond it fails in the process (where the system knows such limits).
    """

    seconds: float | None = None
    megabytes: int | None = None


NO_LIMITS = Limits()


class Died(Exception):
    """A worker process is no longer there; the text says why."""


class Process:
    """A process that runs `grader.worker` with one function. It is started at once.

    `environment` is added to the variables of this process.
    """

    def __init__(
        self,
        function: Callable[[Any], Any],
        limits: Limits = NO_LIMITS,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.limits = limits
        self.overdue = 0.0
        path = os.pathsep.join(item or os.getcwd() for item in sys.path)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "grader.worker", str(limits.megabytes or 0)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**ONE_THREAD, **os.environ, **(environment or {}), "PYTHONPATH": path},
        )
        self.greeting = pickle.dumps(function)

    def run(self, chunk: Sequence[Any]) -> list[Any]:
        """The results of a chunk. Raises Died, or what the function raised."""
        try:
            if self.greeting:
                with self._watched(START_SECONDS):
                    self._exchange(self.greeting)
                self.greeting = b""
            with self._watched(self.limits.seconds):
                good, found = self._exchange(pickle.dumps(list(chunk)))
        except (OSError, EOFError, pickle.UnpicklingError, ValueError) as bad:
            reason = f"it took more than {self.overdue:g} s" if self.overdue else DIED
            self.close()
            raise Died(reason) from bad
        if not good:
            raise found
        return list(found)

    def _exchange(self, said: bytes) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(said)
        self.process.stdin.flush()
        return pickle.load(self.process.stdout)

    @contextmanager
    def _watched(self, seconds: float | None) -> Iterator[None]:
        """Ends the process when the time is over; then nothing more can be read from it."""
        if seconds is None:
            yield
            return
        watch = threading.Timer(seconds, self._end_overdue, [seconds])
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def _end_overdue(self, seconds: float) -> None:
        self.overdue = seconds
        self.kill()

    def kill(self) -> None:
        """Ends the process whatever it does."""
        self.process.kill()

    def close(self) -> None:
        """Ends the process: it stops when nothing more can come."""
        for stream in (self.process.stdin, self.process.stdout):
            try:
                if stream is not None:
                    stream.close()
            except OSError:
                continue
        self.process.wait()
