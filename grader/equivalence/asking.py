"""SymPy, asked in a process of its own, about trees that we built ourselves.

Work is bounded in the helper by counting calls (see `sympy_work`), so an answer does not depend on the
machine. The wall clock is only a guard against what hangs inside one call: then the process is ended, and
`Stopped` is raised, which is never remembered.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from grader.expressions.domains import Domain
from grader.expressions.nodes import Expr
from grader.processes import Died, Limits, Process

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


class Helper:
    """A process that answers by one function: started when first asked, one question at a time, started
    anew after many."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        self.function = function
        self.lock = threading.Lock()
        self.process: Process | None = None
        self.asked = 0

    def run(self, question: Any) -> Any:
        """The answer; raises `Stopped`."""
        with self.lock:
            if self.process is None or self.asked >= _MAX_QUESTIONS:
                self._start()
            assert self.process is not None
            self.asked += 1
            try:
                return self.process.run([question])[0]
            except Died as bad:
                self.process = None
                raise Stopped from bad

    def _start(self) -> None:
        if self.process is not None:
            self.process.close()
        self.process = Process(self.function, Limits(GUARD_SECONDS), {"PYTHONHASHSEED": "0"})
        self.asked = 0


def _answered(question: Any) -> Any:
    """In the helper: SymPy is loaded there, and never here."""
    from grader.equivalence.sympy_work import answer

    return answer(question)


_HELPER = Helper(_answered)
