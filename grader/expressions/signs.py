"""`+-`: what holds it says two things, one for each sign."""

from __future__ import annotations

from functools import partial

from grader.expressions.build import neg
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import transform


def both_signs(tree: Expr) -> tuple[Expr, ...]:
    """The tree with the upper signs and with the lower; itself where it holds no `+-`."""
    if not any(part.head == "plusminus" for part in walk(tree)):
        return (tree,)
    return tuple(transform(tree, partial(_signed, upper=upper)) for upper in (True, False))


def _signed(part: Expr, upper: bool) -> Expr:
    if part.head != "plusminus":
        return part
    return part.args[0] if (part.value == "+-") == upper else neg(part.args[0])
