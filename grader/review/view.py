"""What the address says: which answers are wanted, in which order, and whether names are shown.

Everything that a person chooses stands in the address, so that it can be kept, sent, and gone back to.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from grader.review.items import Item

ROWS = 100  # on one page of a list


@dataclass(frozen=True, slots=True)
class View:
    """The choices, each "" for no choice. `names` is "hidden" or ""; `sort` "doubt", "points" or ""."""

    question: str = ""
    look: str = ""
    status: str = ""
    mark: str = ""
    misconception: str = ""
    group: str = ""
    find: str = ""
    sort: str = ""
    names: str = ""
    page: int = 1

    @property
    def hidden(self) -> bool:
        """Whether names are hidden."""
        return self.names == "hidden"

    def query(self, **changes: str | int) -> str:
        """The part of an address from its question mark on, with some choices changed."""
        wanted = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]
        chosen = {f.name: getattr(wanted, f.name) for f in fields(wanted)}
        chosen = {name: value for name, value in chosen.items() if value not in ("", 1)}
        return f"?{urlencode(chosen, errors='replace')}" if chosen else ""


def address_of(item: Item, view: View) -> str:
    """Where an answer is looked at: among the doubts, with all of its paper if nothing of that was read."""
    if item.unread and view.sort == "doubt":
        return f"/paper/{item.key}{view.query()}"
    return f"/answer/{item.key}/{item.question.id}{view.query()}"


Facet = Callable[[Item], Sequence[str]]


def view_of(asked: Mapping[str, str]) -> View:
    """The view of an address; what it does not understand is no choice.

    >>> view_of({"question": "q1", "page": "x"}) == View(question="q1")
    True
    """
    chosen = {f.name: asked.get(f.name, "")[:200] for f in fields(View) if f.name != "page"}
    page = asked.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    return View(**chosen, page=max(1, number))


def _looks(item: Item) -> Sequence[str]:
    found = ["doubt"] if item.question.needs_review else []
    if item.decided:
        found.append("decided")
        if any(m.changed is not None and m.changed.like for m in item.question.marks):
            found.append("brought")
    return found or ["settled"]


def _marks(item: Item) -> Sequence[str]:
    return [f"{m.id}:{mark_kind(m.earned, m.points, m.unsure)}" for m in item.question.marks]


def mark_kind(earned: float, points: float, unsure: bool) -> str:
    """How a mark stands: open, full, part or none."""
    if unsure:
        return "open"
    return "full" if earned >= points else "part" if earned > 0 else "none"


FACETS: Mapping[str, Facet] = {
    "question": lambda item: (item.question.id,),
    "look": _looks,
    "status": lambda item: (item.question.status,),
    "mark": _marks,
    "misconception": lambda item: item.question.misconceptions or ("(none)",),
}


def chosen(items: Sequence[Item], view: View, group: frozenset[str] | None) -> list[Item]:
    """The items that the view asks for, in its order. `group`: the submissions of the group it names."""
    found = sorted((item for item in items if _fits(item, view, group)), key=lambda item: order(item, view))
    return _papers_once(found) if view.sort == "doubt" and not view.question else found


def _papers_once(items: Sequence[Item]) -> list[Item]:
    """A paper of which nothing could be read stands once among the doubts: it is marked on one page."""
    seen: set[str] = set()
    found = []
    for item in items:
        if not item.unread or item.submission not in seen:
            found.append(item)
        seen |= {item.submission} if item.unread else set()
    return found


def order(item: Item, view: View) -> tuple[float, int, int]:
    """Where an item stands; what a person decides moves nothing, so that the next one is the next one.

    Among the doubts a paper of which nothing could be read stands as one: it is marked on one page.
    """
    if view.sort == "doubt":
        return -item.doubt, 0 if item.unread else item.rank, item.place
    if view.sort == "points":
        return item.question.earned / (item.question.possible or 1), item.rank, item.place
    return item.place, item.rank, 0


def counted(items: Sequence[Item], view: View, group: frozenset[str] | None) -> dict[str, Counter[str]]:
    """How many items each choice would leave, all the other choices standing."""
    found: dict[str, Counter[str]] = {}
    for name, facet in FACETS.items():
        others = replace(view, **{name: ""})  # type: ignore[arg-type]
        found[name] = Counter(
            value for item in items if _fits(item, others, group) for value in dict.fromkeys(facet(item))
        )
    return found


def _fits(item: Item, view: View, group: frozenset[str] | None) -> bool:
    for name, facet in FACETS.items():
        wanted = getattr(view, name)
        if wanted and wanted not in facet(item):
            return False
    if group is not None and item.submission not in group:
        return False
    return not view.find or _is_named(item, view)


def _is_named(item: Item, view: View) -> bool:
    """A name is looked for only where names are shown: else the search would tell them."""
    text = item.key if view.hidden else f"{item.submission} {item.key}"
    return _plain(view.find) in _plain(text)


def _plain(text: str) -> str:
    """Without capitals and accents: `muller` finds Müller."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
