"""A formula that cannot be read may be the final answer: what stands before it is not called wrong."""

from __future__ import annotations

from dataclasses import replace

from grader.answers.records import Checked
from grader.records import Equality, Evidence, EvidenceKind, Place
from grader.working import Working

UNREAD = "what may be the final answer cannot be read"


def beside_unread(checked: Checked, working: Working) -> Checked:
    """The verdict, left open where the answer is wrong or missing and an unreadable formula stands behind."""
    if checked.verdict not in (Equality.DIFFERENT, Equality.NONE) or checked.followed:
        return checked
    counted = [s for s in working.statements if not s.rejected]
    first = checked.answer.place if checked.answer is not None else None
    behind = [s for s in counted if not s.members and (first is None or _is_behind(s.line.place, first))]
    if not behind:
        return checked
    if checked.answer is None:
        return replace(checked, unread=True)
    return replace(
        checked, verdict=Equality.UNKNOWN, evidence=Evidence(EvidenceKind.CLAIM, UNREAD), unread=True
    )


def _is_behind(place: Place, other: Place) -> bool:
    where, before = ((p.cell or 0, p.line, p.column) for p in (place, other))
    return place.file == other.file and where > before
