"""Claims that certainly are not so: a limit that is another, or the opposite of what a mark asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from grader.claims import Claim
from grader.criteria.claim_is import opposite_claim
from grader.criteria.records import Gathered
from grader.records import Match, Met
from grader.spec.model import ClaimIs, MarkSpec


def false_claims(
    marks: Sequence[MarkSpec], matches: Mapping[str, Match], gathered: Gathered
) -> tuple[Claim, ...]:
    """The claims that are false, none where a slip of the student's may make them true."""
    known = gathered.known
    if gathered.claims is None or known.target.slipped or any(slip.line for slip in known.own):
        return ()
    return (*gathered.claims.false, *_opposites(marks, matches, gathered))


def _opposites(
    marks: Sequence[MarkSpec], matches: Mapping[str, Match], gathered: Gathered
) -> Iterator[Claim]:
    """What says the opposite of what an unearned mark asks for; a limit may be another elsewhere."""
    for mark in marks:
        if isinstance(mark.when, ClaimIs) and matches[mark.id].met is Met.NO:
            claim = opposite_claim(mark.when, gathered)
            if claim is not None and claim.predicate != "tends" and _of_the_question(claim, gathered):
                yield claim


def _of_the_question(claim: Claim, gathered: Gathered) -> bool:
    """Whether its conditions are about the quantities of the question: not "for phi(x) = 0"."""
    names = {quantity.name for quantity in gathered.quantities}
    return all(c.subject.head == "symbol" and c.subject.value in names for c in claim.condition)
