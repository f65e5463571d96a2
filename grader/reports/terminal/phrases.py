"""Short phrases that the terminal's reports share: points, places, how a question stands."""

from __future__ import annotations

from grader.records import QuestionResult


def points(earned: float, possible: float) -> str:
    """Points of points.

    >>> points(2.0, 3.0)
    '2/3'
    """
    return f"{earned:g}/{possible:g}"


def at(line: int | None, cell: int | None = None) -> str:
    """A line for people; in a notebook with its cell.

    >>> at(3), at(3, 0), at(None)
    ('line 3', 'cell 0, line 3', '')
    """
    if line is None:
        return ""
    return f"line {line}" if cell is None else f"cell {cell}, line {line}"


def standing(question: QuestionResult, review: str = "a person must look") -> str:
    """How a question stands in a few words: `partial, first error in line 9 (sign-error)`."""
    said: list[str] = [question.status]
    first = question.first_error
    if first is not None:
        cause = f" ({first.misconception})" if first.misconception else ""
        said.append(f"first error in {at(first.line, first.cell)}{cause}")
    if question.needs_review:
        said.append(review)
    if question.machine is not None:
        said.append("changed by a person")
    return ", ".join(said)
