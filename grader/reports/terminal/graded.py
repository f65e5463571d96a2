"""What `grader grade` says at its end: a small class by submission, a large one by question."""

from __future__ import annotations

from collections.abc import Sequence

from grader.records import QuestionResult, Result
from grader.reports.terminal.phrases import points
from grader.reports.terminal.tables import show, table

MOST_ROWS = 60


def show_graded(results: Sequence[Result]) -> None:
    """Prints the table; nothing for no results."""
    if not results:
        return
    if len(results) <= MOST_ROWS:
        _by_submission(results)
    else:
        _by_question(results)


def _by_submission(results: Sequence[Result]) -> None:
    names = list(dict.fromkeys(item.id for result in results for item in result.questions))
    columns = ["submission", *(f">{name}" for name in names), ">total", "review"]
    show(table(results[0].homework, columns, [_row(result, names) for result in results]))


def _row(result: Result, names: Sequence[str]) -> list[str]:
    earned = {item.id: points(item.earned, item.possible) for item in result.questions}
    doubts = [item.id for item in result.questions if item.needs_review]
    review = ", ".join(doubts) or ("yes" if result.needs_review else "")
    cells = [earned.get(name, "") for name in names]
    return [result.submission, *cells, points(result.earned, result.possible), review]


def _by_question(results: Sequence[Result]) -> None:
    found: dict[str, list[QuestionResult]] = {}
    for result in results:
        for item in result.questions:
            found.setdefault(item.id, []).append(item)
    rows = [_question(name, items) for name, items in found.items()]
    mean = sum(result.earned for result in results) / len(results)
    review = sum(result.needs_review for result in results)
    full = sum(result.earned >= result.possible for result in results)
    rows.append(["total", points(round(mean, 2), results[0].possible), str(full), "", "", str(review)])
    columns = ["question", ">average", ">full marks", ">no points", ">missing", ">for a person"]
    show(table(f"{results[0].homework}: {len(results)} submissions", columns, rows))


def _question(name: str, items: Sequence[QuestionResult]) -> list[str]:
    mean = sum(item.earned for item in items) / len(items)
    return [
        name,
        points(round(mean, 2), items[0].possible),
        str(sum(item.status == "correct" for item in items)),
        str(sum(item.earned == 0 and item.status != "missing" for item in items)),
        str(sum(item.status == "missing" for item in items)),
        str(sum(item.needs_review for item in items)),
    ]
