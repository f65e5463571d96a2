"""Serving the page on loopback, until it is stopped."""

from __future__ import annotations

import asyncio
import secrets
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import uvicorn

from grader.errors import SubmissionError
from grader.review.app import application
from grader.review.classroom import Classroom
from grader.review.site import Settings, Site
from grader.spec.model import Homework

HOST = "127.0.0.1"


def serve(
    out: Path,
    homework: Homework | None,
    *,
    who: str = "",
    port: int = 0,
    anonymous: bool = False,
    submissions: Path | None = None,
    ready: Callable[[str], None],
) -> None:
    """Serves OUT until the process is interrupted; `ready` is told the address, with its key, once.

    It is told when the page answers and an interrupt ends it in order. Port 0: a free one. Raises
    SubmissionError where OUT holds no results or the port is taken.
    """
    key = secrets.token_urlsafe(24)
    site = Site(Classroom(out, homework), Settings(key, who, anonymous, submissions))
    listener = listener_on(port)
    config = uvicorn.Config(
        application(site), log_level="warning", access_log=False, server_header=False, lifespan="on"
    )
    address = f"http://{HOST}:{listener.getsockname()[1]}/enter?key={key}"
    with suppress(KeyboardInterrupt):  # how it is ended
        _Server(config, lambda: ready(address)).run(sockets=[listener])


class _Server(uvicorn.Server):
    """A server that tells when it has begun.

    Said any earlier, an interrupt that follows at once would meet the process before it listens to any: it
    would break off what is being imported, or, where a shell started us deaf to it, be lost for ever.
    """

    def __init__(self, config: uvicorn.Config, begun: Callable[[], None]) -> None:
        super().__init__(config)
        self._begun = begun

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begins to answer, and tells; in a thread, since a browser may take its time to open."""
        await super().startup(sockets=sockets)
        if self.started:
            await asyncio.to_thread(self._begun)


def listener_on(port: int) -> socket.socket:
    """A socket on loopback. Raises SubmissionError where the port is taken.

    It says that it speaks TCP, by which asyncio knows that small packets must not wait for each other.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(128)  # who comes before all is ready waits, and is not turned away
    except OSError as bad:
        listener.close()
        raise SubmissionError(f"port {port} cannot be used: {bad.strerror}", "leave out --port") from bad
    return listener
