"""The class in the terminal: a row a submission, for the whole homework or for one question of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from grader.records import QuestionResult, Result
from grader.reports.terminal.phrases import at, points
from grader.reports.terminal.tables import show, table

MOST = 5


def show_class(results: Sequence[Result]) -> None:
    """Prints everybody's points, each question's average, and the misconceptions that are common."""
    names = list(dict.fromkeys(item.id for result in results for item in result.questions))
    rows = [_row(result, names) for result in results]
    rows.append(_averages(results, names))
    columns = ["submission", *(f">{name}" for name in names), ">total", "review"]
    show(table(results[0].homework, columns, rows))
    for line in _below(results):
        show(line)


def show_question(results: Sequence[Result], name: str) -> None:
    """Prints one question of everybody: its marks, the answer's verdict, the first error."""
    found = [(result, item) for result in results for item in result.questions if item.id == name]
    marks = list(dict.fromkeys(mark.id for _, item in found for mark in item.marks))
    columns = ["submission", *(f">{mark}" for mark in marks), ">points", "answer", "first error", "review"]
    rows = [_question_row(result, item, marks) for result, item in found]
    show(table(f"{results[0].homework}, {name}", columns, rows))
    for line in _common(item for _, item in found):
        show(line)


def _row(result: Result, names: Sequence[str]) -> list[str]:
    by_name = {item.id: points(item.earned, item.possible) for item in result.questions}
    doubts = [item.id for item in result.questions if item.needs_review]
    review = ", ".join(doubts) or ("yes" if result.needs_review else "")
    cells = [by_name.get(name, "") for name in names]
    return [result.submission, *cells, points(result.earned, result.possible), review]


def _averages(results: Sequence[Result], names: Sequence[str]) -> list[str]:
    by_name: dict[str, list[float]] = {name: [] for name in names}
    for result in results:
        for item in result.questions:
            by_name[item.id].append(item.earned)
    means = [f"{sum(earned) / len(earned):.1f}" for earned in by_name.values()]
    total = sum(result.earned for result in results) / len(results)
    return ["(average)", *means, f"{total:.1f}", ""]


def _question_row(result: Result, item: QuestionResult, marks: Sequence[str]) -> list[str]:
    earned = {mark.id: f"{mark.earned:g}" + ("*" if mark.changed else "") for mark in item.marks}
    first = item.first_error
    wrong = (
        "" if first is None else f"{at(first.line, first.cell)}: {first.misconception or 'does not follow'}"
    )
    cells = [earned.get(mark, "") for mark in marks]
    verdict = str(item.answer.verdict) if item.answer.source else item.status
    review = "yes" if item.needs_review else ""
    return [result.submission, *cells, points(item.earned, item.possible), verdict, wrong, review]


def _below(results: Sequence[Result]) -> Iterator[str]:
    questions = [item for result in results for item in result.questions]
    yield from _common(questions)
    waiting = sum(result.needs_review for result in results)
    if waiting:
        yield f"a person must look at {waiting} of {len(results)}: `grader show OUT --doubts` says why"
    changed = sum(item.machine is not None for item in questions)
    if changed:
        yield f"answers with a mark that a person has changed: {changed}"


def _common(questions: Iterable[QuestionResult]) -> Iterator[str]:
    count = Counter(f"{item.id} {cause}" for item in questions for cause in item.misconceptions)
    if count:
        common = sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]
        yield "misconceptions: " + ", ".join(f"{name} ({number})" for name, number in common)
