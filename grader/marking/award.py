"""The marks of one question, as an examiner awards them.

A mark is earned when its condition is met, or when a mark that implies it is earned (a right answer
shows the method); it is lost all the same without the marks that it depends on. What is unsure earns
nothing and asks for a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from grader.records import MarkRecord, Match, Met
from grader.spec.model import MarkSpec, SpecialCase


@dataclass(frozen=True, slots=True)
class Awarded:
    """The marks in the order of the scheme, and whether a person must look."""

    marks: tuple[MarkRecord, ...]
    needs_review: bool

    @property
    def earned(self) -> float:
        """The points in all."""
        return sum(mark.earned for mark in self.marks)


def award(
    scheme: Sequence[MarkSpec],
    matches: Mapping[str, Match],
    special: Sequence[tuple[SpecialCase, Match]] = (),
) -> Awarded:
    """Award each mark of the scheme from what its condition found; then the special cases, in order.

    A special case that is unsure, and would give more, asks for a person.
    """
    earned = _earned(scheme, matches)
    marks = tuple(_mark(spec, matches, earned) for spec in scheme)
    doubtful = False
    for case, match in special:
        if match.met is not Met.NO and _gives_more(case, marks):
            doubtful |= match.met is Met.UNSURE
            marks = _replaced(marks, case, match) if match.met is Met.YES else marks
    unsure = any(matches[s.id].met is Met.UNSURE and s.id not in earned for s in scheme)
    return Awarded(marks, unsure or doubtful)


def _gives_more(case: SpecialCase, marks: Sequence[MarkRecord]) -> bool:
    return sum(case.award.values()) > sum(m.earned for m in marks if m.id in case.award)


def _replaced(marks: Sequence[MarkRecord], case: SpecialCase, match: Match) -> tuple[MarkRecord, ...]:
    """The marks that a special case names with its points."""
    place = match.place
    reason = f"special case: {case.purpose or match.reason}"
    return tuple(
        replace(
            mark,
            earned=case.award[mark.id],
            reason=reason,
            line=place.line if place is not None else None,
            cell=place.cell if place is not None else None,
            unsure=False,
        )
        if mark.id in case.award
        else mark
        for mark in marks
    )


def _earned(scheme: Sequence[MarkSpec], matches: Mapping[str, Match]) -> frozenset[str]:
    """The marks that are earned: met or implied, and with what they depend on."""
    earned = {s.id for s in scheme if matches[s.id].met is Met.YES}
    before: set[str] | None = None
    while before != earned:
        before = set(earned)
        earned |= {s.id for s in scheme if earned & set(s.implied_by)}
        earned -= {s.id for s in scheme if not set(s.depends) <= earned}
    return frozenset(earned)


def _mark(spec: MarkSpec, matches: Mapping[str, Match], earned: frozenset[str]) -> MarkRecord:
    source, reason = _reason(spec, matches, earned)
    return MarkRecord(
        id=spec.id,
        points=spec.points,
        earned=spec.points if spec.id in earned else 0,
        reason=f"{spec.purpose}: {reason}",
        line=source.place.line if source.place is not None else None,
        follow_through=spec.id in earned and source.followed,
        cell=source.place.cell if source.place is not None else None,
        unsure=spec.id not in earned and matches[spec.id].met is Met.UNSURE,
    )


def _reason(spec: MarkSpec, matches: Mapping[str, Match], earned: frozenset[str]) -> tuple[Match, str]:
    """What decided a mark, and how to say it."""
    match = matches[spec.id]
    if spec.id in earned and match.met is not Met.YES:
        implier = next(i for i in spec.implied_by if i in earned)
        return matches[implier], f"implied by {implier}"
    if spec.id not in earned and match.met is Met.YES:
        return match, "it depends on " + ", ".join(d for d in spec.depends if d not in earned)
    return match, match.reason or "not shown"
