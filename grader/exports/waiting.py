"""What waits for a person: neither earned nor lost, and so to be told apart wherever marks are shown."""

from __future__ import annotations

from grader.records import MarkRecord, QuestionResult

NOTE = "A person will look at this; the points may change."


def waits(item: QuestionResult, mark: MarkRecord) -> bool:
    """Whether a mark that is not given may still be: it was left to a person, or its whole answer was.

    >>> mark = MarkRecord("A1", 1.0, 0.0)
    >>> waits(QuestionResult("q1", 0, 1, "unreadable", needs_review=True, marks=(mark,)), mark)
    True
    """
    if mark.unsure:
        return True
    return item.needs_review and mark.changed is None and mark.earned < mark.points


def waiting(item: QuestionResult) -> tuple[MarkRecord, ...]:
    """The marks of a question that wait for a person."""
    return tuple(mark for mark in item.marks if waits(item, mark))
