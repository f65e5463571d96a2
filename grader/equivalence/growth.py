"""Limits at infinity by growth: exponentials over powers over logarithms, compared by their exponents."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import fmpq

from grader.equivalence.assumptions import Assumptions
from grader.equivalence.constants import constant_sign
from grader.equivalence.field import POLY_ONE, POLY_ZERO, Beyond, Frac, Poly, from_terms
from grader.equivalence.normal import Normalizer
from grader.equivalence.signs import never_zero
from grader.equivalence.tree_of import poly_tree, tree_of
from grader.expressions.build import INFINITY, ZERO, neg
from grader.expressions.domains import Domain
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols

_MAX_DEGREE = 4
_LARGE = Domain(low=Fraction(1000))
# How fast a monomial grows: coefficients of x^4 .. x in the exponent of e, the power of x, that of ln x;
# polynomials in what is free of x.
_Growth = tuple[Poly, ...]


def limit_by_growth(body: Expr, x: Expr, assumptions: Assumptions) -> Expr | None:
    """The limit for x to +infinity of a quotient of powers, exponentials and logarithms of x; else None.

    >>> from grader.expressions.build import call, div, symbol
    >>> x = symbol("x")
    >>> limit_by_growth(div(call("ln", x), x), x, Assumptions()) is ZERO
    True
    """
    n = Normalizer(lambda s: _LARGE if s is x else assumptions.domain(s))
    try:
        return n.attempt(lambda: _Growths(n, x).limit(n.scalar(body)))
    except Beyond:
        return None


@dataclass(frozen=True, slots=True)
class _Leading:
    """The growth that no other term reaches, and its coefficient."""

    growth: _Growth
    coefficient: Poly


class _Growths:
    def __init__(self, n: Normalizer, x: Expr) -> None:
        self.n = n
        self.slot = n.scalar(x).top.degrees().index(1)
        self.known: dict[int, _Growth | None] = {}

    def limit(self, value: Frac) -> Expr | None:
        if value.top == 0:
            return ZERO
        top, bottom = self._leading(value.top), self._leading(value.bottom)
        order = self._order(top.growth, bottom.growth)
        if order < 0:
            return ZERO
        ratio = self.n.clean(top.coefficient, bottom.coefficient)
        if order == 0:
            return tree_of(self.n, ratio)
        sign = self._sign(ratio)
        return None if sign == 0 else (INFINITY if sign > 0 else neg(INFINITY))

    def _sign(self, ratio: Frac) -> int:
        c, parts = self.n.split(ratio)
        total = 1 if c > 0 else -1
        for factor, power in parts:
            total *= 1 if power % 2 == 0 else self.n.sign(factor)
        return total

    def _order(self, a: _Growth, b: _Growth) -> int:
        """-1, 0 or 1 as one growth is below, like or above another; raises `Beyond` if that is not known."""
        for p, q in zip(a, b, strict=True):
            gap = p - q
            if gap != 0:
                sign = self._certain_sign(gap)
                if sign == 0:
                    raise Beyond
                return sign
        return 0

    def _certain_sign(self, gap: Poly) -> int:
        if gap.is_constant():
            return 1 if gap.leading_coefficient() > 0 else -1
        tree = poly_tree(self.n, gap)
        if not free_symbols(tree):
            return constant_sign(tree) or 0
        return self.n.sign(gap) if never_zero(gap, self.n.kernels) else 0

    def _leading(self, poly: Poly) -> _Leading:
        best: _Growth | None = None
        terms: dict[tuple[int, ...], Any] = {}
        for exponents, c in poly.terms():
            growth, rest = self._monomial(exponents)
            order = 1 if best is None else self._order(growth, best)
            if order > 0:
                best, terms = growth, {}
            if order >= 0:
                terms[rest] = terms.get(rest, 0) + c
        coefficient = from_terms({k: c for k, c in terms.items() if c != 0})
        if best is None or coefficient == 0:
            raise Beyond
        return _Leading(best, coefficient)

    def _monomial(self, exponents: tuple[int, ...]) -> tuple[_Growth, tuple[int, ...]]:
        """How a monomial grows, and what of it is free of x."""
        total = [POLY_ZERO] * (_MAX_DEGREE + 2)
        rest = [0] * len(exponents)
        for slot, e in enumerate(exponents):
            growth = self._kernel(slot) if e else None
            if growth is None:
                rest[slot] = int(e)
            else:
                total = [a + int(e) * b for a, b in zip(total, growth, strict=True)]
        return tuple(total), tuple(rest)

    def _kernel(self, slot: int) -> _Growth | None:
        """The growth of a kernel, None if it is free of x; raises `Beyond` for others."""
        if slot not in self.known:
            self.known[slot] = self._of_kernel(slot)
        return self.known[slot]

    def _of_kernel(self, slot: int) -> _Growth | None:
        kernel = self.n.kernels[slot]
        if slot == self.slot:
            return _unit(_MAX_DEGREE)
        if kernel.sort == "symbol" or not self._holds(slot):
            return None
        if kernel.sort == "ln" and kernel.data is not None and self._is_x(kernel.data):
            return _unit(_MAX_DEGREE + 1)
        if kernel.sort == "exp" and kernel.data is not None and kernel.key.endswith("|1"):
            return self._exponential(*kernel.data)
        raise Beyond

    def _exponential(self, monomial: Poly, unit: Fraction) -> _Growth:
        """exp(u c x^d) with c free of x, and exp(u ln x) = x^u."""
        degrees = [int(d) for d in monomial.degrees()]
        degree = degrees[self.slot]
        held = [i for i, d in enumerate(degrees) if d and i != self.slot and self._holds(i)]
        if degree and degree <= _MAX_DEGREE and not held:
            rest = from_terms({tuple(0 if i == self.slot else d for i, d in enumerate(degrees)): 1})
            return _unit(_MAX_DEGREE - degree, rest * _flint(unit))
        if len(held) == 1 and sum(degrees) == 1:
            inner = self.n.kernels[held[0]]
            if inner.sort == "ln" and self._is_x(inner.data):
                return _unit(_MAX_DEGREE, POLY_ONE * _flint(unit))
        raise Beyond

    def _is_x(self, poly: Poly) -> bool:
        return bool(poly == POLY_ONE.context().gens()[self.slot])

    def _holds(self, slot: int) -> bool:
        """Whether x stands somewhere inside a kernel."""
        key = self.n.kernels[slot].key
        for mark in "()*^|,/+-:[]":
            key = key.replace(mark, " ")
        inside = {int(part[1:]) for part in key.split() if part[0] == "k" and part[1:].isdigit()}
        return any(k == self.slot or (k in self.n.kernels and k != slot and self._holds(k)) for k in inside)


def _flint(c: Fraction) -> fmpq:
    return fmpq(c.numerator, c.denominator)


def _unit(place: int, value: Poly = POLY_ONE) -> _Growth:
    return tuple(value if k == place else POLY_ZERO for k in range(_MAX_DEGREE + 2))
