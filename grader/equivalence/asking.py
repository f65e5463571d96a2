"""SymPy, asked in a process of its own, about trees that we built ourselves.

Work is bounded in the helper by counting calls (see `sympy_work`), so an answer does not depend on the
machine. The wall clock is only a guard against what hangs inside one call: then the process is ended, and
`Stopped` is raised, which is never remembered.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any

from grader.expressions.domains import Domain
from grader.expressions.nodes import Expr

GUARD_SECONDS = 60.0
_MAX_QUESTIONS = 500
_MAX_SIZE = 120
Bounds = tuple[tuple[str, Domain], ...]
Ask = Callable[..., Expr | None]


class Stopped(Exception):
    """The helper hung or died and was ended: nothing is known."""


@lru_cache(maxsize=1024)
def ask(question: str, trees: tuple[Expr, ...], side: str = "", bounds: Bounds = ()) -> Expr | None:
    """SymPy's answer to one of the questions of `sympy_work`, or None.

    `bounds` are the domains of free symbols by name. Raises `Stopped`.
    """
    if sum(tree.size for tree in trees) > _MAX_SIZE:
        return None
    found: Expr | None = _HELPER.run((question, trees, side, bounds))
    return found


def nobody(*_: object) -> None:
    """Answers no question: what takes this instead of `ask` works by its own rules alone."""


def bounds_of(domains: Mapping[Expr, Domain]) -> Bounds:
    """Domains that can be a key."""
    return tuple(sorted(((str(s.value), d) for s, d in domains.items()), key=lambda pair: pair[0]))


class _Helper:
    """The process: started when first asked, one question at a time, started anew after many."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.asked = 0

    def run(self, question: Any) -> Any:
        with self.lock:
            if self.process is None or self.asked >= _MAX_QUESTIONS:
                self._start()
            assert self.process is not None
            self.asked += 1
            guard = threading.Timer(GUARD_SECONDS, self.process.kill)
            guard.daemon = True
            guard.start()
            try:
                return _exchange(self.process, question)
            except (OSError, EOFError, pickle.UnpicklingError) as bad:
                self._end()
                raise Stopped from bad
            finally:
                guard.cancel()

    def _start(self) -> None:
        self._end()
        path = os.pathsep.join(item or os.getcwd() for item in sys.path)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "grader.equivalence.sympy_helper"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "0"},
        )
        self.asked = 0

    def _end(self) -> None:
        if self.process is None:
            return
        for stream in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()
        self.process.kill()
        self.process.wait()
        self.process = None


def _exchange(process: subprocess.Popen[bytes], question: Any) -> Any:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(pickle.dumps(question))
    process.stdin.flush()
    return pickle.load(process.stdout)


_HELPER = _Helper()
