"""Layer 2: proofs that two trees are equal wherever both have a value. Each gives evidence, or passes."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from grader.equivalence import sentences
from grader.equivalence.cells import equal_in_cells
from grader.equivalence.constants import constant_zero
from grader.equivalence.field import Beyond, Frac, rational
from grader.equivalence.naming import kernel_names
from grader.equivalence.normal import Normalizer, difference, is_zero
from grader.equivalence.normal_values import Value
from grader.equivalence.points import Space
from grader.equivalence.radicals import vanishes
from grader.equivalence.slopes import equal_by_slope
from grader.expressions.build import call, sub
from grader.expressions.nodes import Expr, walk
from grader.records import Evidence

_LOGARITHMIC = frozenset(["ln", "log", "arsinh", "arcosh", "artanh", "arcoth", "arsech", "arcsch"])
_PIECEWISE = frozenset(["abs", "sign", "min", "max"])
_Proof = Callable[[Expr, Expr, Space], Evidence | None]


def normalizer_for(space: Space) -> Normalizer:
    """A normal form maker that knows the domains of a space."""
    return Normalizer(
        lambda s: space.domains.get(s, space.assumptions.domain(s)), space.complexes, space.in_parts
    )


def prove(left: Expr, right: Expr, space: Space) -> Evidence | None:
    """Evidence that the trees are equal; None if no proof is found."""
    for attempt in _PROOFS:
        found = attempt(left, right, space)
        if found is not None:
            return found
    return None


def by_normal_form(left: Expr, right: Expr, space: Space) -> Evidence | None:
    """The difference is 0 as a quotient of polynomials over kernels."""
    normalizer = normalizer_for(space)

    def work() -> Value:
        return difference(normalizer, left, right)

    try:
        gap = normalizer.attempt(work)
        if is_zero(gap) or vanishes(normalizer, gap):
            return sentences.proven(kernel_names(normalizer.kernels))
    except Beyond:
        return None
    return None


def constant_gap(left: Expr, right: Expr, space: Space) -> Fraction | None:
    """The number that left - right is in normal form, where it is one; both have to have values."""
    normalizer = normalizer_for(space)
    try:
        gap = normalizer.attempt(lambda: difference(normalizer, left, right))
    except Beyond:
        return None
    return rational(gap) if isinstance(gap, Frac) else None


def _by_exact_constants(left: Expr, right: Expr, space: Space) -> Evidence | None:
    if space.varies or left.kind not in _NUMBERS or right.kind not in _NUMBERS:
        return None
    return sentences.exactly_zero() if constant_zero(sub(left, right), space.complexes) else None


_NUMBERS = ("scalar", "integer", "complex")


def _by_exponential(left: Expr, right: Expr, space: Space) -> Evidence | None:
    """exp is one-to-one on the reals: exp(L) = exp(R) proves L = R."""
    if space.complexes or not (_holds_call(left, _LOGARITHMIC) or _holds_call(right, _LOGARITHMIC)):
        return None
    if left.kind not in _NUMBERS or right.kind not in _NUMBERS:
        return None
    found = by_normal_form(call("exp", left), call("exp", right), space)
    return None if found is None else sentences.lifted(tuple(found.data["kernels"]))


def _by_cells(left: Expr, right: Expr, space: Space) -> Evidence | None:
    """On each piece between the places where an absolute value turns or a case ends."""
    pieces = any(
        p.head == "cases" or (p.head == "call" and p.value in _PIECEWISE)
        for t in (left, right)
        for p in walk(t)
    )
    if not pieces:
        return None
    return equal_in_cells(left, right, space, by_normal_form)


def _by_slope(left: Expr, right: Expr, space: Space) -> Evidence | None:
    return equal_by_slope(left, right, space, by_normal_form)


def _holds_call(tree: Expr, names: frozenset[str]) -> bool:
    return any(part.head == "call" and part.value in names for part in walk(tree))


_PROOFS: tuple[_Proof, ...] = (by_normal_form, _by_exact_constants, _by_exponential, _by_cells, _by_slope)
