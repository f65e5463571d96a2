"""Nested radicals: a + b r = 0 for a root r = sqrt(c) where a^2 = b^2 c and a - b r is never 0.

For a - b r: a product that is 0 has a factor that is 0, and this factor is not the one.
"""

from __future__ import annotations

from grader.equivalence.field import POLY_ONE, Frac, Poly, from_terms
from grader.equivalence.normal import Normalizer
from grader.equivalence.normal_values import Value
from grader.equivalence.signs import never_zero

_MAX_TERMS = 200
_MAX_ROOTS = 3


def vanishes(n: Normalizer, gap: Value) -> bool:
    """Whether a normal form is 0, though it does not look so, by one conjugation; False is no answer."""
    if not isinstance(gap, Frac) or len(gap.top) > _MAX_TERMS:
        return False
    degrees = gap.top.degrees()
    for slot in n.relations:
        kernel = n.kernels[slot]
        if kernel.order == 2 and degrees[slot] == 1 and kernel.sort in ("root", "exp", "abs"):
            turned = _turned(gap.top, slot)
            product = n.mul(Frac(gap.top, POLY_ONE), Frac(turned, POLY_ONE))
            if product.top == 0 and never_zero(turned, n.kernels):
                return True
    return False


def without_roots(n: Normalizer, poly: Poly) -> Poly:
    """The product with conjugates that holds no square root; it vanishes wherever the polynomial does."""
    for _ in range(_MAX_ROOTS):
        degrees = poly.degrees()
        slot = next(
            (s for s in n.relations if degrees[s] and n.kernels[s].order == 2 and _is_root(n, s)), None
        )
        if slot is None or len(poly) > _MAX_TERMS:
            return poly
        poly = n.mul(Frac(poly, POLY_ONE), Frac(_turned(poly, slot), POLY_ONE)).top
    return poly


def _is_root(n: Normalizer, slot: int) -> bool:
    return n.kernels[slot].sort in ("root", "exp")


def _turned(poly: Poly, slot: int) -> Poly:
    """The polynomial with -r for r."""
    return from_terms({e: (-c if e[slot] % 2 else c) for e, c in poly.terms()})
