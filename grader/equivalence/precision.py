"""Working precision of ball arithmetic: python-flint keeps it in one place, so it is taken in turns."""

from __future__ import annotations

import threading

from flint import ctx

_LOCK = threading.RLock()


class bits:
    """Ball arithmetic with this many bits inside the block; other threads wait.

    >>> with bits(200):
    ...     ctx.prec
    200
    """

    __slots__ = ("before", "precision")

    def __init__(self, precision: int) -> None:
        self.precision = precision

    def __enter__(self) -> None:
        _LOCK.acquire()
        self.before = ctx.prec
        ctx.prec = self.precision

    def __exit__(self, *_: object) -> None:
        ctx.prec = self.before
        _LOCK.release()
