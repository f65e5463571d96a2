"""The pages that are looked at: they change nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from grader.errors import SubmissionError
from grader.review.asked import asked_of
from grader.review.classroom import Conflict
from grader.review.grouping import Groups, items_of
from grader.review.items import Item
from grader.review.notes import Deed
from grader.review.pages.answer import answer_of, reasons_of
from grader.review.pages.clash import Clash, clash_of
from grader.review.pages.group import ROWS, group_of, summaries_of
from grader.review.pages.home import home_of
from grader.review.pages.listing import listing_of
from grader.review.pages.naming import Names
from grader.review.pages.saved import saved_of
from grader.review.pages.words import files_of, words_of
from grader.review.site import Site
from grader.review.snapshot import Snapshot
from grader.review.view import View, address_of, chosen, order

Draft = dict[str, Any]


def home(site: Site, request: Request) -> Response:
    """How far the class is."""
    view = site.view(request)
    now = site.classroom.now
    saved = saved_of(now, request.query_params, view)
    return site.page(request, "home.html", home=home_of(now, view), saved=saved, view=view)


def answers(site: Site, request: Request) -> Response:
    """The list of answers."""
    now, view = site.classroom.now, site.view(request)
    group = members_of(site, now, view)
    names = [question.id for question in now.questions]
    listing = listing_of(now.items, view, group, names)
    saved = saved_of(now, request.query_params, view)
    return site.page(request, "answers.html", list=listing, saved=saved, view=view)


def answer(site: Site, request: Request) -> Response:
    """One answer."""
    item = site.classroom.now.item(request.path_params["key"], request.path_params["question"])
    return answer_page(site, request, item)


def groups(site: Site, request: Request) -> Response:
    """The groups of a question."""
    now, view = site.classroom.now, site.view(request)
    question = now.question(request.path_params["question"])
    found = site.grouping.of(now, question.id)
    items = {item.submission: item for item in items_of(now, question.id)}
    answered = sum(group.size for group in found.found)
    last = view.page * ROWS >= len(found.found)
    return site.page(
        request,
        "groups.html",
        question=question,
        groups=summaries_of(found.found, items, question.id, view),
        total=len(found.found),
        answered=answered,
        without=len(items) - answered,
        share=found.share,
        done=found.done,
        before=f"/groups/{question.id}{view.query(page=view.page - 1)}" if view.page > 1 else "",
        after="" if last else f"/groups/{question.id}{view.query(page=view.page + 1)}",
        view=view,
    )


def group(site: Site, request: Request) -> Response:
    """One group, to be marked once."""
    return group_page(site, request)


def answer_page(
    site: Site,
    request: Request,
    item: Item,
    status: int = 200,
    trouble: str | Conflict = "",
    draft: Draft | None = None,
) -> Response:
    """The page of an answer; after a conflict or a mistake with what was wanted still in the form."""
    now, view = site.classroom.now, site.view(request)
    names, said = Names(view.hidden), draft or {}
    history = site.notes.history(item.submission, item.question.id)
    before, after, position, total = around(site, now, item, view)
    question = item.question.id
    return site.page(
        request,
        "answer.html",
        status,
        page=answer_of(item, site.read, names, now.keys_of),
        asked=asked_of(site.classroom.homework, question),
        before=before,
        after=after,
        position=position,
        total=total,
        group=site.grouping.of(now, question).of(item.submission),
        seen=site.seen(now, item),
        words=words_of(site.reread, item, names),
        files=files_of(now.results[item.submission], view.hidden),
        notes=site.notes.of(item.submission, question),
        history=history,
        others=site.presence.at(site.who(request), (item.key, question)),
        reasons=reasons_of([other.question for other in items_of(now, question)]),
        siblings=[(q.id, q.earned, q.possible) for q in now.results[item.submission].questions],
        saved=saved_of(now, request.query_params, view),
        trouble=trouble,
        clash=_clash(trouble, said, history, names),
        draft=said,
        view=view,
    )


def group_page(
    site: Site,
    request: Request,
    status: int = 200,
    trouble: str | Conflict = "",
    draft: Draft | None = None,
) -> Response:
    """The page of a group. Raises SubmissionError where there is no such group."""
    now, view = site.classroom.now, site.view(request)
    question = now.question(request.path_params["question"])
    groups = site.grouping.of(now, question.id)
    index = next((i for i, g in enumerate(groups.found) if g.id == request.path_params["group"]), None)
    if index is None:
        raise SubmissionError("there is no such group", "the answers were compared anew; go back to the list")
    items = {item.submission: item for item in items_of(now, question.id)}
    found = group_of(groups.found[index], items, site.read, question.id, view)
    first = now.item(found.first, question.id)
    history = site.notes.history(first.submission, question.id)
    places = {"before": index - 1, "after": index + 1}
    return site.page(
        request,
        "group.html",
        status,
        question=question,
        group=found,
        seen=site.seen(now, first),
        position=index + 1,
        total=len(groups.found),
        done=groups.done,
        reasons=reasons_of([item.question for item in items.values()]),
        trouble=trouble,
        clash=_clash(trouble, draft or {}, history, Names(view.hidden)),
        draft=draft or {},
        changed=request.query_params.get("changed", "")[:8],
        undone=request.query_params.get("undone", "")[:8],
        view=view,
        **{name: _group_at(groups, place, question.id, view) for name, place in places.items()},
    )


def _group_at(groups: Groups, place: int, question: str, view: View) -> str:
    """The address of a group by its place; empty where there is none."""
    there = 0 <= place < len(groups.found)
    return f"/group/{question}/{groups.found[place].id}{view.query()}" if there else ""


def _clash(trouble: str | Conflict, draft: Draft, history: Sequence[Deed], names: Names) -> Clash | None:
    """Both words of a conflict; what goes for all equal answers counts where the word was for them all."""
    if not isinstance(trouble, Conflict):
        return None
    said = trouble.said if draft.get("equal") or draft.get("first") else ()
    return clash_of(trouble.item.question, draft, said, history, names)


def members_of(site: Site, now: Snapshot, view: View) -> frozenset[str] | None:
    """The submissions of the group that a view names; None if it names none."""
    if not view.group or not view.question:
        return None
    found = site.grouping.of(now, now.question(view.question).id).named(view.group)
    return frozenset(found.submissions) if found is not None else frozenset()


def next_of(site: Site, item: Item, view: View) -> tuple[str, bool]:
    """Where to go after an answer is done: the next of the view, else to what is left of it (then True)."""
    now = site.classroom.now
    _, after, _, total = around(site, now, item, view)
    if after:
        return after, False
    return f"/answers{view.query()}" if total else "/" + View(names=view.names).query(), True


def around(site: Site, now: Snapshot, item: Item, view: View) -> tuple[str, str, int, int]:
    """The answers before and after in the view, where this one stands, and how many there are."""
    found = chosen(now.items, view, members_of(site, now, view))
    here = order(item, view)
    earlier = [other for other in found if order(other, view) < here]
    later = [other for other in found if order(other, view) > here]
    return (
        address_of(earlier[-1], view) if earlier else "",
        address_of(later[0], view) if later else "",
        len(earlier) + 1,
        len(found),
    )
