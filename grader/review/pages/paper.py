"""A whole paper: the questions of one submission with their marks, to be decided on one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.records import QuestionResult
from grader.review.asked import Asked, asked_of
from grader.review.forms import Form, part_of, state_of, was_of
from grader.review.items import Item, version_of
from grader.review.pages.answer import Mark, marks_of
from grader.review.pages.naming import Names
from grader.spec.model import Homework


@dataclass(frozen=True, slots=True)
class Part:
    """A question of a paper; `first` numbers its first mark on the page.

    `sent` are the fields of a form that was refused, `wanted` the points that another came before.
    """

    id: str
    title: str
    earned: float
    possible: float
    version: str
    asked: Asked | None
    marks: tuple[Mark, ...]
    first: int
    sent: Mapping[str, str] | None
    wanted: Mapping[str, float]


def parts_of(
    items: Sequence[Item],
    homework: Homework | None,
    names: Names,
    keys: Mapping[str, str],
    draft: Form,
    wanted: Mapping[str, Mapping[str, float]],
) -> tuple[Part, ...]:
    """The questions in order, the digits of their marks counted through."""
    found, first = [], 1
    for item in items:
        question = item.question
        part = Part(
            id=question.id,
            title=question.title or question.id,
            earned=question.earned,
            possible=question.possible,
            version=version_of(question),
            asked=asked_of(homework, question.id),
            marks=tuple(marks_of(question, names, keys, first)),
            first=first,
            sent=_sent(question, draft),
            wanted=wanted.get(question.id, {}),
        )
        found.append(part)
        first += len(part.marks)
    return tuple(found)


def _sent(question: QuestionResult, draft: Form) -> Form | None:
    """What was sent of a question, if its marks are still as they were shown: else the fields are others."""
    sent = part_of(draft, question.id)
    same = all(was_of(mark, sent) == state_of(mark) for mark in question.marks)
    return sent if sent and same else None
