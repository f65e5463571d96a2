"""The sign of a polynomial in kernels, from the bounds of the kernels."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from flint import arb, fmpq, fmpq_poly

from grader.equivalence.field import Kernel, Poly
from grader.equivalence.precision import bits

_BITS = 64
_Bounds = tuple[Fraction | None, Fraction | None]


def all_real(poly: Poly, kernels: Mapping[int, Kernel]) -> bool:
    """Whether every kernel in the polynomial is known to be real."""
    return all(kernels[slot].real for slot, d in enumerate(poly.degrees()) if d)


def sign_of(poly: Poly, kernels: Mapping[int, Kernel]) -> int:
    """1 if the polynomial is >= 0 for all values of its kernels, -1 if <= 0, 0 if that is not known."""
    if poly.is_constant():
        c = poly.leading_coefficient() if poly != 0 else 0
        return (c > 0) - (c < 0) if c != 0 else 1
    if not all_real(poly, kernels):
        return 0
    low, high = _range(poly, kernels)
    if low is not None and low >= 0:
        return 1
    if high is not None and high <= 0:
        return -1
    used = [i for i, d in enumerate(poly.degrees()) if d]
    if len(used) == 1:
        return _univariate(poly, used[0], kernels[used[0]])
    return 0


def never_zero(poly: Poly, kernels: Mapping[int, Kernel]) -> bool:
    """Whether the polynomial is known not to be 0 for any values that its kernels can take."""
    if poly.is_constant():
        return bool(poly != 0)
    if not all_real(poly, kernels):
        return False
    low, high = _range(poly, kernels)
    if (low is not None and low > 0) or (high is not None and high < 0):
        return True
    if low == 0 and _has_strict_term(poly, kernels, 1):
        return True
    if high == 0 and _has_strict_term(poly, kernels, -1):
        return True
    used = [i for i, d in enumerate(poly.degrees()) if d]
    return len(used) == 1 and _no_root(poly, used[0], kernels[used[0]])


def _has_strict_term(poly: Poly, kernels: Mapping[int, Kernel], sign: int) -> bool:
    """All terms are of one sign (or 0), and some term is never 0."""
    strict = False
    for exponents, c in poly.terms():
        coefficient = Fraction(int(c.numerator), int(c.denominator))
        part: _Bounds = (coefficient, coefficient)
        never = True
        for slot, n in enumerate(exponents):
            if n:
                kernel = kernels[slot]
                part = _times(part, _power((kernel.low, kernel.high), int(n)))
                never &= kernel.low is not None and (kernel.low > 0 or (kernel.low == 0 and kernel.open_low))
        end = part[0] if sign > 0 else part[1]
        if end is None or end * sign < 0:
            return False
        strict |= never
    return strict


def _no_root(poly: Poly, slot: int, kernel: Kernel) -> bool:
    one = _one_variable(poly, slot)
    if one.degree() > 12:
        return False
    with bits(_BITS):  # whatever the precision of the caller
        roots = [root for root, _ in one.numer().complex_roots()]
        return all(_excluded(root.real, kernel) for root in roots if root.imag.contains(0))


def _excluded(root: Any, kernel: Kernel) -> bool:
    """Whether a root is certainly not a value that the kernel takes."""
    for bound, above, is_open in ((kernel.low, 0, kernel.open_low), (kernel.high, 1, kernel.open_high)):
        if bound is None:
            continue
        edge = arb(fmpq(bound.numerator, bound.denominator))
        if root > edge if above else root < edge:
            return True
        if is_open and root.overlaps(edge):
            return True
    return False


def _one_variable(poly: Poly, slot: int) -> Any:
    coefficients: list[Any] = [0] * (int(poly.degrees()[slot]) + 1)
    for exponents, c in poly.terms():
        coefficients[int(exponents[slot])] = c
    return fmpq_poly(coefficients)


def _range(poly: Poly, kernels: Mapping[int, Kernel]) -> _Bounds:
    total: _Bounds = (Fraction(0), Fraction(0))
    for exponents, c in poly.terms():
        coefficient = Fraction(int(c.numerator), int(c.denominator))
        part: _Bounds = (coefficient, coefficient)
        for slot, n in enumerate(exponents):
            if n:
                kernel = kernels[slot]
                part = _times(part, _power((kernel.low, kernel.high), int(n)))
        total = (_sum(total[0], part[0]), _sum(total[1], part[1]))
        if total == (None, None):
            break
    return total


def _sum(a: Fraction | None, b: Fraction | None) -> Fraction | None:
    return None if a is None or b is None else a + b


def _power(bounds: _Bounds, n: int) -> _Bounds:
    low, high = bounds
    if n % 2 == 0 and not (low is not None and low >= 0):
        if high is not None and high <= 0 and low is not None:
            return high**n, low**n
        top = None if low is None or high is None else max(-low, high) ** n
        return Fraction(0), top
    return (None if low is None else low**n, None if high is None else high**n)


def _times(a: _Bounds, b: _Bounds) -> _Bounds:
    if a[0] == a[1] == 0 or b[0] == b[1] == 0:
        return Fraction(0), Fraction(0)
    corners = [_corner(x, i, y, j) for i, x in enumerate(a) for j, y in enumerate(b)]
    lows = [c[0] for c in corners]
    highs = [c[1] for c in corners]
    return (
        None if any(v is None for v in lows) else min(v for v in lows if v is not None),
        None if any(v is None for v in highs) else max(v for v in highs if v is not None),
    )


def _corner(x: Fraction | None, i: int, y: Fraction | None, j: int) -> _Bounds:
    """The product of two ends, as (what it is as a low end, as a high end); None is infinite."""
    if x is not None and y is not None:
        return x * y, x * y
    sx = (1 if i else -1) if x is None else (x > 0) - (x < 0)
    sy = (1 if j else -1) if y is None else (y > 0) - (y < 0)
    s = sx * sy
    if s == 0:
        return Fraction(0), Fraction(0)
    return (Fraction(10) ** 9, None) if s > 0 else (None, -(Fraction(10) ** 9))


def _univariate(poly: Poly, slot: int, kernel: Kernel) -> int:
    """No root between the bounds: the sign at any one point there."""
    one = _one_variable(poly, slot)
    if one.degree() > 12:
        return 0
    inside = _inside(kernel)
    with bits(_BITS):
        odd = [root for root, multiplicity in one.numer().complex_roots() if multiplicity % 2]
        if not all(_outside(root.real, kernel) for root in odd if root.imag.contains(0)):
            return 0
    value = one(fmpq(inside.numerator, inside.denominator))
    return 1 if value > 0 else (-1 if value < 0 else 0)


def _inside(kernel: Kernel) -> Fraction:
    third = Fraction(355, 1130)
    if kernel.low is not None and kernel.high is not None:
        return kernel.low + (kernel.high - kernel.low) * third
    if kernel.low is not None:
        return kernel.low + third
    return kernel.high - third if kernel.high is not None else third


def _outside(root: Any, kernel: Kernel) -> bool:
    """Whether a root is not strictly between the bounds (one at a bound counts as outside)."""
    for bound, above in ((kernel.low, False), (kernel.high, True)):
        if bound is None:
            continue
        edge = arb(fmpq(bound.numerator, bound.denominator))
        if (root > edge if above else root < edge) or root.overlaps(edge):
            return True
    return False
