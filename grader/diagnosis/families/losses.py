"""Losses: one that is common put in the place of another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from grader.diagnosis.families.parts import negated
from grader.diagnosis.malrule import MalRule
from grader.expressions.build import ONE, TWO, add, call, mul, sub
from grader.expressions.nodes import Expr


def _cross_entropy(part: Expr) -> Iterator[Expr]:
    """-y ln p - (1 - y) ln(1 - p) for (p - y)^2."""
    base, exponent = part.args
    if exponent is not TWO or base.head != "add" or len(base.args) != 2 or base.kind != "scalar":
        return
    one, other = base.args
    for prediction, label in permutations((one, negated(other))):
        yield _entropy(prediction, label)
        yield _entropy(negated(prediction), negated(label))


def _entropy(prediction: Expr, label: Expr) -> Expr:
    here = mul(label, call("ln", prediction))
    return negated(add(here, mul(sub(ONE, label), call("ln", sub(ONE, prediction)))))


RULES = (MalRule("other-loss", "cross-entropy", ("pow",), _cross_entropy),)
