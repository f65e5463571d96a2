"""Reading what prose claims about mathematical quantities: "it tends to 0 but is never 0".

`read_claims` reads the pieces of a section; `matches` and `contradicts` compare a claim with what a mark
asks for, such as `magnitude -> 0`. The words are in lexicon.yaml, what clauses claim in predicates.yaml.
"""

from grader.claims.matching import contradicts, matches
from grader.claims.model import Claim, ClaimReading, Modality, QuantityLike, Unclear
from grader.claims.quantities import unfold
from grader.claims.read import read_claims

__all__ = [
    "Claim",
    "ClaimReading",
    "Modality",
    "QuantityLike",
    "Unclear",
    "contradicts",
    "matches",
    "read_claims",
    "unfold",
]
