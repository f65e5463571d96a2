"""One answer, justified: every line with its verdict and evidence, every mark with its reason."""

from __future__ import annotations

from collections.abc import Iterator

from grader.printable import one_line
from grader.records import Evidence, MarkRecord, QuestionResult, Result
from grader.reports.terminal.doubts import reasons
from grader.reports.terminal.phrases import at, points
from grader.reports.terminal.tables import show, table


def show_answer(result: Result, item: QuestionResult) -> None:
    """Prints the justification of one answer."""
    total = points(item.earned, item.possible)
    show(f"{result.homework}: {result.submission}, {item.id}: {total}, {item.status}")
    lines = [
        (at(step.line, step.cell), str(step.verdict), one_line(step.source, 200), because(step.evidence))
        for step in item.steps
    ]
    if lines:
        show(table("Lines", ["", "verdict", "as written", "because"], lines))
    else:
        show("no line with a formula was followed")
    for line in _findings(result, item):
        show(line)
    show(table("Marks", ["", ">points", "line", "because"], [_mark(mark) for mark in item.marks]))
    for line in _machine(item):
        show(line)


def _mark(mark: MarkRecord) -> tuple[str, str, str, str]:
    notes = ["follow-through"] if mark.follow_through else []
    notes += ["a person must look"] if mark.unsure else []
    if mark.changed is not None:
        notes.append(mark.changed.when)
    note = f" ({', '.join(notes)})" if notes else ""
    return (mark.id, points(mark.earned, mark.points), at(mark.line, mark.cell), f"{mark.reason}{note}")


def because(evidence: Evidence | None) -> str:
    """Evidence for a teacher: its kind, its sentence, and what would be needed to check it again."""
    if evidence is None:
        return ""
    said = f"{evidence.kind}: {evidence.sentence}" if evidence.sentence else str(evidence.kind)
    kernels = evidence.data.get("kernels")
    if isinstance(kernels, list) and kernels:
        said += f" (in {', '.join(str(kernel) for kernel in kernels)})"
    return said


def _findings(result: Result, item: QuestionResult) -> Iterator[str]:
    answer = item.answer
    if answer.source:
        where = f"{one_line(answer.file or '')}, {at(answer.line, answer.cell)}"
        yield f"final answer ({where}): {one_line(answer.source, 200)}"
        yield f"  {answer.verdict}: {because(answer.evidence)}"
    else:
        yield "no final answer was found, or none is asked for"
    first = item.first_error
    if first is not None:
        cause = f" [{first.misconception}]" if first.misconception else ""
        yield f"first error: {at(first.line, first.cell)}{cause}: {one_line(first.message)}"
    for remark in item.remarks:
        yield f"remark: {at(remark.line, remark.cell)} [{remark.id}]: {one_line(remark.message)}"
    if item.needs_review:
        yield "a person must look: " + "; ".join(reasons(item, result))


def _machine(item: QuestionResult) -> Iterator[str]:
    """What the program had said of the marks that a person has changed."""
    if item.machine is None:
        return
    yield f"the program itself had given {points(item.machine.earned, item.possible)}:"
    now = {mark.id: mark for mark in item.marks}
    for mark in item.machine.marks:
        if now[mark.id].changed is not None:
            yield f"  {mark.id} {points(mark.earned, mark.points)}: {one_line(mark.reason)}"
