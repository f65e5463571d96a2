"""How often one expression is a factor of another."""

from __future__ import annotations

from functools import lru_cache

from grader.equivalence.assumptions import Assumptions
from grader.equivalence.field import Beyond, Frac, Poly
from grader.equivalence.points import Space
from grader.equivalence.prepare import prepare
from grader.equivalence.values import normalizer_for
from grader.expressions.nodes import Expr


@lru_cache(maxsize=1 << 13)  # a class writes the same lines, and each is tried for each mark
def multiplicity(tree: Expr, factor: Expr, assumptions: Assumptions) -> int | None:
    """How often `factor` divides `tree` as rational functions over kernels; negative for a pole.

    None where there is no normal form, for the tree 0, and for a factor that is no polynomial.

    >>> from grader.expressions.build import mul, symbol
    >>> x = symbol("x")
    >>> multiplicity(mul(x, x), x, Assumptions())
    2
    """
    prepared = prepare((tree, factor), assumptions)
    normalizer = normalizer_for(Space(prepared, assumptions))
    try:
        whole, part = normalizer.attempt(lambda: tuple(map(normalizer.value, prepared.trees)))
    except Beyond:
        return None
    if not isinstance(whole, Frac) or not isinstance(part, Frac) or whole.top == 0:
        return None
    if not part.bottom.is_constant() or part.top.is_constant():
        return None
    return _valuation(whole.top, part.top) - _valuation(whole.bottom, part.top)


def _valuation(poly: Poly, factor: Poly) -> int:
    """The highest power of a factor that divides a polynomial that is not 0."""
    count = 0
    while True:
        quotient, rest = divmod(poly, factor)
        if rest != 0:
            return count
        poly, count = quotient, count + 1
