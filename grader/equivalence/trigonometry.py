"""Sines and cosines as kernels: sums of angles are expanded, multiples are powers, sin^2 is 1 - cos^2."""

from __future__ import annotations

from fractions import Fraction

from grader.equivalence.field import (
    F_ONE,
    F_ZERO,
    POLY_ONE,
    Beyond,
    Frac,
    Kernel,
    Poly,
    constant,
    key_of,
    rational,
    spelled,
)
from grader.equivalence.roots import Roots

_MAX_MULTIPLE = 16
_HALF = Fraction(1, 2)
# sin(pi c) for c = 0, 1/12 .. 1/2, as a sum of (coefficient, radicand)
_SINES: dict[Fraction, tuple[tuple[Fraction, int], ...]] = {
    Fraction(0): (),
    Fraction(1, 12): ((Fraction(1, 4), 6), (Fraction(-1, 4), 2)),
    Fraction(1, 6): ((_HALF, 1),),
    Fraction(1, 4): ((_HALF, 2),),
    Fraction(1, 3): ((_HALF, 3),),
    Fraction(5, 12): ((Fraction(1, 4), 6), (Fraction(1, 4), 2)),
    _HALF: ((Fraction(1), 1),),
}
_ARCSINES = {Fraction(0): Fraction(0), _HALF: Fraction(1, 6), Fraction(1): _HALF}
_ARCTANGENTS = {Fraction(0): Fraction(0), Fraction(1): Fraction(1, 4)}


class Trigonometry(Roots):
    """A field with trigonometric and hyperbolic kernels."""

    def pi(self) -> Poly:
        """The constant pi."""
        return self.kernel("pi", "", lambda: Kernel("pi:", "pi", None, 0, None, Fraction(3), Fraction(22, 7)))

    def sin_cos(self, a: Frac) -> tuple[Frac, Frac]:
        """Sine and cosine of a sum of monomials."""
        s, c = F_ZERO, F_ONE
        for coefficient, monomial, bottom in self.pieces(a):
            s2, c2 = self._piece(coefficient, monomial, bottom)
            s, c = self._sum((s, c), (s2, c2))
        return s, c

    def _sum(self, a: tuple[Frac, Frac], b: tuple[Frac, Frac]) -> tuple[Frac, Frac]:
        sine = self.add(self.mul(a[0], b[1]), self.mul(a[1], b[0]))
        cosine = self.sub(self.mul(a[1], b[1]), self.mul(a[0], b[0]))
        return sine, cosine

    def _piece(self, c: Fraction, monomial: Poly, bottom: Poly) -> tuple[Frac, Frac]:
        kernel = self.single(monomial) if bottom.is_one() else None
        if kernel is not None and kernel.sort == "pi":
            exact = self._turn(c)
            if exact is not None:
                return exact
        if kernel is not None and kernel.sort in ("arcsin", "arctan") and c.denominator == 1:
            return self._multiple(self._undone(kernel), int(c))
        if self.complexes:
            turned = self._imaginary_angle(c, monomial, bottom)
            if turned is not None:
                return turned
        key = f"{spelled(monomial)}|{spelled(bottom)}"
        unit = self.learn_unit(f"sin:{key}", c)
        if abs(c) > _MAX_MULTIPLE * unit:  # an angle of its own
            key, unit = f"{abs(c)}*{key}", abs(c)
        real = self.is_real(Frac(monomial, bottom))
        ends = (Fraction(-1), Fraction(1))
        data = (monomial, bottom, unit)

        def wave(name: str, order: int = 0, value: Frac | None = None) -> Poly:
            make = lambda: Kernel(f"{name}:{key}", name, data, order, value, *ends, real=real)  # noqa: E731
            return self.kernel(name, key, make)

        cosine = wave("cos")
        sine = wave("sin", 2, Frac(1 - cosine * cosine, POLY_ONE))
        return self._multiple((Frac(sine, POLY_ONE), Frac(cosine, POLY_ONE)), int(c / unit))

    def _imaginary_angle(self, c: Fraction, monomial: Poly, bottom: Poly) -> tuple[Frac, Frac] | None:
        """sin(i t) = i sinh t and cos(i t) = cosh t."""
        i = self.imaginary()
        if monomial.degrees()[i.degrees().index(1)] != 1:
            return None
        s, co = self.hyperbolic(self.scale(Frac(monomial / i, bottom), c))
        return self.mul(Frac(i, POLY_ONE), s), co

    def _undone(self, kernel: Kernel) -> tuple[Frac, Frac]:
        """sin and cos of arcsin(b) or arctan(b)."""
        b: Frac = kernel.data
        square = self.mul(b, b)
        if kernel.sort == "arcsin":
            return b, self.root(self.sub(F_ONE, square), _HALF)
        below = self.div(F_ONE, self.root(self.add(F_ONE, square), _HALF))
        return self.mul(b, below), below

    def _multiple(self, one: tuple[Frac, Frac], n: int) -> tuple[Frac, Frac]:
        if abs(n) > _MAX_MULTIPLE:
            raise Beyond
        s, c = one
        if n < 0:
            s, n = self.scale(s, Fraction(-1)), -n
        total = (F_ZERO, F_ONE)
        for _ in range(n):
            total = self._sum(total, (s, c))
        return total

    def _turn(self, c: Fraction) -> tuple[Frac, Frac] | None:
        """Sine and cosine of c pi where they are sums of square roots."""
        if (c * 12).denominator != 1:
            return None
        return self._sine_of_turn(c), self._sine_of_turn(c + _HALF)

    def _sine_of_turn(self, c: Fraction) -> Frac:
        c %= 2
        sign = 1
        if c >= 1:
            c, sign = c - 1, -1
        if c > _HALF:
            c = 1 - c
        total = F_ZERO
        for coefficient, radicand in _SINES[c]:
            root = self.root(constant(radicand), _HALF)
            total = self.add(total, self.scale(root, coefficient * sign))
        return total

    def hyperbolic(self, a: Frac) -> tuple[Frac, Frac]:
        """sinh and cosh, by exponentials."""
        up = self.exp(a)
        down = self.div(F_ONE, up)
        return self.scale(self.sub(up, down), _HALF), self.scale(self.add(up, down), _HALF)

    def arc(self, sort: str, a: Frac) -> Frac:
        """arcsin or arctan: odd, exact at a few places."""
        exact = rational(a)
        table = _ARCSINES if sort == "arcsin" else _ARCTANGENTS
        if exact is not None and abs(exact) in table:
            turn = table[abs(exact)] * (-1 if exact < 0 else 1)
            return self.scale(Frac(self.pi(), POLY_ONE), turn)
        if a.top.leading_coefficient() < 0:
            inner = self.arc(sort, self.scale(a, Fraction(-1)))
            return self.scale(inner, Fraction(-1))
        key = key_of(a)
        return Frac(self.kernel(sort, key, lambda: Kernel(f"{sort}:{key}", sort, a)), POLY_ONE)
