"""Inverses: the inverse function taken for the reciprocal, a fraction upside down."""

from __future__ import annotations

from collections.abc import Iterator

from grader.diagnosis.malrule import MalRule
from grader.expressions.build import MINUS_ONE, apply, call, mul, power
from grader.expressions.nodes import Expr


def _reciprocal_of_value(part: Expr) -> Iterator[Expr]:
    """1/f(y) for f^-1(y)."""
    if part.head == "apply" and part.args[0].head == "inverse":
        yield power(apply(part.args[0].args[0], *part.args[1:], kind=part.kind), MINUS_ONE)


def _function_for_inverse(part: Expr) -> Iterator[Expr]:
    """f(y) for f^-1(y)."""
    if part.head == "apply" and part.args[0].head == "inverse":
        yield apply(part.args[0].args[0], *part.args[1:], kind=part.kind)


def _fraction_inverted(part: Expr) -> Iterator[Expr]:
    """b/a for a/b under a logarithm."""
    if part.head == "call" and part.value == "ln":
        yield call("ln", power(part.args[0], MINUS_ONE))


def _fraction_flipped(part: Expr) -> Iterator[Expr]:
    """b/a for a/b."""
    if part.head == "mul" and any(f.head == "pow" and f.args[1] is MINUS_ONE for f in part.args):
        yield mul(
            *(
                f.args[0] if f.head == "pow" and f.args[1] is MINUS_ONE else power(f, MINUS_ONE)
                for f in part.args
            )
        )


RULES = (
    MalRule("inverse-vs-reciprocal", "reciprocal-of-value", _reciprocal_of_value),
    MalRule("inverse-vs-reciprocal", "function-for-inverse", _function_for_inverse),
    MalRule("inverted-fraction", "inside-logarithm", _fraction_inverted),
    MalRule("inverted-fraction", "fraction-flipped", _fraction_flipped),
)
