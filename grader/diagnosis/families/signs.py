"""Signs: lost, gained, or not carried through a bracket."""

from __future__ import annotations

from collections.abc import Iterator

from grader.diagnosis.malrule import MalRule
from grader.expressions.build import MINUS_ONE, add, call, mul, neg
from grader.expressions.nodes import Expr


def _term_flipped(part: Expr) -> Iterator[Expr]:
    """a - b for a + b."""
    if part.head == "add":
        for index, term in enumerate(part.args):
            yield add(*part.args[:index], negated(term), *part.args[index + 1 :])


def _exponent_flipped(part: Expr) -> Iterator[Expr]:
    """exp(x) for exp(-x)."""
    if part.head == "call" and part.value == "exp":
        yield call("exp", negated(part.args[0]))


def _minus_dropped(part: Expr) -> Iterator[Expr]:
    """x for -x."""
    if part.head == "mul" and MINUS_ONE in part.args:
        yield mul(*(f for f in part.args if f is not MINUS_ONE))


def negated(tree: Expr) -> Expr:
    """-tree without a double minus."""
    if tree.head == "mul" and tree.args[0] is MINUS_ONE:
        return mul(*tree.args[1:])
    return neg(tree)


RULES = (
    MalRule("sign-error", "term-flipped", _term_flipped),
    MalRule("sign-error", "exponent-flipped", _exponent_flipped),
    MalRule("sign-error", "minus-dropped", _minus_dropped),
)
