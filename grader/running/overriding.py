"""Changing marks: checks what a person says, keeps it, and writes OUT anew with it in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import SubmissionError
from grader.exports import write_all
from grader.feedback.changed import retold
from grader.marking.overrides import Change, apply_changes, as_graded, without_place
from grader.records import MarkRecord, QuestionResult, Result
from grader.running.alike import Pair, alike_in
from grader.running.changes import Changes, are_kept, opened
from grader.running.results import find_question, find_submission, load_results
from grader.spec.model import Homework
from grader.spec.suggest import did_you_mean

FindHomework = Callable[[str], Homework | None]


@dataclass(frozen=True, slots=True)
class Word:
    """What a person says: points by mark, why, who says it and when; `equal`: of every equal answer."""

    points: Mapping[str, float]
    why: str
    who: str
    when: str
    equal: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """One question of one submission that is not what it was."""

    submission: str
    before: QuestionResult
    after: QuestionResult


def override(
    out: Path, submission: str, question: str, word: Word, find: FindHomework
) -> tuple[Difference, ...]:
    """Changes marks of one answer (and of its equals), and says what became different.

    `find` gives the homework of an id, if it is at hand. Raises SubmissionError for what is not there
    and for points that a mark does not have; then nothing is changed.
    """
    out = out.parent if out.is_file() else out
    homework = _asked(out, submission, question)
    with opened(out, homework) as changes:
        results = load_results(out)
        say(changes, find_submission(results, submission), question, word)
        return rewritten(results, out, changes, find)


def undo(out: Path, submission: str, question: str, word: Word, find: FindHomework) -> tuple[Difference, ...]:
    """Takes back the last command that changed this answer (of it only the word's marks, if it names any).

    Raises SubmissionError where nobody has changed it.
    """
    out = out.parent if out.is_file() else out
    homework = _asked(out, submission, question)
    with opened(out, homework) as changes:
        results = load_results(out)
        take_back(changes, find_submission(results, submission), question, word)
        return rewritten(results, out, changes, find)


def say(changes: Changes, result: Result, question: str, word: Word) -> None:
    """Keeps what a person says of one answer; no result is changed yet.

    Raises SubmissionError for what is not there and for points that a mark does not have.
    """
    changes.add(changes_of(result, question, word))


def changes_of(result: Result, question: str, word: Word) -> list[Change]:
    """What a person says of one answer as changes. Raises SubmissionError as `say` does."""
    answer = as_graded(find_question(result, question))
    if word.equal and not answer.answer.meant.strip():
        raise SubmissionError(
            f"{result.submission} has no final answer to {question} that others could equal",
            "leave out --equal-answers",
        )
    return [_change(result.submission, answer, name, word) for name in word.points]


def take_back(changes: Changes, result: Result, question: str, word: Word) -> None:
    """Notes that the last command on this answer counts no more (of it only the word's marks, if any).

    Raises SubmissionError where nobody has changed it.
    """
    answer = find_question(result, question)
    marks = [_mark(answer, name).id for name in word.points]
    last = _last(changes, result.submission, answer, marks)
    every = [mark.id for mark in answer.marks]
    changes.undo(last.command, marks or every, word.who, word.when, word.why)


def write_settled(results: Sequence[Result], homework: Homework, out: Path) -> tuple[Result, ...]:
    """Writes what was graded to OUT, with every change that people have made there; what was written."""
    if not are_kept(out):
        write_all(results, out)
        if not are_kept(out):  # else somebody has changed a mark while we wrote
            return tuple(results)
    with opened(out, homework.id) as changes:
        settled = apply_changes(results, changes.standing(), alike_in(homework), retold)
        write_all(settled, out)
    return settled


def lost_words(results: Sequence[Result], out: Path) -> tuple[str, ...]:
    """What people have said in OUT that counts no more as it was said, a sentence each."""
    if not results or not are_kept(out):
        return ()
    with opened(out, results[0].homework) as changes:
        return tuple(lost_word(*lost) for lost in without_place(results, changes.standing()))


def lost_word(change: Change, why: str) -> str:
    """Who said what, and why it does not count as it was said."""
    return (
        f"{change.submission} {change.question}: {change.mark} = {change.points:g} "
        f"by {change.who} ({change.why}): {why}"
    )


def _asked(out: Path, submission: str, question: str) -> str:
    """The homework that OUT is of; that the answer is there is seen to before anything is opened."""
    result = find_submission(load_results(out), submission)
    find_question(result, question)
    return result.homework


def rewritten(
    results: Sequence[Result], out: Path, changes: Changes, find: FindHomework
) -> tuple[Difference, ...]:
    """Writes OUT with what counts in place, and says what became different."""
    standing = changes.standing()
    homework = find(results[0].homework) if any(item.equal for item in standing) else None
    alike = alike_in(homework) if homework is not None else alike_in(None, _found_alike(results, standing))
    settled = apply_changes(results, standing, alike, retold)
    write_all(settled, out)
    return tuple(
        Difference(new.submission, before, after)
        for old, new in zip(results, settled, strict=True)
        for before, after in zip(old.questions, new.questions, strict=True)
        if before != after
    )


def _found_alike(results: Sequence[Result], standing: Sequence[Change]) -> frozenset[Pair]:
    """The pairs of answers that were found equal before, when the homework was at hand."""
    said = {(item.submission, item.question, item.mark): item.answer for item in standing if item.equal}
    return frozenset(
        (question.id, said[key], question.answer.meant)
        for result in results
        for question in result.questions
        for mark in question.marks
        if mark.changed is not None and (key := (mark.changed.like, question.id, mark.id)) in said
    )


def _change(submission: str, answer: QuestionResult, name: str, word: Word) -> Change:
    mark = _mark(answer, name)
    points = word.points[name]
    if not 0 <= points <= mark.points:
        most = f"{mark.points:g} point{'' if mark.points == 1 else 's'}"
        raise SubmissionError(f"{name} has {most}; {points:g} is not possible", f"from 0 to {mark.points:g}")
    return Change(
        submission,
        answer.id,
        name,
        points,
        word.who,
        word.when,
        word.why,
        answer.answer.meant,
        word.equal,
        mark.unsure,
    )


def _mark(answer: QuestionResult, name: str) -> MarkRecord:
    for mark in answer.marks:
        if mark.id == name:
            return mark
    ids = [mark.id for mark in answer.marks]
    raise SubmissionError(f"{answer.id} has no mark `{name}`", did_you_mean(name, ids))


def _last(changes: Changes, submission: str, answer: QuestionResult, marks: Sequence[str]) -> Change:
    """The latest change of this answer that still counts."""
    of_question = [item for item in changes.standing() if item.question == answer.id]
    own = [item for item in of_question if item.submission == submission]
    own = [item for item in own if not marks or item.mark in marks]
    if own:
        return own[-1]
    for mark in answer.marks:
        if mark.changed is not None and mark.changed.like and (not marks or mark.id in marks):
            raise SubmissionError(
                f"{submission} was changed because its answer equals that of {mark.changed.like}",
                f"take it back there, or say something else of {submission} itself",
            )
    raise SubmissionError(f"nobody has changed {answer.id} of {submission}", "there is nothing to undo")
