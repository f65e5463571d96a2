"""`claim: {any: [p -> 1, ...]}`: the prose, or a formula, claims one of these and nothing contradicts it."""

from __future__ import annotations

from collections.abc import Callable

from grader.claims import Claim, contradicts, matches, unfold
from grader.criteria.records import Gathered
from grader.expressions.build import symbol
from grader.expressions.nodes import Expr
from grader.records import Match, Met, Remark
from grader.spec.model import ClaimIs, ClaimPattern


def claim_is(condition: ClaimIs, gathered: Gathered) -> Match:
    """Met by a claim; unsure when another claim contradicts it, or nothing was understood."""
    reading = gathered.claims
    if reading is None:
        return Match(Met.NO, "not claimed")
    for pattern in condition.patterns:
        for claim in reading.claims:
            if matches(claim, pattern.says, _same(gathered)):
                return _met(claim, pattern, condition, gathered)
    against = opposite_claim(condition, gathered)
    if against is not None:
        return Match(Met.NO, "the opposite is claimed", against.place)
    if reading.unclear:
        first = reading.unclear[0]
        return Match(Met.UNSURE, f"not understood: {first.source}", first.place)
    return Match(Met.NO, "not claimed")


def _met(claim: Claim, pattern: ClaimPattern, condition: ClaimIs, gathered: Gathered) -> Match:
    against = opposite_claim(condition, gathered)
    if against is not None:
        return Match(Met.UNSURE, f"the opposite is claimed as well: {against.source}", claim.place)
    remarks = (Remark(pattern.remark, line=claim.place.line),) if pattern.remark else ()
    return Match(Met.YES, "claimed here", claim.place, None, remarks)


def _same(gathered: Gathered) -> Callable[[Expr, Expr], bool]:
    """Equality in which a quantity's name is as good as its value."""

    def same(left: Expr, right: Expr) -> bool:
        left, right = (_meant(tree, gathered) for tree in (left, right))
        if left is right:
            return True
        return gathered.same(unfold(left, gathered.quantities), unfold(right, gathered.quantities))

    return same


def _meant(tree: Expr, gathered: Gathered) -> Expr:
    """A letter that the scheme gives among a quantity's phrases as that quantity: `S` of "S is convex"."""
    if tree.head != "symbol":
        return tree
    named = (q.name for q in gathered.quantities if str(tree.value) in q.phrases)
    return next((symbol(name, tree.kind) for name in named), tree)


def opposite_claim(condition: ClaimIs, gathered: Gathered) -> Claim | None:
    """A claim that contradicts what is asked for."""
    assert gathered.claims is not None
    for claim in gathered.claims.claims:
        if any(contradicts(claim, pattern.says, _same(gathered)) for pattern in condition.patterns):
            return claim
    return None
