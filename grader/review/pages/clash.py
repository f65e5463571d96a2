"""Two words on one answer: what stands now and what the other grader wanted, mark by mark, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from grader.marking.overrides import Change
from grader.records import MarkRecord, QuestionResult
from grader.reports.wording import number
from grader.review.forms import WAITS, Form, chosen, state_of, touched, was_of
from grader.review.notes import Deed
from grader.review.pages.naming import Names

Fields = tuple[tuple[str, str], ...]
KEPT = ("why", "equal", "first")  # what a form says beside the marks


@dataclass(frozen=True, slots=True)
class Side:
    """A mark: what stands now, by whom, when and why, of whose equal answer; what was wanted, if anything."""

    mark: str
    stands: str
    who: str
    when: str
    why: str
    like: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Clash:
    """A conflict: who came before, whether by taking a change back, both words, and mine to be sent again.

    Nobody came before where the class was graded again, or (`equals`) where something was said of all equal
    answers: then the words in `sides` tell by whom.
    """

    who: tuple[str, ...]
    undone: bool
    equals: bool
    sides: tuple[Side, ...]
    mine: Fields


def clash_of(
    question: QuestionResult, form: Form, said: Sequence[Change], history: Sequence[Deed], names: Names
) -> Clash:
    """The conflict over an answer, or over the group that it speaks for.

    `said` goes for all equal answers, as does the form where it is not empty; `history` is of this answer.
    """
    read = touched if "first" not in form else chosen
    wanted = {mark.id: _quiet(read, mark, form) for mark in question.marks}
    other = [mark for mark in question.marks if state_of(mark) != was_of(mark, form)]
    told = {change.mark: change for change in said}
    sides = []
    for mark in question.marks:
        if mark in other or (wanted[mark.id] is not None and mark.id not in told):
            sides.append(_side(mark, wanted[mark.id], names))
        elif mark.id in told:
            sides.append(_said(told[mark.id], wanted[mark.id], names))
    who, undone = _before(other, history)
    return Clash(who, undone, not other and bool(told), tuple(sides), _mine(question, form, wanted))


def _before(other: Sequence[MarkRecord], history: Sequence[Deed]) -> tuple[tuple[str, ...], bool]:
    """Who changed the marks that are other than they were; whether it was by taking a change back."""
    who = tuple(dict.fromkeys(mark.changed.who for mark in other if mark.changed is not None))
    last = max(history, key=lambda deed: deed.undone_when, default=None)
    if who or not other or last is None or not last.undone_by:
        return who, False
    return (last.undone_by,), True


def _side(mark: MarkRecord, wanted: float | None, names: Names) -> Side:
    said = mark.changed
    return Side(
        mark.id,
        WAITS if mark.unsure else number(mark.earned),
        said.who if said is not None else "",
        said.when if said is not None else "",
        said.why if said is not None else "",
        names.of(said.like) if said is not None and said.like else "",
        "" if wanted is None else number(wanted),
    )


def _said(change: Change, wanted: float | None, names: Names) -> Side:
    of = names.of(change.submission)
    points = "" if wanted is None else number(wanted)
    return Side(change.mark, number(change.points), change.who, change.when, change.why, of, points)


def _mine(question: QuestionResult, form: Form, wanted: Mapping[str, float | None]) -> Fields:
    """The fields of a form that says again what was wanted, of what stands now."""
    if all(points is None for points in wanted.values()):
        return ()
    marks = dict(wanted)
    if "first" not in form:  # of one answer every mark is sent; of a group only what is to be changed
        for mark in question.marks:
            if marks[mark.id] is None and not mark.unsure:
                marks[mark.id] = mark.earned
    sent = [(f"mark.{name}", f"{points:.12g}") for name, points in marks.items() if points is not None]
    return (*sent, *((name, form[name]) for name in KEPT if name in form), ("do", "stay"))


def _quiet(read: Callable[[MarkRecord, Form], float | None], mark: MarkRecord, form: Form) -> float | None:
    """What a form wants; nothing where it is no number of points."""
    try:
        return read(mark, form)
    except ValueError:
        return None
