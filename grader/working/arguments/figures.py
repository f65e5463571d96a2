"""Decimals that round to the right value in the figures that a question asks for."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from grader.equivalence import constant_digits, constant_ratio
from grader.expressions.build import ONE
from grader.expressions.nodes import Expr, walk
from grader.working.knowledge import Knowledge

_DIGITS = 60


def rounds_to(tree: Expr, reference: Expr, known: Knowledge) -> bool:
    """Whether a decimal coefficient agrees with the exact one in the figures asked for.

    >>> # 0.296*norm(phi(x)) against 8/27*norm(phi(x)), three figures
    """
    target = known.target
    if target.figures is None or not any(part.head == "decimal" for part in walk(tree)):
        return False
    ours, exact = (_coefficient(t, target.scale or ONE, known) for t in (tree, reference))
    if ours is None or exact is None:
        return False
    return _figures(ours, target.figures) == _figures(exact, target.figures)


def _coefficient(tree: Expr, scale: Expr, known: Knowledge) -> Fraction | None:
    """c where the tree is c*scale; of an irrational c many digits more than are asked for."""
    ratio = constant_ratio(tree, scale, known.assumptions())
    if ratio is None or isinstance(ratio, Fraction):
        return ratio
    digits = constant_digits(ratio, _DIGITS)
    return None if digits is None else Fraction(digits)


def _figures(value: Fraction, figures: int) -> str:
    """The value in so many significant figures, halves rounded away from zero as examiners do."""
    number = Decimal(value.numerator) / Decimal(value.denominator)
    quantum = Decimal(1).scaleb(number.adjusted() - figures + 1)
    return str(number.quantize(quantum, ROUND_HALF_UP))
