"""Who is looking at which answer just now, so that two people do not do the same work."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

RECENT = 90.0  # seconds after which somebody who asked for nothing is taken to have gone


class Presence:
    """Remembers where each person was last; `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._lock = clock, Lock()
        self._last: dict[str, tuple[tuple[str, str], float]] = {}

    def at(self, who: str, spot: tuple[str, str]) -> tuple[str, ...]:
        """Says where a person is now; who else is there."""
        now = self._clock()
        with self._lock:
            self._last = {name: seen for name, seen in self._last.items() if now - seen[1] < RECENT}
            if who:
                self._last[who] = (spot, now)
            return tuple(sorted(name for name, seen in self._last.items() if seen[0] == spot and name != who))
