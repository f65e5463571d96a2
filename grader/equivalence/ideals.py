"""Proof that an equation follows from others: polynomials over kernels, linear ones eliminated.

With every premise brought to E = 0 and the conclusion to F = 0: a premise (or the relation of a kernel,
r^2 = x) in which a kernel stands linearly is used up by substitution; then E's factors that cannot be 0
are dropped, and if the product of the rest divides F, F = 0 follows.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.equivalence.field import POLY_ONE, Beyond, Poly, from_terms, spelled
from grader.equivalence.normal import Normalizer
from grader.equivalence.normal_values import Combination, Entries, Value
from grader.equivalence.signs import never_zero
from grader.expressions.nodes import Expr

_MAX_ROUNDS = 8
_MAX_TERMS = 400
Pair = tuple[Expr, Expr]


def implied(
    premises: Sequence[Pair], conclusions: Sequence[Pair], nonzero: Sequence[Pair], normalizer: Normalizer
) -> bool:
    """Whether one of the conclusions (left = right) holds wherever all premises do; False is no answer."""
    try:
        return normalizer.attempt(lambda: _Ideal(normalizer, nonzero).implied(premises, conclusions))
    except Beyond:
        return False


class _Ideal:
    def __init__(self, normalizer: Normalizer, nonzero: Sequence[Pair]) -> None:
        self.n = normalizer
        self.nonzero_pairs = nonzero
        self.nonzero: set[str] = set()

    def implied(self, premises: Sequence[Pair], conclusions: Sequence[Pair]) -> bool:
        given = [p for left, right in premises for p in self._polys(left, right, note=True)]
        goal = POLY_ONE
        for left, right in conclusions:
            polys = self._polys(left, right)
            if len(polys) != 1:
                return len(conclusions) == 1 and all(self._holds(list(given), p) for p in polys)
            goal = goal * polys[0]
        for left, right in self.nonzero_pairs:
            for poly in self._polys(left, right):
                self.nonzero.update(spelled(f) for f, _ in self.n.factors(poly)[1])
        return self._holds(given, goal)

    def _polys(self, left: Expr, right: Expr, note: bool = False) -> list[Poly]:
        """The numerators of left - right, one for each entry."""
        from grader.equivalence.normal import difference

        gap: Value = difference(self.n, left, right)
        if isinstance(gap, Combination):
            parts = [c for _, c in gap.terms]
        elif isinstance(gap, Entries):
            parts = list(gap.entries)
        else:
            parts = [gap]
        if note:
            for part in parts:
                if not part.bottom.is_one():
                    self.nonzero.update(spelled(f) for f, _ in self.n.factors(part.bottom)[1])
        return [p.top for p in parts]

    def _holds(self, given: list[Poly], goal: Poly) -> bool:
        relations = self._relations()
        for _ in range(_MAX_ROUNDS):
            if goal == 0 or any(self._divides(e, goal) for e in given + relations if e != 0):
                return True
            step = self._linear(given + relations)
            if step is None:
                return False
            used, slot = step
            top, bottom = _solve(used, slot)
            given = [_substitute(e, slot, top, bottom) for e in given if e is not used]
            relations = [_substitute(e, slot, top, bottom) for e in relations if e is not used]
            goal = _substitute(goal, slot, top, bottom)
        return False

    def _relations(self) -> list[Poly]:
        found = []
        for slot in self.n.relations:
            kernel = self.n.kernels[slot]
            if kernel.value is not None:
                gen = _gen(slot)
                found.append(gen**kernel.order * kernel.value.bottom - kernel.value.top)
        return found

    def _divides(self, premise: Poly, goal: Poly) -> bool:
        if premise.is_constant():
            return False
        needed = POLY_ONE
        for factor, _ in self.n.factors(premise)[1]:
            if spelled(factor) not in self.nonzero and not never_zero(factor, self.n.kernels):
                needed = needed * factor
        if needed.is_constant():
            return False
        return bool(divmod(goal, needed)[1] == 0)

    def _linear(self, polys: list[Poly]) -> tuple[Poly, int] | None:
        for poly in polys:
            degrees = poly.degrees()
            for slot, degree in enumerate(degrees):
                if degree == 1:
                    lead = _coefficient(poly, slot, 1)
                    if self._never_zero(lead):
                        return poly, slot
        return None

    def _never_zero(self, poly: Poly) -> bool:
        if poly.is_constant():
            return bool(poly != 0)
        return all(
            spelled(f) in self.nonzero or never_zero(f, self.n.kernels) for f, _ in self.n.factors(poly)[1]
        )


def _gen(slot: int) -> Poly:
    return POLY_ONE.context().gens()[slot]


def _coefficient(poly: Poly, slot: int, degree: int) -> Poly:
    terms = {}
    for exponents, c in poly.terms():
        if exponents[slot] == degree:
            terms[(*exponents[:slot], 0, *exponents[slot + 1 :])] = c
    return from_terms(terms)


def _solve(poly: Poly, slot: int) -> tuple[Poly, Poly]:
    """a k + b = 0 as k = -b / a."""
    return -_coefficient(poly, slot, 0), _coefficient(poly, slot, 1)


def _substitute(poly: Poly, slot: int, top: Poly, bottom: Poly) -> Poly:
    """The polynomial with k = top / bottom, times bottom^degree."""
    degree = int(poly.degrees()[slot])
    if degree == 0:
        return poly
    total = from_terms({})
    for i in range(degree + 1):
        total = total + _coefficient(poly, slot, i) * top**i * bottom ** (degree - i)
        if len(total) > _MAX_TERMS:
            raise Beyond
    return total
