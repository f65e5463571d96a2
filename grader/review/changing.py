"""What a person does on a page: marks, undo, notes, a name. Every change carries the token of our forms."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from grader.errors import SubmissionError
from grader.printable import one_line, printable
from grader.review.classroom import Conflict, Wish
from grader.review.forms import Form, as_it_stands, chosen_points, wanted_points
from grader.review.items import Item, version_of
from grader.review.notes import Note
from grader.review.pages.saved import told
from grader.review.safety import refused, same, token_for
from grader.review.said import said_of
from grader.review.showing import answer_page, group_page, next_of
from grader.review.site import NAME, Site, as_cookie, who_cookie
from grader.running.overriding import Difference, Word

LIMIT, FIELDS = 64 * 1024, 1000  # bytes and fields of a form
WHY, TEXT = 500, 4000  # characters
TAKEN_BACK = "taken back on the page"
CONFIRMED = "looked at: it stands as the program says"


class Refused(Exception):
    """A form that is not one of ours, or too large; `answer` says so."""

    def __init__(self, answer: Response) -> None:
        super().__init__()
        self.answer = answer


async def form_of(site: Site, request: Request) -> Form:
    """What a form says. Raises Refused without the token that our forms carry."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LIMIT:
            raise Refused(refused(413, "That is more text than can be kept."))
    try:
        form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=FIELDS))
    except ValueError as bad:
        raise Refused(refused(413, "That is more fields than a form of ours has.")) from bad
    if not same(form.get("token", ""), token_for(site.settings.key)):
        raise Refused(refused(403, "The page was made before the server was started anew: load it again."))
    return form


def mark(site: Site, request: Request, form: Form) -> Response:
    """The marks of one answer as a person wants them."""
    item = site.classroom.now.item(request.path_params["key"], request.path_params["question"])
    confirming = form.get("do") == "confirm"
    try:
        wish = wish_of(site, item, form)
        points = as_it_stands(item.question, form) if confirming else wanted_points(item.question, form)
        why = one_line(form.get("why", ""), WHY) or (CONFIRMED if confirming else "")
        word = word_of(site, request, points, why, equal=bool(form.get("equal")))
        done = site.classroom.override(wish, word)
    except Conflict as conflict:
        return answer_page(site, request, conflict.item, 409, conflict, dict(form))
    except (SubmissionError, ValueError) as bad:
        return answer_page(site, request, item, 422, str(bad), dict(form))
    return RedirectResponse(_onward(site, request, item, form, done), status_code=303)


def mark_group(site: Site, request: Request, form: Form) -> Response:
    """The marks of all equal answers, said once."""
    item = site.classroom.now.item(form.get("first", ""), request.path_params["question"])
    try:
        wish = wish_of(site, item, form)
        points = chosen_points(item.question, form)
        why = one_line(form.get("why", ""), WHY)
        word = word_of(site, request, points, why, equal=True)
        done = site.classroom.override(wish, word)
    except Conflict as conflict:
        return group_page(site, request, 409, conflict, dict(form))
    except (SubmissionError, ValueError) as bad:
        return group_page(site, request, 422, str(bad), dict(form))
    return _told_group(site, request, f"changed={len(done)}")


def undo_group(site: Site, request: Request, form: Form) -> Response:
    """Takes back what was last said of the answer that speaks for a group, for its equals too."""
    item = site.classroom.now.item(form.get("first", ""), request.path_params["question"])
    try:
        done = site.classroom.undo(wish_of(site, item, form), word_of(site, request, {}, TAKEN_BACK))
    except Conflict as conflict:
        return group_page(site, request, 409, conflict, {"do": "undo", "first": item.key})
    except (SubmissionError, ValueError) as bad:
        return group_page(site, request, 422, str(bad))
    return _told_group(site, request, f"undone={len(done)}")


def _told_group(site: Site, request: Request, told: str) -> Response:
    place = "/".join(quote(request.path_params[name], safe="") for name in ("question", "group"))
    query = site.view(request).query()
    return RedirectResponse(f"/group/{place}{query}{'&' if query else '?'}{told}", status_code=303)


def undo(site: Site, request: Request, form: Form) -> Response:
    """Takes back what was last said of an answer."""
    item = site.classroom.now.item(request.path_params["key"], request.path_params["question"])
    try:
        word = word_of(site, request, {}, one_line(form.get("why", ""), WHY) or TAKEN_BACK)
        site.classroom.undo(wish_of(site, item, form), word)
    except Conflict as conflict:
        return answer_page(site, request, conflict.item, 409, conflict, {"do": "undo"})
    except (SubmissionError, ValueError) as bad:
        return answer_page(site, request, item, 422, str(bad))
    return RedirectResponse(_here(item, site, request), status_code=303)


def note(site: Site, request: Request, form: Form) -> Response:
    """A note from one grader to the others."""
    item = site.classroom.now.item(request.path_params["key"], request.path_params["question"])
    text = printable(form.get("text", ""))[:TEXT].strip()
    try:
        if not text:
            raise ValueError("a note needs some words")
        said = Note(_person(site, request), site.settings.clock(), text)
        site.notes.add(item.submission, item.question.id, said)
    except (SubmissionError, ValueError) as bad:
        return answer_page(site, request, item, 422, str(bad))
    return RedirectResponse(_here(item, site, request), status_code=303)


def name(site: Site, request: Request, form: Form) -> Response:
    """Who sits here."""
    back = form.get("back", "/")
    answer = RedirectResponse(back if _is_ours(back) else "/", status_code=303)
    said = one_line(form.get("who", ""), NAME)
    cookie = who_cookie(request.headers.get("host", ""))
    answer.set_cookie(cookie, as_cookie(said), httponly=True, samesite="strict", path="/")
    return answer


def _is_ours(address: str) -> bool:
    """Whether an address stays here: a path, and nothing that a browser takes for another host."""
    return address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()


def wish_of(site: Site, item: Item, form: Form) -> Wish:
    """Where a form wants a change. Raises Conflict where it was made from what is no longer so.

    What the form means is told by what it was made from; the store is asked once more when it is changed.
    """
    version, seen = form.get("version", ""), form.get("seen", "")
    group = site.equals_of(site.classroom.now, item)
    if version != version_of(item.question):
        raise Conflict(item, said_of(site.classroom.now.standing, item.question.id, group))
    return Wish(item.key, item.question.id, version, group, seen)


def _person(site: Site, request: Request) -> str:
    who = site.who(request)
    if not who:
        raise ValueError("say who you are first: the field is at the top of the page")
    return who


def word_of(site: Site, request: Request, points: Mapping[str, float], why: str, equal: bool = False) -> Word:
    """What a person says. Raises ValueError where they do not say who they are, or why."""
    if not why:
        raise ValueError("say why: the reason is kept, and shown")
    return Word(points, why, _person(site, request), site.settings.clock(), equal)


def _here(item: Item, site: Site, request: Request) -> str:
    return f"/answer/{item.key}/{item.question.id}{site.view(request).query()}"


def _onward(site: Site, request: Request, item: Item, form: Form, done: tuple[Difference, ...]) -> str:
    """Where to go after saving: the next answer, unless one wants to stay."""
    after, last = next_of(site, item, site.view(request))
    there = _here(item, site, request) if form.get("do") == "stay" else after
    said = told(item.key, item.question.id, max(0, len(done) - 1), last)
    return f"{there}{'&' if '?' in there else '?'}{said}"
