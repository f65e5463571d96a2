"""Evidence as one sentence that can be checked by hand."""

from __future__ import annotations

from grader.records import Evidence, EvidenceKind


def fact(evidence: Evidence | None) -> str:
    """A counterexample in small numbers: "At p = 1/3, y = 1/2 the one side is -0.07 and the other 0.07."."""
    if evidence is None or evidence.kind is not EvidenceKind.COUNTEREXAMPLE:
        return ""
    return evidence.sentence
