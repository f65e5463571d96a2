"""What a person must look at, and why: a line a doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.printable import one_line
from grader.records import Equality, QuestionResult, Result
from grader.reports.terminal.phrases import at
from grader.reports.terminal.tables import show, table

Row = tuple[str, str, str, str]
WHOLE = "all"  # a paper of which nothing could be read


def show_doubts(results: Sequence[Result], question: str | None = None) -> None:
    """Prints every question that a person must look at, of one question only if it is named."""
    rows = [row for result in results for row in _rows(result, question)]
    if not rows:
        show("nothing is in doubt")
        return
    show(table("", ["submission", "question", "where", "why"], rows))
    name = rows[0][1] if rows[0][1] not in ("", WHOLE) else "QUESTION"
    show(f"to decide one: grader override OUT {rows[0][0]} {name} MARK=POINTS --why TEXT")


def _rows(result: Result, question: str | None) -> Iterator[Row]:
    waiting = [item for item in result.questions if item.needs_review]
    if question is None and waiting and all(item.status == "unreadable" for item in result.questions):
        yield (result.submission, WHOLE, "", "; ".join(reasons(waiting[0], result)))
        return
    for item in waiting:
        if question is None or item.id == question:
            yield (result.submission, item.id, _where(item), "; ".join(reasons(item, result)))
    if result.needs_review and not waiting and question is None:
        said = "; ".join(one_line(finding.message) for finding in result.findings)
        yield (result.submission, "", "", said or "the submission as a whole")


def _where(item: QuestionResult) -> str:
    for mark in item.marks:
        if mark.unsure and mark.line is not None:
            return at(mark.line, mark.cell)
    return at(item.answer.line, item.answer.cell)


def reasons(item: QuestionResult, result: Result) -> list[str]:
    """Why a person must look at a question, as far as the records tell.

    First the marks that were left open; then an answer that could not be decided, lines that could not be
    read, and a submission that could not be graded.
    """
    found = [f"{mark.id}: {one_line(mark.reason)}" for mark in item.marks if mark.unsure]
    found += [
        f"{mark.id}: {one_line(mark.reason)}" for mark in item.marks if mark.changed and item.needs_review
    ]
    if item.answer.verdict is Equality.UNKNOWN and not found:
        found.append("the final answer could not be decided")
    lines = {step.line for step in item.steps}
    unread = [
        f for f in result.findings if f.severity == "error" and (f.place is None or f.place.line in lines)
    ]
    found += [one_line(finding.message, 160) for finding in unread]
    if item.first_error is not None and not found:
        found.append(f"{at(item.first_error.line, item.first_error.cell)}: {item.first_error.message}")
    return found or [
        f"{mark.id}: {one_line(mark.reason)}" for mark in item.marks if mark.earned < mark.points
    ]
