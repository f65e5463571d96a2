"""An answer up to a constant factor, where the question leaves the factor free: an eigenvector."""

from __future__ import annotations

from grader.equivalence import constant_ratio
from grader.expressions.build import number
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, replace
from grader.records import Equality, Evidence, EvidenceKind, Verdict
from grader.working.arguments.listed import side_by_side
from grader.working.knowledge import Knowledge

_SAID = "They differ by a constant factor, which is free here."


def up_to_factor(tree: Expr, reference: Expr, known: Knowledge) -> Verdict | None:
    """EQUAL where a tree is a non-zero multiple of the reference; None where it is not, or has to be equal.

    A factor that is left open (`t (1, 1)`) is free as well.
    """
    if known.target.up_to != "constant":
        return None
    left, right = side_by_side(tree, reference)
    own = [s for s in free_symbols(left) - free_symbols(right) if s.kind == "scalar"]
    for value in (1, 2):
        put_in = replace(left, {name: number(value) for name in own})
        if constant_ratio(put_in, right, known.assumptions()) is None:
            return None
    return Verdict(Equality.EQUAL, Evidence(EvidenceKind.NORMAL_FORM, _SAID))
