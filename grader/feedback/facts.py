"""Evidence as one sentence that can be checked by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grader.records import Evidence, EvidenceKind


def fact(evidence: Evidence | None, left: str = "the left side", right: str = "the right side") -> str:
    """A counterexample in small numbers: where, and what the two sides are there.

    `left` and `right` say what was compared. Other kinds of evidence give no sentence.

    >>> data = {"point": {"p": "1/3"}, "left": "-0.0740740740", "right": "2/27"}
    >>> fact(Evidence(EvidenceKind.COUNTEREXAMPLE, "", data))
    'At p = 1/3 the left side is -0.0740741 and the right side is 2/27.'
    """
    if evidence is None or evidence.kind is not EvidenceKind.COUNTEREXAMPLE:
        return ""
    data = evidence.data
    if data.get("domain_only") or not data.get("left") or not data.get("right"):
        return evidence.sentence
    values = f"{left} is {short(data['left'])} and {right} is {short(data['right'])}."
    place = where(data.get("point", {}))
    return f"At {place} {values}" if place else values[0].upper() + values[1:]


def where(point: Mapping[str, Any]) -> str:
    """A point in words: "p = 1/3, y = 1/2"."""
    return ", ".join(f"{name} = {value}" for name, value in point.items())


def short(value: str) -> str:
    """A number (or a tuple of numbers) with long decimals cut to six figures.

    >>> short("(0.235003712202, 1/3)")
    '(0.235004, 1/3)'
    """
    if value.startswith("(") and value.endswith(")"):
        return "(" + ", ".join(short(part.strip()) for part in value[1:-1].split(",")) + ")"
    if len(value) <= 8 or "/" in value:
        return value
    try:
        return f"{float(value):.6g}"
    except ValueError:
        return value
