"""The ratio of neighbouring terms of a series as a rational function of the counter."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq

from grader.equivalence.assumptions import Assumptions
from grader.equivalence.field import POLY_ONE, Beyond, Frac, Poly, from_terms
from grader.equivalence.normal import Normalizer
from grader.equivalence.tree_of import tree_of
from grader.expressions.build import ONE, add, number
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, replace

_MAX_PARAMETERS = 8


@dataclass(frozen=True, slots=True)
class Ratio:
    """t(j + 1) / t(j) = z (j + a) (j + a') ... / ((j + b) (j + b') ...), j counted from 0."""

    z: Expr
    above: tuple[Fraction, ...]
    below: tuple[Fraction, ...]


def ratio_of(body: Expr, bound: Expr, low: Fraction, assumptions: Assumptions) -> Ratio | None:
    """The ratio of a series that begins at `low`; None if it is not of this kind.

    >>> from grader.expressions.build import symbol, power, call, div
    >>> k, x = symbol("k"), symbol("x")
    >>> found = ratio_of(div(power(x, k), call("factorial", k)), k, Fraction(0), Assumptions())
    >>> found.z is x, found.above, found.below
    (True, (), (Fraction(1, 1),))
    """
    shifted = replace(body, {bound: add(bound, number(low))}) if low else body
    following = replace(shifted, {bound: add(bound, ONE)})
    n = Normalizer(assumptions.domain)

    def work() -> Ratio:
        return _split(n, n.div(n.scalar(following), n.scalar(shifted)), n.scalar(bound).top)

    try:
        found = n.attempt(work)
    except Beyond:
        return None
    return None if bound in free_symbols(found.z) else found  # the counter under a root or a logarithm


def _split(n: Normalizer, ratio: Frac, bound: Poly) -> Ratio:
    slot = bound.degrees().index(1)
    if ratio.top == 0 or _hidden(n, slot, ratio):
        raise Beyond
    above, top = _linear_factors(n, ratio.top, slot)
    below, bottom = _linear_factors(n, ratio.bottom, slot)
    kept = _without_common(above, below)
    return Ratio(tree_of(n, n.clean(top, bottom)), *kept)


def _hidden(n: Normalizer, slot: int, ratio: Frac) -> bool:
    """Whether the counter stands inside another kernel, (-1)^k or a logarithm."""
    for poly in ratio:
        for place, d in enumerate(poly.degrees()):
            kernel = n.kernels[place] if d else None
            if kernel is None or place == slot or kernel.sort in ("symbol", "pi"):
                continue
            if f"k{slot}" in kernel.key.replace("*", " ").replace("^", " ").replace("|", " ").split():
                return True
            if kernel.sort not in ("exp", "ln", "root", "oddroot", "abs", "i"):
                return True
    return False


def _linear_factors(n: Normalizer, poly: Poly, slot: int) -> tuple[list[Fraction], Poly]:
    """The zeros a of factors j + a, and the rest, which is free of j."""
    c, parts = n.factors(poly)
    rest = POLY_ONE * _flint(c)
    found: list[Fraction] = []
    for factor, power in parts:
        degree = int(factor.degrees()[slot])
        if degree == 0:
            rest = rest * factor**power
            continue
        if degree > 1 or sum(map(int, factor.degrees())) > degree or len(found) + power > _MAX_PARAMETERS:
            raise Beyond
        lead, constant = _line(factor, slot)
        rest = rest * from_terms({(0,) * len(factor.degrees()): _flint(lead**power)})
        found.extend([constant / lead] * power)
    return found, rest


def _line(factor: Poly, slot: int) -> tuple[Fraction, Fraction]:
    lead = constant = Fraction(0)
    for exponents, c in factor.terms():
        value = Fraction(int(c.numerator), int(c.denominator))
        if exponents[slot]:
            lead = value
        else:
            constant = value
    return lead, constant


def _flint(c: Fraction) -> fmpq:
    return fmpq(c.numerator, c.denominator)


def _without_common(
    above: list[Fraction], below: list[Fraction]
) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]]:
    rest = list(below)
    kept = []
    for a in above:
        if a in rest:
            rest.remove(a)
        else:
            kept.append(a)
    return tuple(sorted(kept)), tuple(sorted(rest))
