"""Working precision of ball arithmetic: python-flint keeps it in one place, so it is taken in turns."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flint import ctx

_LOCK = threading.RLock()


@contextmanager
def bits(precision: int) -> Iterator[None]:
    """Ball arithmetic with this many bits inside the block; other threads wait."""
    with _LOCK:
        before = ctx.prec
        ctx.prec = precision
        try:
            yield
        finally:
            ctx.prec = before
