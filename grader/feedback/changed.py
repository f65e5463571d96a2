"""The feedback of a question that a person has changed: the same words, with the changed marks in them."""

from __future__ import annotations

import re

from grader.feedback.compose import REVIEW, mark_line, points
from grader.records import QuestionResult

_TOTAL = re.compile(r"\A(#[^\n]*: )\S+ of \S+$", re.MULTILINE)


def retold(question: QuestionResult) -> str:
    """The feedback with the points and the marks as they are now.

    What the program had said of the lines stands; only its word on a changed mark gives way.
    """
    word = question.machine
    if word is None:
        return question.feedback
    text = _TOTAL.sub(
        rf"\g<1>{points(question.earned)} of {points(question.possible)}", word.feedback, count=1
    )
    for old, new in zip(word.marks, question.marks, strict=True):
        if new.changed is not None:
            text = _exchanged(text, mark_line(old), mark_line(new))
    if not question.needs_review:
        text = text.replace(f"{REVIEW}\n\n", "", 1)
    return text


def _exchanged(text: str, old: str, new: str) -> str:
    """The text with one line (or what should be one) in place of another; at its end if that is not there."""
    if f"\n{old}\n" in text:
        return text.replace(f"\n{old}\n", f"\n{new}\n", 1)
    return text.rstrip("\n") + f"\n\n{new}\n"
