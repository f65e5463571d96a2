"""The rows and the labels of one answer."""

from __future__ import annotations

from typing import Any

from bench.agreement.records import MARKS, UNSPECIFIED, Row, Tag, Variant


def rows_of(variant: Variant, question: str, offset: int = 0) -> list[Row]:
    """A variant's lines as rows, tagged with their numbers."""
    return [
        Row(line.text, line.kind, Tag(question, number + offset), line.final, variant.boxed)
        for number, line in enumerate(variant.lines, 1)
    ]


def label(variant: Variant) -> dict[str, Any]:
    """The labels of one answer; the first error is still the variant's own line number."""
    misconception = (
        list(variant.misconception) if isinstance(variant.misconception, tuple) else variant.misconception
    )
    return {
        "variant": variant.id,
        "group": variant.group,
        "marks": list(variant.marks),
        "first_error": variant.first_error,
        "misconception": misconception,
        "needs_review": variant.review,
        "remarks": list(variant.remarks),
        "reason": variant.why,
    }


def nothing(question: str, reason: str) -> dict[str, Any]:
    """The labels of a question that was not answered."""
    marks = [0] * len(MARKS[question])
    base = {
        "variant": "missing",
        "group": "missing",
        "marks": marks,
        "first_error": None,
        "misconception": None,
    }
    return {**base, "needs_review": False, "remarks": [], "reason": reason}


def opened(question: str, reason: str) -> dict[str, Any]:
    """The labels of an answer about which nothing is specified any more."""
    marks = [UNSPECIFIED] * len(MARKS[question])
    base = {"marks": marks, "first_error": UNSPECIFIED, "misconception": UNSPECIFIED}
    return {**base, "needs_review": UNSPECIFIED, "remarks": [], "reason": reason}
