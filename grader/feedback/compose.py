"""The feedback on one question, in Markdown: the line, the fact, the hint; then where the marks were earned.

It speaks of lines and never of the person, says only what was verified, and never gives the reference away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from grader.feedback.facts import fact
from grader.feedback.quoting import quoted
from grader.feedback.texts import text_for
from grader.records import Evidence, Finding, MarkRecord, Place, QuestionResult, StepVerdict

REVIEW = "A person will look at this answer."


class FailureLike(Protocol):
    """The first wrong line: where it stands, as written, and why it is wrong."""

    @property
    def place(self) -> Place:
        """Where."""

    @property
    def source(self) -> str:
        """As written."""

    @property
    def evidence(self) -> Evidence | None:
        """Why."""

    @property
    def sides(self) -> tuple[str, str]:
        """What the evidence compared, in words."""


@dataclass(frozen=True, slots=True)
class Told:
    """What feedback needs beside the result: number and title, the failure, what was unreadable."""

    number: int
    title: str
    failure: FailureLike | None = None
    unreadable: tuple[Finding, ...] = ()


def compose(result: QuestionResult, told: Told) -> str:
    """The feedback as Markdown, without a leak of the reference."""
    parts = [f"## {told.number}. {told.title}: {points(result.earned)} of {points(result.possible)}"]
    if result.status == "missing":
        parts.append("Nothing was found for this question.")
    else:
        parts.extend(_wrong(result, told))
        parts.extend(_unreadable(told))
        parts.extend(_review(result))
        parts.append("\n".join(mark_line(mark) for mark in result.marks))
        parts.extend(_checked(result))
        parts.extend(_remarks(result))
    return "\n\n".join(parts) + "\n"


def points(value: float) -> str:
    """Points without a needless .0."""
    return f"{value:g}"


def _wrong(result: QuestionResult, told: Told) -> Iterator[str]:
    """The first line that fails: as written, what is wrong as a fact, a hint as a question."""
    if result.first_error is None or told.failure is None:
        return
    text = text_for(result.first_error.misconception or "unclear")
    lines = [f"**Line {result.first_error.line}**: {quoted(told.failure.source)}", "", text.principle]
    evidence = fact(told.failure.evidence, *told.failure.sides)
    if evidence:
        lines[-1] += f" {evidence}"
    lines += ["", f"*{text.hint}*"]
    yield "\n".join(lines)


def _unreadable(told: Told) -> Iterator[str]:
    for finding in told.unreadable:
        where = f"line {finding.place.line}, column {finding.place.column}" if finding.place else ""
        hint = f" {finding.hint}" if finding.hint else ""
        yield f"**Not read** ({where}): {finding.message}.{hint}"


def _review(result: QuestionResult) -> Iterator[str]:
    if result.needs_review:
        yield REVIEW


def mark_line(mark: MarkRecord) -> str:
    """One mark as a line of a list."""
    where = f", line {mark.line}" if mark.line is not None else ""
    return f"- {mark.id} {points(mark.earned)}/{points(mark.points)}{where}: {mark.reason}"


def _checked(result: QuestionResult) -> Iterator[str]:
    """How many lines were followed, and which of them could not be decided."""
    holding = sum(step.verdict is StepVerdict.HOLDS for step in result.steps)
    unknown = sorted({step.line for step in result.steps if step.verdict is StepVerdict.UNKNOWN})
    if holding:
        yield f"{holding} step{'s' if holding > 1 else ''} of the working checked and found to follow."
    if unknown:
        yield "Not decided: line " + ", ".join(map(str, unknown)) + "."


def _remarks(result: QuestionResult) -> Iterator[str]:
    said: set[str] = set()
    for remark in result.remarks:
        if remark.id not in said:
            said.add(remark.id)
            yield f"Remark, line {remark.line}: {remark.message} *{text_for(remark.id).hint}*"
