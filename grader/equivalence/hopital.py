"""The rule of l'Hopital, for a quotient whose variable goes to 0 from above."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from grader.equivalence.ball import enclose
from grader.equivalence.features import features
from grader.equivalence.field import Beyond
from grader.equivalence.membership import is_infinite
from grader.equivalence.tree_of import poly_tree
from grader.expressions.build import INFINITY, MINUS_ONE, ONE, ZERO, div, mul, neg, symbol
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols

if TYPE_CHECKING:
    from grader.equivalence.approach import Approach

MAX_ROUNDS = 7
_MAX_SIZE = 240
STEP = symbol("\u21a6")  # the variable: how far it is from the place


class Quotient:
    """Limits of quotients, by limits of slopes where both halves vanish."""

    def __init__(self, at: Approach) -> None:
        self.at = at

    def limit(self, body: Expr, rounds: int = MAX_ROUNDS) -> Expr | None:
        """The limit, perhaps infinite; None where it is not found in so many rounds."""
        if rounds == 0 or body.size > _MAX_SIZE:
            return None
        halves = self._halves(body)
        if halves is None:
            return None
        top, bottom = halves
        a, b = self.at.of(top), self.at.of(bottom)
        if a is None or b is None:
            return None
        low, high = is_infinite(b), is_infinite(a)
        if not low and not high and not self.at.is_zero(b):
            return div(a, b) if b is not ONE else a
        if low and not high:
            return ZERO
        if high or low or self.at.is_zero(a):
            return self._slopes(top, bottom, rounds)
        return self._pole(top, bottom)

    def _halves(self, body: Expr) -> tuple[Expr, Expr] | None:
        """Numerator and denominator of the normal form."""
        if "apply" in features(body).heads:
            return _as_written(body)
        n = self.at.normalizer()

        def work() -> tuple[Expr, Expr]:
            value = n.scalar(body)
            if value.top == 0:
                return ZERO, ONE
            return poly_tree(n, value.top), poly_tree(n, value.bottom)

        try:
            return n.attempt(work)
        except Beyond:
            return None

    def _slopes(self, top: Expr, bottom: Expr, rounds: int) -> Expr | None:
        above, below = differentiate(top, STEP), differentiate(bottom, STEP)
        if above is None or below is None or below is ZERO:
            return None
        return self.limit(div(above, below), rounds - 1)

    def _pole(self, top: Expr, bottom: Expr) -> Expr | None:
        """a / 0: infinite, with the sign that it has close by."""
        if free_symbols(div(top, bottom)) != {STEP}:
            return None
        near = [enclose(div(top, bottom), {STEP: Fraction(1, 10**k)}, 256) for k in (9, 12)]
        if near[0] is None or near[1] is None:
            return None
        if near[1] > 0 and near[0] > 0:
            return INFINITY
        return neg(INFINITY) if near[1] < 0 and near[0] < 0 else None


def _as_written(body: Expr) -> tuple[Expr, Expr]:
    """Numerator and denominator as they stand: what an unknown function comes to has no tree of its own."""
    factors = body.args if body.head == "mul" else (body,)
    below = [f for f in factors if f.head == "pow" and f.args[1] is MINUS_ONE]
    return mul(*(f for f in factors if f not in below)), mul(*(f.args[0] for f in below))
