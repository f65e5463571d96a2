"""The feedback on one question, in Markdown: the line, the fact, the hint; then where the marks were earned.

It speaks of lines and never of the person, says only what was verified, and never gives the reference away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from grader.feedback.quoting import quoted
from grader.records import Finding, FirstError, MarkRecord, QuestionResult, StepVerdict

REVIEW = "A person will look at this answer."


def compose(result: QuestionResult, unread: Iterable[Finding] = ()) -> str:
    """The feedback as Markdown, without a leak of the reference; `unread` is what could not be read."""
    title = f"{result.number}. {result.title}" if result.title else f"{result.number}"
    parts = [f"## {title}: {points(result.earned)} of {points(result.possible)}"]
    if result.status == "missing":
        parts.append("Nothing was found for this question.")
        parts.extend(_review(result))
    else:
        parts.extend(_wrong(result.first_error))
        parts.extend(_unread(finding) for finding in unread)
        parts.extend(_review(result))
        parts.append("\n".join(mark_line(mark) for mark in result.marks))
        parts.extend(_checked(result))
        parts.extend(_remarks(result))
    return "\n\n".join(parts) + "\n"


def points(value: float) -> str:
    """Points without a needless .0."""
    return f"{value:g}"


def _wrong(first: FirstError | None) -> Iterator[str]:
    """The first line that fails: as written, what is wrong and a fact to check, a hint as a question."""
    if first is None:
        return
    said = f"{first.message} {first.fact}".strip()
    yield f"**Line {first.line}**: {quoted(first.source)}\n\n{said}"
    if first.hint:
        yield f"*{first.hint}*"
    if first.fix:
        yield f"Put right, it reads {quoted(first.fix)}."


def _unread(finding: Finding) -> str:
    where = f"line {finding.place.line}, column {finding.place.column}" if finding.place else ""
    hint = f" {finding.hint}" if finding.hint else ""
    return f"**Not read** ({where}): {finding.message}.{hint}"


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
            hint = f" *{remark.hint}*" if remark.hint else ""
            yield f"Remark, line {remark.line}: {remark.message}{hint}"
