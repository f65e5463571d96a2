"""A person's word on a mark: put in place of the program's, which is kept, and taken back exactly.

What was said is a `Change`. Which changes count for a mark is decided here; where they are kept is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.records import Changed, MachineWord, MarkRecord, QuestionResult, Result, Status

Alike = Callable[[str, QuestionResult], bool]
Retold = Callable[[QuestionResult], str]


@dataclass(frozen=True, slots=True)
class Change:
    """One mark of one submission, as a person decided it.

    `answer` is the final answer as it stood then. `equal`: the word goes for every equal answer;
    `unsure`: the program had left this mark to a person. `command` is shared by what was said at once.
    """

    submission: str
    question: str
    mark: str
    points: float
    who: str
    when: str
    why: str
    answer: str = ""
    equal: bool = False
    unsure: bool = False
    command: int = 0


def apply_changes(
    results: Iterable[Result], changes: Sequence[Change], alike: Alike, retold: Retold
) -> tuple[Result, ...]:
    """The results with every change in place, and no other: what an earlier call changed is undone first.

    `alike(answer, question)` tells whether a question's final answer equals the one that a change was
    said of; `retold(question)` gives the feedback of a changed question. Later changes win over earlier
    ones, and what was said of a submission itself over what an equal answer brings.
    """
    return tuple(_changed_result(result, changes, alike, retold) for result in results)


def as_graded(question: QuestionResult) -> QuestionResult:
    """The question as the program left it."""
    if question.machine is None:
        return question
    word = question.machine
    return replace(
        question,
        earned=word.earned,
        status=word.status,
        needs_review=word.needs_review,
        marks=word.marks,
        feedback=word.feedback,
        machine=None,
    )


def graded_result(result: Result) -> Result:
    """The result as the program left it."""
    if all(question.machine is None for question in result.questions):
        return result
    return _added_up(result, tuple(as_graded(question) for question in result.questions))


def changes_for(
    submission: str, question: QuestionResult, changes: Iterable[Change], alike: Alike
) -> dict[str, Change]:
    """The change that counts for each mark of a question as graded; a mark without one is left out."""
    own: dict[str, Change] = {}
    brought: dict[str, Change] = {}
    unsure = {mark.id: mark.unsure for mark in question.marks}
    for change in changes:
        if change.question != question.id or change.mark not in unsure:
            continue
        if change.submission == submission:
            own[change.mark] = change
        elif change.equal and _is_same_case(change, unsure[change.mark]) and alike(change.answer, question):
            brought[change.mark] = change
    return {**brought, **own}


def without_place(results: Iterable[Result], changes: Iterable[Change]) -> tuple[tuple[Change, str], ...]:
    """What people say that no mark holds as it was said, since the class or the scheme is another; and why.

    What goes for equal answers too is not lost with the submission that it was said of.
    """
    last = {(change.submission, change.question, change.mark): change for change in changes}
    marks = {(r.submission, q.id): {mark.id: mark for mark in q.marks} for r in results for q in r.questions}
    there = {submission for submission, _ in marks}
    found = []
    for change in last.values():
        if change.submission not in there:
            why = "" if change.equal else "there is no such submission now"
        else:
            scheme = marks.get((change.submission, change.question), {})
            why = _unheld(change, scheme.get(change.mark))
        if why:
            found.append((change, why))
    return tuple(found)


def _unheld(change: Change, mark: MarkRecord | None) -> str:
    """Why a mark does not hold what was said of it; nothing where it does."""
    if mark is None:
        return "there is no such mark now"
    return f"the mark has {mark.points:g} now" if change.points > mark.points else ""


def _is_same_case(change: Change, unsure: bool) -> bool:
    """Whether a mark was judged alike: one that still waits for a person is not decided by another's."""
    return change.unsure or not unsure


def _changed_result(result: Result, changes: Sequence[Change], alike: Alike, retold: Retold) -> Result:
    plain = graded_result(result)
    if not changes:
        return plain
    questions = []
    for question in plain.questions:
        counting = changes_for(result.submission, question, changes, alike)
        questions.append(_changed(question, counting, result.submission, retold) if counting else question)
    same = all(new is old for new, old in zip(questions, plain.questions, strict=True))
    return plain if same else _added_up(plain, tuple(questions))


def _changed(
    question: QuestionResult, changes: Mapping[str, Change], submission: str, retold: Retold
) -> QuestionResult:
    marks = tuple(
        _mark(mark, changes[mark.id], question, submission) if mark.id in changes else mark
        for mark in question.marks
    )
    earned = sum(mark.earned for mark in marks)
    done = replace(
        question,
        earned=earned,
        status=_status(question, earned),
        needs_review=_needs_review(question, changes, submission),
        marks=marks,
        machine=MachineWord(
            question.earned, question.status, question.needs_review, question.marks, question.feedback
        ),
    )
    return replace(done, feedback=retold(done))


def _mark(mark: MarkRecord, change: Change, question: QuestionResult, submission: str) -> MarkRecord:
    like = "" if change.submission == submission else change.submission
    if not mark.unsure and change.points == mark.earned and not like and not _is_stale(change, question):
        reason = f"{mark.reason} (confirmed by {change.who})"
        said = Changed(change.who, change.when, change.why, like)
        return replace(mark, reason=reason, changed=said)
    reason = f"changed by {change.who}"
    if like:
        reason += f" on an equal answer ({like})"
    elif _is_stale(change, question):
        reason += " on an earlier answer"
    return replace(
        mark,
        earned=min(change.points, mark.points),
        reason=f"{reason}: {change.why}",
        follow_through=False,
        unsure=False,
        changed=Changed(change.who, change.when, change.why, like),
    )


def _is_stale(change: Change, question: QuestionResult) -> bool:
    """Whether another final answer was handed in since a person decided."""
    answer = question.answer
    return change.answer.split() not in (answer.meant.split(), answer.source.split())


def _status(question: QuestionResult, earned: float) -> Status:
    if earned >= question.possible:
        return "correct"
    if earned > 0:
        return "partial"
    return question.status if question.earned <= 0 else "incorrect"


def _needs_review(question: QuestionResult, changes: Mapping[str, Change], submission: str) -> bool:
    """A person has looked, unless a mark still waits, the answer is new, or only its equal was seen."""
    waiting = {mark.id for mark in question.marks if mark.unsure}
    if waiting - set(changes):
        return True
    own = [change for change in changes.values() if change.submission == submission]
    if any(_is_stale(change, question) for change in own):
        return True
    return question.needs_review and not own and not waiting


def _added_up(result: Result, questions: tuple[QuestionResult, ...]) -> Result:
    """The result with other questions: its points and whether a person must look follow from them."""
    return replace(
        result,
        earned=sum(question.earned for question in questions),
        needs_review=any(question.needs_review for question in questions),
        questions=questions,
    )
