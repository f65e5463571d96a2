"""What was saved on the page before: told, led back to, and, where the list is finished, what is next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grader.review.items import key_of
from grader.review.pages.home import first_doubt
from grader.review.pages.naming import Names
from grader.review.snapshot import Snapshot
from grader.review.view import View


@dataclass(frozen=True, slots=True)
class Saved:
    """An answer that was saved, how many equal ones changed with it, and whether it was the last of a list.

    `left` doubts are in the class, the least certain at `next`.
    """

    name: str
    question: str
    href: str
    others: int
    last: bool
    left: int
    next: str


def saved_of(now: Snapshot, asked: Mapping[str, str], view: View) -> Saved | None:
    """What an address says of the page before (see `told`); None where it says nothing that is so."""
    key, _, question = asked.get("saved", "").partition(".")
    name = now.keys.get(key)
    if name is None or question not in {item.id for item in now.results[name].questions}:
        return None
    return Saved(
        name=Names(view.hidden).of(name),
        question=question,
        href=f"/answer/{key_of(name)}/{question}{view.query()}",
        others=_count(asked.get("others", "")),
        last=asked.get("done") == "1",
        left=sum(item.question.needs_review for item in now.items),
        next=first_doubt(now, view),
    )


def told(key: str, question: str, others: int, last: bool) -> str:
    """The part of an address that says what was saved.

    >>> told("24d4b96f58", "q4", 2, last=True)
    'saved=24d4b96f58.q4&others=2&done=1'
    """
    return f"saved={key}.{question}" + (f"&others={others}" if others else "") + ("&done=1" if last else "")


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
