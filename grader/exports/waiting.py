"""What waits for a person: neither earned nor lost, and so to be told apart wherever marks are shown."""

from __future__ import annotations

from grader.records import MarkRecord, QuestionResult, Result

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


def is_unread(result: Result) -> bool:
    """Whether nothing of a paper could be read, and nobody has given a mark: its 0 is no grade yet."""
    nothing = all(item.status == "unreadable" and item.needs_review for item in result.questions)
    touched = any(mark.changed is not None for item in result.questions for mark in item.marks)
    return bool(result.questions) and nothing and not touched and result.earned == 0


def waiting(item: QuestionResult) -> tuple[MarkRecord, ...]:
    """The marks of a question that wait for a person."""
    return tuple(mark for mark in item.marks if waits(item, mark))
