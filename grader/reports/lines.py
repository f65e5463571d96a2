"""A student's lines in order, each with what is said of it in the margin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from markupsafe import Markup

from grader.records import AnswerRecord, Equality, QuestionResult, StepRecord, StepVerdict
from grader.reports.formulas import formula
from grader.reports.wording import where

Spot = tuple[str | None, int | None, int | None]  # file, cell, line

MARGIN = {
    StepVerdict.HOLDS: ("✓", "holds"),
    StepVerdict.FAILS: ("✗", "fails"),
    StepVerdict.GIVEN: ("•", "given"),
    StepVerdict.UNKNOWN: ("?", "not decided"),
}
OF_ANSWER = {
    Equality.EQUAL: StepVerdict.HOLDS,
    Equality.DIFFERENT: StepVerdict.FAILS,
    Equality.UNKNOWN: StepVerdict.UNKNOWN,
}
WORST_FIRST = (StepVerdict.FAILS, StepVerdict.UNKNOWN, StepVerdict.HOLDS, StepVerdict.GIVEN)


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the place, the formula, its verdict as a symbol and a word.

    `links` says which of several links the verdict is about; `final` marks the final answer,
    `first_error` the line that the explanation stands under, `fresh` the first line of a file, `expanded`
    the source without the document's own macros, where it uses any.
    """

    spot: Spot
    source: str
    verdict: StepVerdict | None
    links: str = ""
    final: bool = False
    first_error: bool = False
    fresh: bool = False
    expanded: str = ""

    @property
    def meant(self) -> str:
        """The source as it can be read without the document."""
        return self.expanded or self.source

    @property
    def formula(self) -> Markup:
        """The formula as HTML."""
        return formula(self.meant, self.spot[0] or "")

    @property
    def where(self) -> str:
        """Its place within the file."""
        _, cell, line = self.spot
        return where(line or 1, cell)

    @property
    def file(self) -> str:
        """The file's name."""
        return self.spot[0] or ""

    @property
    def symbol(self) -> str:
        """The verdict's symbol."""
        return MARGIN[self.verdict][0] if self.verdict else ""

    @property
    def word(self) -> str:
        """The verdict in a word."""
        return MARGIN[self.verdict][1] if self.verdict else ""

    @property
    def kind(self) -> str:
        """The verdict's name for the style sheet."""
        return str(self.verdict) if self.verdict else "none"


def lines_of(result: QuestionResult) -> tuple[Line, ...]:
    """The lines of an answer: steps of one source together, the final answer among them."""
    rows = [_row(list(steps)) for _, steps in groupby(result.steps, key=_of_one_source)]
    rows = _with_answer(rows, result)
    return tuple(_with_headings(_with_first_error(rows, result)))


def _of_one_source(step: StepRecord) -> tuple[Spot, str]:
    return (step.file, step.cell, step.line), step.source


def _row(steps: Sequence[StepRecord]) -> Line:
    verdicts = [step.verdict for step in steps]
    worst = next(verdict for verdict in WORST_FIRST if verdict in verdicts)
    about = [str(i) for i, verdict in enumerate(verdicts, 1) if verdict is worst]
    links = ""
    if len(steps) > 1 and worst in (StepVerdict.FAILS, StepVerdict.UNKNOWN):
        links = f"link {', '.join(about)} of {len(steps)}"
    first = steps[0]
    spot = (first.file, first.cell, first.line)
    return Line(spot, first.source, worst, links, expanded=first.expanded)


def _with_answer(rows: list[Line], result: QuestionResult) -> list[Line]:
    """The row that holds the final answer is marked; an answer that is no step gets a row of its own."""
    answer = result.answer
    if answer.file is None or answer.line is None:
        return rows
    spot = (answer.file, answer.cell, answer.line)
    for index in reversed(range(len(rows))):
        if rows[index].spot == spot and _holds(rows[index].source, answer.source):
            return [*rows[:index], replace(rows[index], final=True), *rows[index + 1 :]]
    row = Line(spot, answer.source, _of(answer, result), final=True, expanded=answer.expanded)
    later = (i for i, r in enumerate(rows) if r.spot[:2] == spot[:2] and (r.spot[2] or 0) > answer.line)
    at = next(later, len(rows))
    return [*rows[:at], row, *rows[at:]]


def _holds(source: str, answer: str) -> bool:
    whole, part = "".join(source.split()), "".join(answer.split())
    return part in whole or whole in part


def _of(answer: AnswerRecord, result: QuestionResult) -> StepVerdict | None:
    """An answer that differs but follows from the student's own earlier one is not called wrong."""
    verdict = OF_ANSWER.get(answer.verdict)
    named = result.first_error is not None and result.first_error.line == answer.line
    return None if verdict is StepVerdict.FAILS and not named else verdict


def _with_first_error(rows: list[Line], result: QuestionResult) -> list[Line]:
    error = result.first_error
    if error is None:
        return rows
    spot = (error.file, error.cell, error.line)
    at = [i for i, row in enumerate(rows) if row.spot == spot]
    best = next((i for i in at if rows[i].verdict is StepVerdict.FAILS), at[-1] if at else None)
    return [replace(row, first_error=i == best) for i, row in enumerate(rows)]


def _with_headings(rows: Iterable[Line]) -> Iterable[Line]:
    file: str | None = None
    for row in rows:
        yield replace(row, fresh=row.spot[0] != file)
        file = row.spot[0]
