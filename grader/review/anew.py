"""The page on which the class is marked anew: begun, looked at, taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from grader.marking.overrides import without_place
from grader.review.items import key_of
from grader.review.pages.naming import Names
from grader.review.remarking import Outdated, Preview
from grader.review.site import Site
from grader.running.origin import origin_of
from grader.running.overriding import lost_word

SHOWN = 200  # marks that are listed one by one
NAMED = 12  # submissions that are named where there are many


def remark(site: Site, request: Request, status: int = 200, outdated: str = "") -> Response:
    """How far it is, or what would become different; `outdated` says why nothing was taken."""
    work, view = site.remarking, site.view(request)
    preview = None if work.running else work.preview
    moved = [item for item in preview.moved if not item.decided] if preview is not None else []
    names = Names(view.hidden)
    return site.page(
        request,
        "remark.html",
        status,
        outdated=outdated,
        possible=work.possible,
        submissions=site.submissions,
        gone=origin_of(site.classroom.out).submissions if site.submissions is None else None,
        running=work.running,
        stand=work.stand,
        trouble=work.trouble,
        preview=preview,
        moved=[
            {
                "key": key_of(item.submission),
                "name": names.of(item.submission),
                "question": item.question,
                "mark": item.mark,
                "before": item.before,
                "after": item.after,
            }
            for item in moved[:SHOWN]
        ],
        more=max(0, len(moved) - SHOWN),
        absent=_some(preview.absent if preview is not None else (), names),
        added=_some(preview.added if preview is not None else (), names),
        lost=_lost(preview, site, names),
        taken=request.query_params.get("taken") == "1",
        view=view,
    )


def _lost(preview: Preview | None, site: Site, names: Names) -> list[str]:
    """What people have said that would count no more as it was said."""
    if preview is None:
        return []
    lost = without_place(preview.results, site.classroom.now.standing)
    return [lost_word(replace(change, submission=names.of(change.submission)), why) for change, why in lost]


def _some(submissions: Sequence[str], names: Names) -> tuple[int, list[str], int]:
    """How many there are, the first of them by name, and how many more."""
    first = [names.of(name) for name in submissions[:NAMED]]
    return len(submissions), first, len(submissions) - len(first)


def act(site: Site, request: Request, form: Mapping[str, str]) -> Response:
    """Begins a preview, or takes the one that is there."""
    query = site.view(request).query()
    if form.get("do") != "take":
        site.remarking.start(site.classroom.now.results, site.who(request))
        return RedirectResponse(f"/remark{query}", status_code=303)
    try:
        _take(site, form.get("preview", ""), site.who(request))
    except Outdated as why:
        return remark(site, request, 409, str(why))
    return RedirectResponse(f"/remark{query}{'&' if query else '?'}taken=1", status_code=303)


def _take(site: Site, name: str, who: str) -> None:
    room = site.classroom
    with room.writing:
        homework = site.remarking.take(room.out, name, room.now.results, who)
    site.adopt(homework)
