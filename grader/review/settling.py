"""Writing OUT after a change: by one thread, a moment later, so that nobody waits for it."""

from __future__ import annotations

from threading import Event, Thread

from grader.exports import write_all
from grader.review.classroom import Classroom

PAUSE = 1.0  # seconds in which further changes join the same writing


class Settler:
    """Writes the files of OUT whenever the class has changed, until what is written is what is so.

    The store of changes has every change before this is told, so that a fall in between loses none.
    """

    def __init__(self, classroom: Classroom, pause: float = PAUSE) -> None:
        self._classroom, self._pause = classroom, pause
        self._woken, self._ended = Event(), Event()
        self._left = False
        self.fault = ""
        self._thread = Thread(target=self._work, name="settling", daemon=True)
        classroom.saved = self._ask

    def start(self) -> None:
        """Begins to listen."""
        self._thread.start()

    def close(self) -> None:
        """Writes what is left, and ends."""
        self._ended.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join()

    def _ask(self) -> None:
        self._left = True
        self._woken.set()

    def _work(self) -> None:
        self._classroom.settled()
        while not self._ended.is_set() or self._left:
            self._woken.wait()
            self._ended.wait(self._pause)
            self._woken.clear()
            if self._left:
                self._left = False
                self._write()

    def _write(self) -> None:
        with self._classroom.writing:
            self._write_now(self._classroom)

    def _write_now(self, room: Classroom) -> None:
        now = room.now  # what others have written is read first
        if room.is_foreign():
            self._ask()
            return
        try:
            write_all(tuple(now.results.values()), room.out)
            self.fault = ""
        except OSError as bad:
            self.fault = f"{bad.filename or room.out}: {bad.strerror}"
        room.written()
        if room.now is not now:
            self._ask()
