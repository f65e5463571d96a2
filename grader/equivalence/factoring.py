"""Factors of polynomials in kernels, and what is known of their signs."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

from flint import fmpq, fmpz

from grader.equivalence.field import Beyond, Field, Frac, Poly, spelled
from grader.equivalence.signs import all_real, sign_of


class Factors(Field):
    """A field that factors, and knows signs."""

    def __init__(self, complexes: bool = False) -> None:
        super().__init__(complexes)
        self._signs: dict[str, int] = {}
        self._factors: dict[str, tuple[Fraction, list[tuple[Poly, int]]]] = {}

    def forget(self) -> None:
        """Signs and factors hold for one meaning of the kernels."""
        self._signs.clear()
        self._factors.clear()

    def is_real(self, a: Frac) -> bool:
        """Whether a quotient is made of real kernels only."""
        return not self.complexes or all(all_real(poly, self.kernels) for poly in a)

    def factors(self, poly: Poly) -> tuple[Fraction, list[tuple[Poly, int]]]:
        """A constant and irreducible factors with their powers."""
        if poly.total_degree() == 1:
            c = _content(poly)
            return _fraction(c), [(poly if c == 1 else poly / c, 1)]
        key = spelled(poly)
        found = self._factors.get(key)
        if found is None:
            if poly.total_degree() > 40 or len(poly) > 400:
                raise Beyond
            c, parts = poly.factor()
            found = (_fraction(c), [(f, int(n)) for f, n in parts])
            self._factors[key] = found
        return found

    def split(self, a: Frac) -> tuple[Fraction, list[tuple[Poly, int]]]:
        """A quotient as a constant and factors with powers of either sign."""
        if a.top == 0:
            raise Beyond
        c, parts = self.factors(a.top)
        if a.bottom.is_one():
            return c, parts
        d, below = self.factors(a.bottom)
        return c / d, parts + [(f, -n) for f, n in below]

    def sign(self, poly: Poly) -> int:
        """1 if known to be >= 0, -1 if <= 0, else 0."""
        key = spelled(poly)
        found = self._signs.get(key)
        if found is None:
            if key in self.nonnegative:
                found = 1
            elif spelled(-poly) in self.nonnegative:
                found = -1
            else:
                found = sign_of(poly, self.kernels)
            self._signs[key] = found
        return found


def _content(poly: Poly) -> fmpq:
    """By what a polynomial is divided so that its coefficients are whole, the first positive, without a
    common factor: as FLINT has it, which takes long over what needs no factoring.
    """
    found: list[fmpq] = poly.coeffs()
    if len(found) == 1:
        return found[0]
    below = lcm(*[int(c.denominator) for c in found])
    above = gcd(*[int(c.numerator) for c in found])
    return fmpq(above if found[0] > 0 else -above, below)


def _fraction(c: fmpq) -> Fraction:
    return Fraction(int(c.numerator), int(c.denominator))


def prime_powers(n: int) -> list[tuple[int, int]]:
    """The prime factors of a positive integer; one too large to factor stands as it is."""
    if n == 1:
        return []
    if n.bit_length() > 100:
        return [(n, 1)]
    return [(int(p), int(e)) for p, e in fmpz(n).factor()]
