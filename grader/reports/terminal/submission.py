"""One submission in the terminal: its questions, its remarks, and what was wrong with its files."""

from __future__ import annotations

from collections.abc import Iterator

from grader.printable import one_line
from grader.records import Finding, Result
from grader.reports.terminal.phrases import at, points, standing
from grader.reports.terminal.tables import show, table


def show_submission(result: Result) -> None:
    """Prints one submission: a row a question, then findings and remarks."""
    rows = []
    for item in result.questions:
        answer = item.answer
        where = at(answer.line, answer.cell)
        said = f"{answer.verdict}: {one_line(answer.source, 80)} ({where})" if answer.source else ""
        marks = " ".join(f"{mark.id}={mark.earned:g}" for mark in item.marks)
        rows.append((item.id, points(item.earned, item.possible), marks, standing(item), said))
    total = points(result.earned, result.possible)
    columns = ["", ">points", "marks", "", "final answer"]
    show(table(f"{result.homework}: {result.submission}, {total}", columns, rows))
    for line in _notes(result):
        show(line)


def _notes(result: Result) -> Iterator[str]:
    for finding in result.findings:
        yield found(finding)
    for item in result.questions:
        for remark in item.remarks:
            yield f"{item.id}, {at(remark.line, remark.cell)}: {one_line(remark.message)} [{remark.id}]"


def found(finding: Finding) -> str:
    """A finding in one line: where, how bad, what."""
    place = finding.place
    where = f"{one_line(place.file)}, {at(place.line, place.cell)}: " if place is not None else ""
    return f"{where}{finding.severity}: {one_line(finding.message)}"
