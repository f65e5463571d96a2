"""A paper of which nothing could be read: a person opens the file once, and marks it all on one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from grader.errors import SubmissionError
from grader.printable import one_line
from grader.review.changing import WHY, wish_of, word_of
from grader.review.classroom import Conflict
from grader.review.forms import Form, part_of, touched
from grader.review.handed_in import words_folder
from grader.review.items import Item
from grader.review.pages.naming import Names
from grader.review.pages.paper import parts_of
from grader.review.pages.saved import saved_of, told
from grader.review.pages.words import files_of
from grader.review.showing import around, next_of
from grader.review.site import Site
from grader.running.overriding import Word, changes_of

Points = Mapping[str, float]


def paper(site: Site, request: Request) -> Response:
    """The page of a paper."""
    return _page(site, request, site.classroom.now.paper(request.path_params["key"]))


def mark(site: Site, request: Request, form: Form) -> Response:
    """The marks of a paper: of each question what was touched, where nobody came before."""
    items = site.classroom.now.paper(request.path_params["key"])
    try:
        words = _words(site, request, items, form)
    except (SubmissionError, ValueError) as bad:
        return _page(site, request, items, 422, str(bad), form)
    saved, late = [], {}
    for item in items:
        word = words.get(item.question.id)
        try:
            if word is not None:
                site.classroom.override(wish_of(site, item, part_of(form, item.question.id)), word)
                saved.append(item.question.id)
        except Conflict:
            late[item.question.id] = word.points if word is not None else {}
    if late:
        now = site.classroom.now.paper(items[0].key)
        return _page(site, request, now, 409, _late(now, late, saved), {"why": form["why"]}, late)
    return RedirectResponse(_onward(site, request, items, form, saved[0]), status_code=303)


def _words(site: Site, request: Request, items: Sequence[Item], form: Form) -> dict[str, Word]:
    """What is said of each question that was touched. Raises ValueError and SubmissionError."""
    why, words = one_line(form.get("why", ""), WHY), {}
    for item in items:
        part = part_of(form, item.question.id)
        wanted = {mark.id: touched(mark, part) for mark in item.question.marks}
        points = {name: value for name, value in wanted.items() if value is not None}
        if points:
            word = words[item.question.id] = word_of(site, request, points, why)
            changes_of(site.classroom.now.results[item.submission], item.question.id, word)
    if not words:
        raise ValueError("nothing is different from what stands")
    return words


def _late(items: Sequence[Item], late: Mapping[str, Points], saved: Sequence[str]) -> str:
    """Who came before, and what was saved all the same."""
    said = []
    for item in items:
        if item.question.id in late:
            who = dict.fromkeys(m.changed.who for m in item.question.marks if m.changed is not None)
            by = f"by {', '.join(who)}" if who else "again"
            said.append(f"{item.question.id} was changed {by} while you looked at it")
    rest = f"saved: {', '.join(saved)}" if saved else "nothing is saved"
    return f"{'; '.join(said)}; {rest}"


def _onward(site: Site, request: Request, items: Sequence[Item], form: Form, saved: str) -> str:
    view = site.view(request)
    after, last = next_of(site, items[-1], view)
    there = f"/paper/{items[0].key}{view.query()}" if form.get("do") == "stay" else after
    return f"{there}{'&' if '?' in there else '?'}{told(items[0].key, saved, 0, last)}"


def _page(
    site: Site,
    request: Request,
    items: Sequence[Item],
    status: int = 200,
    trouble: str = "",
    draft: Form | None = None,
    wanted: Mapping[str, Points] | None = None,
) -> Response:
    """The page, after a mistake with what was wanted still in the form."""
    now, view = site.classroom.now, site.view(request)
    names, result = Names(view.hidden), now.results[items[0].submission]
    before, _, position, total = around(site, now, items[0], view)
    _, after, _, _ = around(site, now, items[-1], view)
    parts = parts_of(items, site.classroom.homework, names, now.keys_of, draft or {}, wanted or {})
    return site.page(
        request,
        "paper.html",
        status,
        key=items[0].key,
        name=names.of(result.submission),
        result=result,
        unread=items[0].unread,
        parts=parts,
        before=before,
        after=after,
        position=position,
        total=total,
        files=files_of(result, view.hidden),
        folder=None if view.hidden else words_folder(site.submissions, site.classroom.out),
        others=site.presence.at(site.who(request), (items[0].key, "")),
        saved=saved_of(now, request.query_params, view),
        trouble=trouble,
        why=(draft or {}).get("why", ""),
        view=view,
    )
