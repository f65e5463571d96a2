"""What all pages share: the class, the groups, the notes, who is asking, and how a page is put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import HTMLResponse

from grader.printable import one_line
from grader.review.classroom import Classroom
from grader.review.grouping import Grouping
from grader.review.handed_in import graded_from, handed_in, words_folder
from grader.review.items import Item
from grader.review.notes import Notes
from grader.review.presence import Presence
from grader.review.readings import reader_of
from grader.review.remarking import Remarking
from grader.review.rendering import render, warm
from grader.review.safety import cookie, cookie_name, token_for
from grader.review.said import said_of, seen_of
from grader.review.settling import Settler
from grader.review.snapshot import Snapshot
from grader.review.view import View, view_of
from grader.spec.model import Homework

NAME = 80  # characters of a grader's name


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True)
class Settings:
    """How the page was started: the key of the door, who sits here, whether names may be shown at all.

    `submissions` is what was graded, where OUT does not say it.
    """

    key: str
    who: str = ""
    anonymous: bool = False
    submissions: Path | None = None
    clock: Callable[[], str] = field(default=_now)


class Site:
    """One OUT being reviewed."""

    def __init__(self, classroom: Classroom, settings: Settings) -> None:
        self.classroom, self.settings = classroom, settings
        self.grouping = Grouping(classroom)
        self.settler = Settler(classroom)
        self.read = reader_of(classroom.homework)
        self.submissions = graded_from(settings.submissions, classroom.out)
        self.reread = handed_in(words_folder(self.submissions, classroom.out), classroom.homework)
        self.remarking = Remarking(self.submissions, classroom.homework)
        self.presence = Presence(monotonic)
        homework = next(iter(classroom.now.results.values())).homework
        self.notes = Notes(classroom.out, homework)

    def start(self) -> None:
        """Starts what works in the background, and reads the templates before anybody waits for them."""
        warm()
        self.settler.start()
        self.grouping.start()

    def close(self) -> None:
        """Ends it; what is not written yet is written."""
        self.grouping.close()
        self.settler.close()

    def adopt(self, homework: Homework) -> None:
        """Goes on with another state of the spec."""
        self.classroom.adopt(homework)
        self.read = reader_of(homework)
        self.reread = handed_in(words_folder(self.submissions, self.classroom.out), homework)
        self.grouping.forget()

    def view(self, request: Request) -> View:
        """What the address asks for."""
        asked = dict(request.query_params)
        return view_of({**asked, "names": "hidden"} if self.settings.anonymous else asked)

    def equals_of(self, now: Snapshot, item: Item) -> frozenset[str]:
        """The submissions whose answer equals this one, as far as is known; its own among them."""
        group = self.grouping.of(now, item.question.id).of(item.submission)
        return frozenset(group.submissions if group is not None else [item.submission])

    def seen(self, now: Snapshot, item: Item) -> str:
        """What a form shows to be said of all equal answers, as it carries it along."""
        return seen_of(said_of(now.standing, item.question.id, self.equals_of(now, item)))

    def who(self, request: Request) -> str:
        """Who is asking: as they said, else who started the page."""
        host = request.headers.get("host", "")
        given = cookie(request.headers.get("cookie", ""), who_cookie(host))
        return one_line(unquote(given), NAME) or self.settings.who

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A page with what every page has."""
        view = values.pop("view", None) or self.view(request)
        common = {
            "view": view,
            "who": self.who(request),
            "token": token_for(self.settings.key),
            "questions": self.classroom.now.questions,
            "anonymous": self.settings.anonymous,
            "fault": self.settler.fault,
            "path": request.url.path,
            "spec": self.classroom.homework is not None,
        }
        headers = (
            {} if status == 200 else {"HX-Push-Url": "false"}
        )  # the address of a form is none to go back to
        return HTMLResponse(render(template, **{**common, **values}), status_code=status, headers=headers)


def who_cookie(host: str) -> str:
    """Where a browser keeps the name of the one who grades."""
    return f"{cookie_name(host)}_who"


def as_cookie(name: str) -> str:
    """A name as a cookie can hold it."""
    return quote(name, safe="", errors="replace")
