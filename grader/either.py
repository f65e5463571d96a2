"""Notation that two answers may use in two ways, where nothing tells which is meant: both must agree.

`E(X)` is a product by the rule for undeclared letters, and the expectation of X in a course on probability.
"""

from __future__ import annotations

from collections.abc import Callable

from grader.equivalence.features import features
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import transform
from grader.records import Equality, Evidence, EvidenceKind, Verdict

EXPECTATION = "either:expectation"  # the tag of the choice between E times X and the expectation of X
_MOMENTS = ("E", "Var", "Cov")


def decide_either(left: Expr, right: Expr, decide: Callable[[Expr, Expr], Verdict]) -> Verdict:
    """As `decide`, in every reading of what may be meant in two ways; UNKNOWN where they do not agree.

    Where an expectation or a variance stands beside it in its own notation, an expectation is meant.
    """
    if not (_is_open(left) or _is_open(right)):
        return decide(left, right)
    meant = decide(_read(left, 1), _read(right, 1))
    if any(_has_moment(t) for t in (left, right)):
        return meant
    written = decide(_read(left, 0), _read(right, 0))
    if written.verdict is meant.verdict:
        return written
    sentence = "It depends on whether E before a bracket is an expectation. A person should look at it."
    return Verdict(Equality.UNKNOWN, Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, {}), written.errors)


def _is_open(tree: Expr) -> bool:
    known = features(tree).heads
    return "choice" in known and any(p.head == "choice" and p.value == EXPECTATION for p in walk(tree))


def _read(tree: Expr, pick: int) -> Expr:
    def change(part: Expr) -> Expr:
        return part.args[pick] if part.head == "choice" and part.value == EXPECTATION else part

    return transform(tree, change)


def _has_moment(tree: Expr) -> bool:
    """Whether a moment stands in it, but for the brackets that may be a product."""
    return any(
        part.head == "apply" and str(part.args[0].value).rstrip("|").partition("_")[0] in _MOMENTS
        for part in walk(_read(tree, 0))
    )
