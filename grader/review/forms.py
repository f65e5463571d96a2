"""What a form wants of marks: read against what it showed, so that what nobody touched is no wish."""

from __future__ import annotations

from collections.abc import Mapping

from grader.records import MarkRecord, QuestionResult
from grader.reports.wording import number

WAITS = "waits"
Form = Mapping[str, str]


def state_of(mark: MarkRecord) -> str:
    """How a mark stands when a form is made, who decided it with it: the form carries it along.

    >>> state_of(MarkRecord("A1", 1.0, 0.0, unsure=True)), state_of(MarkRecord("A1", 1.0, 1.0))
    ('waits@', '1@')
    """
    points = WAITS if mark.unsure else number(mark.earned)
    who = f"{mark.changed.who} {mark.changed.when} {mark.changed.like}" if mark.changed is not None else ""
    return f"{points}@{who}"


def was_of(mark: MarkRecord, form: Form) -> str:
    """How a mark stood when the form was made; as it stands, where the form does not say."""
    return form.get(f"was.{mark.id}") or state_of(mark)


def touched(mark: MarkRecord, form: Form) -> float | None:
    """The points that a form of one answer wants for a mark; None where nobody touched it.

    Raises ValueError for what is no number of points.
    """
    shown, _, _ = was_of(mark, form).partition("@")
    untouched = "" if shown == WAITS else "0"
    said = form.get(f"part.{mark.id}", "") or form.get(f"mark.{mark.id}", untouched)
    if not said:
        return None
    points = _points(mark, said)
    return None if shown != WAITS and points == _points(mark, shown) else points


def part_of(form: Form, question: str) -> dict[str, str]:
    """What the form of a whole paper says of one question.

    >>> part_of({"q1/mark.M1": "full", "q2/mark.M1": "0", "why": "so"}, "q1")
    {'mark.M1': 'full'}
    """
    start = f"{question}/"
    return {name.removeprefix(start): said for name, said in form.items() if name.startswith(start)}


def chosen(mark: MarkRecord, form: Form) -> float | None:
    """The points that a form of a group wants for a mark; None where each answer keeps what it has."""
    said = form.get(f"mark.{mark.id}", "")
    return _points(mark, said) if said else None


def chosen_points(question: QuestionResult, form: Form) -> dict[str, float]:
    """The marks of a group that are to be given or not. Raises ValueError where there is none."""
    found = {mark.id: chosen(mark, form) for mark in question.marks}
    wanted = {name: points for name, points in found.items() if points is not None}
    if not wanted:
        raise ValueError("choose at least one mark to be given or not given")
    return wanted


def as_it_stands(question: QuestionResult, form: Form) -> dict[str, float]:
    """Every mark as it is: a person has looked.

    Raises ValueError where marks were changed on the page, or wait: of these the program says nothing.
    """
    if _changed(question, form):
        raise ValueError("marks were changed here: save them, or load the page again to confirm what stood")
    waiting = [mark.id for mark in question.marks if mark.unsure]
    if waiting:
        raise ValueError(f"{', '.join(waiting)}: the program leaves it open; say whether it is given")
    return {mark.id: mark.earned for mark in question.marks}


def wanted_points(question: QuestionResult, form: Form) -> dict[str, float]:
    """What is to be kept: the marks that are other than they were. One that waits, waits on if untouched.

    Raises ValueError where nothing is different.
    """
    different = _changed(question, form)
    if different:
        return different
    if question.needs_review and not any(mark.unsure for mark in question.marks):
        return {mark.id: mark.earned for mark in question.marks}
    raise ValueError("nothing is different from what stands")


def _changed(question: QuestionResult, form: Form) -> dict[str, float]:
    """The points of the marks that a form changes."""
    found = {mark.id: (mark, touched(mark, form)) for mark in question.marks}
    return {
        name: points
        for name, (mark, points) in found.items()
        if points is not None and (mark.unsure or points != mark.earned)
    }


def _points(mark: MarkRecord, text: str) -> float:
    if text == "full":
        return mark.points
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"{text[:20]!r} is no number of points") from None
    if not 0 <= value < 1e6:
        raise ValueError(f"{text[:20]} is no number of points")
    return value
