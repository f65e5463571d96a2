"""`The terms increase towards 2`: the limit, and the way on which it is approached."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from grader.claims.model import ASSERTED, Claim
from grader.expressions.build import INFINITY, neg

_TO = r"(?:ly|\s|monotonically|strictly|steadily|always|up|down)*\s(?:to|toward|towards|until)\b"
_WAYS = (
    (
        "increasing",
        re.compile(rf"\b(?:increas(?:e|es|ed|ing)|grows?|growing|rises?|rising|climbs?){_TO}", re.I),
    ),
    ("decreasing", re.compile(rf"\b(?:decreas(?:e|es|ed|ing)|falls?|falling|shrinks?|shrinking){_TO}", re.I)),
)
_OF_ANOTHER = re.compile(r"\b(?:as|when|while|where|for|if)\b", re.I)


def with_ways(claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims, and after each limit that is increased or decreased to, the claim that it is so."""
    for claim in claims:
        yield claim
        finite = claim.target is not None and claim.target not in (INFINITY, neg(INFINITY))
        plain = claim.predicate == "tends" and not claim.negated and claim.modality in ASSERTED
        if finite and plain and not claim.condition and not _OF_ANOTHER.search(claim.source):
            said = (way for way, words in _WAYS if words.search(claim.source))
            yield from (replace(claim, predicate=way, target=None) for way in said)
