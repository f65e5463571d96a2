"""The door of the page: who may come in, from where a change may come, and what a page may load.

A page on loopback is reached by every program and every site that the browser has open. So: the address
that the terminal shows holds a key, kept as a cookie; the Host must be loopback (against a name that is
made to point here); a change must come from a page of ours, with its token; and a page loads nothing but
our own files and runs no script that stands in it.
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grader.review.rendering import render

HOSTS = frozenset(["127.0.0.1", "localhost"])
READS = frozenset(["GET", "HEAD"])
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",  # MathML's own spacing; the gate lets nothing else through
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}


class Guard:
    """What every request passes first."""

    def __init__(self, app: ASGIApp, key: str) -> None:
        self._app, self._key = app, key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request through, or says why not."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [pair for pair in message["headers"] if pair[0].decode("latin-1") not in HEADERS]
                ours = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                message = {**message, "headers": [*kept, *ours]}
            await send(message)

        answer = self._refusal(scope)
        await (answer or self._app)(scope, receive, sealed)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get("host", "")
        if not _is_loopback(host):
            return refused(400, "This page answers on 127.0.0.1 only.")
        if scope["path"] == "/enter" and scope["method"] in READS:
            return self._enter(scope, host)
        if scope["path"].startswith("/static/"):
            return None
        if not same(cookie(headers.get("cookie", ""), cookie_name(host)), self._key):
            return refused(
                403, "Open the address that `grader review` shows in the terminal: it holds the key."
            )
        if scope["method"] not in READS and headers.get("origin", "") != f"http://{host}":
            return refused(403, "A change must come from a page of this server.")
        return None

    def _enter(self, scope: Scope, host: str) -> Response:
        given = dict(
            part.split("=", 1) for part in scope["query_string"].decode("latin-1").split("&") if "=" in part
        )
        if not same(given.get("key", ""), self._key):
            return refused(403, "The key is not the one that this server was started with.")
        # not a redirect: the step to the first page must be one of ours, or a strict cookie stays behind
        answer = HTMLResponse(render("entered.html"))
        answer.set_cookie(cookie_name(host), self._key, httponly=True, samesite="strict", path="/")
        return answer


def token_for(key: str) -> str:
    """What every form carries, to show that it is one of ours."""
    return hmac.new(key.encode(), b"change", sha256).hexdigest()


def same(given: str, wanted: str) -> bool:
    """Whether two secrets are the same, told in a time that does not say where they differ."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def cookie_name(host: str) -> str:
    """A name of its own for each port: cookies do not tell ports apart."""
    return f"grader_review_{host.rpartition(':')[2]}"


def cookie(header: str, name: str) -> str:
    """The value of a cookie, or nothing."""
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return found.value if found is not None else ""


def refused(status: int, why: str) -> Response:
    """A page that says why not."""
    return HTMLResponse(render("refused.html", why=why), status_code=status)


def _is_loopback(host: str) -> bool:
    try:
        parts = urlsplit(f"//{host}")
        return parts.hostname in HOSTS and parts.netloc == host and "@" not in host and parts.port != 0
    except ValueError:
        return False
