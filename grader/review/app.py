"""The page as an application: which address leads where."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.resources import files

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from grader.errors import SubmissionError
from grader.review import anew, changing, papers, showing
from grader.review.forms import Form
from grader.review.rendering import render
from grader.review.safety import Guard, refused
from grader.review.site import Site

Handler = Callable[[Request], Awaitable[Response]]
STATIC = {
    "htmx.min.js": "text/javascript",
    "review.js": "text/javascript",
    "review.css": "text/css",
    "icon.svg": "image/svg+xml",
}
PAGES = {
    "/": showing.home,
    "/answers": showing.answers,
    "/answer/{key}/{question}": showing.answer,
    "/paper/{key}": papers.paper,
    "/groups/{question}": showing.groups,
    "/group/{question}/{group}": showing.group,
    "/remark": anew.remark,
}
CHANGES = {
    "/answer/{key}/{question}/marks": changing.mark,
    "/answer/{key}/{question}/undo": changing.undo,
    "/answer/{key}/{question}/note": changing.note,
    "/paper/{key}/marks": papers.mark,
    "/group/{question}/{group}/marks": changing.mark_group,
    "/group/{question}/{group}/undo": changing.undo_group,
    "/remark": anew.act,
    "/who": changing.name,
}


def application(site: Site) -> Starlette:
    """The application of a site. What works in the background starts and ends with it."""
    routes = [Route(path, _shown(site, page)) for path, page in PAGES.items()]
    routes += [Route(path, _changed(site, act), methods=["POST"]) for path, act in CHANGES.items()]
    routes.append(Route("/static/{name}", _static))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        site.start()
        try:
            yield
        finally:
            await run_in_threadpool(site.close)

    return Starlette(
        routes=routes,
        lifespan=lifespan,
        middleware=[Middleware(Guard, key=site.settings.key)],
        exception_handlers={HTTPException: _missing, SubmissionError: _not_there},
    )


def _shown(site: Site, page: Callable[[Site, Request], Response]) -> Handler:
    async def show(request: Request) -> Response:
        return await run_in_threadpool(page, site, request)

    return show


def _changed(site: Site, act: Callable[[Site, Request, Form], Response]) -> Handler:
    async def change(request: Request) -> Response:
        try:
            form = await changing.form_of(site, request)
        except changing.Refused as no:
            return no.answer
        return await run_in_threadpool(act, site, request, form)

    return change


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in STATIC:
        return refused(404, "There is no such file.")
    data = (files("grader.review") / "static" / name).read_bytes()
    return Response(data, media_type=STATIC[name])


async def _missing(request: Request, bad: Exception) -> Response:
    status = bad.status_code if isinstance(bad, HTTPException) else 500
    return refused(status, "There is no such page." if status == 404 else "That cannot be done here.")


async def _not_there(request: Request, bad: Exception) -> Response:
    return Response(render("refused.html", why=str(bad)), status_code=404, media_type="text/html")
