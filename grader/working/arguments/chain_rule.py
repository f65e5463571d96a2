"""The chain rule by its names: `dL/dz = dL/dp * dp/dz`, whatever L and p are made of."""

from __future__ import annotations

from grader.expressions.nodes import Expr
from grader.records import Evidence, EvidenceKind, StepVerdict
from grader.working.completing import rates_in
from grader.working.links import Judgement, Trial

_SAID = "It is the chain rule."


def chain_rule(trial: Trial) -> Judgement | None:
    """Holds where slopes are multiplied so that what one is taken by, the next one is taken of."""
    link = trial.link
    factors = link.right.args if link.right.head == "mul" else ()
    whole, parts = _pair(link.left), [_pair(factor) for factor in factors]
    if link.operator != "=" or whole is None or len(parts) < 2 or None in parts:
        return None
    by_top = {pair[0]: pair[1] for pair in parts if pair is not None}
    place, seen = whole[0], 0
    while place in by_top and seen < len(parts):
        place, seen = by_top[place], seen + 1
    if place != whole[1] or seen != len(parts) or len(by_top) != len(parts):
        return None
    return Judgement(StepVerdict.HOLDS, Evidence(EvidenceKind.CALCULUS, _SAID), fact=link.relation)


def _pair(tree: Expr) -> tuple[str, str] | None:
    """The letters y and x of dy/dx."""
    if tree.head == "derivative" and len(tree.args) == 2 and all(a.head == "symbol" for a in tree.args):
        return str(tree.args[0].value), str(tree.args[1].value)
    found = next(iter(rates_in(tree)), None) if tree.head == "symbol" else None
    return (found[1], found[2]) if found is not None else None
