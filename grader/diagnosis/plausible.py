"""How much there is to go by: what a slip may throw away, which trees are too bare to tell much."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from grader.diagnosis.families.parts import BARE
from grader.diagnosis.hits import Hit
from grader.diagnosis.malrule import CalculusRule
from grader.equivalence.features import features
from grader.expressions.nodes import Expr

OPERATIONS = frozenset(["derivative", "gradient", "integral", "limit", "sum", "product", "derived", "at"])
MOST_LOST = 4
_TELLING = tuple(Fraction(a, b) for a, b in ((2, 1), (1, 2), (10, 1), (1, 10), (100, 1), (1, 100)))


def is_telling_factor(c: float) -> bool:
    """Whether a factor tells something even between two numbers, where there always is one."""
    return any(abs(c - float(t)) < 1e-9 * abs(c) for t in _TELLING)


def throws_away(hit: Hit) -> bool:
    """Whether a slip leaves so little that anything could be what is left."""
    carried_out = isinstance(hit.rule, CalculusRule) or hit.node.head in OPERATIONS
    return not carried_out and hit.tree.size * MOST_LOST < hit.source.size


def is_bare(tree: Expr) -> bool:
    """A number, a bare thing, or a number times a bare thing; nothing that is still to be carried out."""
    if not features(tree).heads.isdisjoint(OPERATIONS):
        return False
    factors = tree.args if tree.head == "mul" else (tree,)
    moving = [f for f in factors if features(f).free]
    return len(moving) <= 1 and all(f.head in BARE for f in moving)


def dimension(trees: Sequence[Expr]) -> int:
    """The dimension of abstract vectors: that of the matrices written out beside them, else 3."""
    sizes = (features(tree).sizes for tree in trees)
    return next((min(found) for found in sizes if found), 3)
