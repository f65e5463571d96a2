"""The feedback of a question that a person has changed: the same words, with the changed marks in them."""

from __future__ import annotations

import re

from grader.feedback.compose import REVIEW, mark_line, points
from grader.records import QuestionResult

_TOTAL = re.compile(r"^(#.*: )\S+ of \S+$")


def retold(question: QuestionResult) -> str:
    """The feedback with the points and the marks as they are now.

    What the program had said of the lines stands; only its word on a changed mark gives way.
    """
    word = question.machine
    if word is None:
        return question.feedback
    lines = word.feedback.rstrip("\n").split("\n")
    if lines and _TOTAL.match(lines[0]):
        lines[0] = _TOTAL.sub(rf"\g<1>{points(question.earned)} of {points(question.possible)}", lines[0])
    for old, new in zip(word.marks, question.marks, strict=True):
        if new.changed is None:
            continue
        said = mark_line(old)
        if said in lines:
            lines[lines.index(said)] = mark_line(new)
        else:
            lines += ["", mark_line(new)]
    if not question.needs_review and REVIEW in lines:
        place = lines.index(REVIEW)
        del lines[place : place + 2]
    return "\n".join(lines) + "\n"
