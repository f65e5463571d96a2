"""A vector where its norm is meant, or the other way round: true up to notation, and remarked on."""

from __future__ import annotations

from grader.expressions.build import add, mul, norm
from grader.expressions.nodes import Expr, walk
from grader.records import Equality, Remark
from grader.working.links import Judgement, Trial, holds

MISSING_NORM = Remark("missing-norm")


def norm_for_vector(trial: Trial) -> Judgement | None:
    """Holds when both sides have the same scalar factor, one of a vector and one of its norm."""
    pair = as_norms(trial.link.left, trial.link.right)
    if pair is None or trial.link.operator != "=":
        return None
    verdict = trial.compare(*pair)
    if verdict.verdict is Equality.EQUAL:
        return holds(verdict.evidence, remarks=(MISSING_NORM,))
    return None


def as_norms(left: Expr, right: Expr) -> tuple[Expr, Expr] | None:
    """The pair with the vector side's vectors exchanged for their norms; None unless one side is a vector.

    Coordinates are no shorthand for a length: `(3, 4)` is not 5.
    """
    if any(part.head == "matrix" for side in (left, right) if side.kind == "vector" for part in walk(side)):
        return None
    if left.kind == "vector" and right.kind == "scalar":
        return lengths(left), right
    if left.kind == "scalar" and right.kind == "vector":
        return left, lengths(right)
    return None


def lengths(tree: Expr) -> Expr:
    """c*v as c*norm(v), term by term: the scalar factor keeps its sign."""
    if tree.kind != "vector":
        return tree
    if tree.head == "mul":
        return mul(*(lengths(factor) for factor in tree.args))
    if tree.head == "add":
        return add(*(lengths(term) for term in tree.args))
    return norm(tree)
