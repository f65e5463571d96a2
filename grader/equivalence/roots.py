"""Absolute values and roots as kernels with relations: |f|^2 = f^2, r^q = f."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from typing import Any

from grader.equivalence.exponentials import Exponentials
from grader.equivalence.factoring import prime_powers
from grader.equivalence.field import (
    F_ONE,
    F_ZERO,
    POLY_ONE,
    Beyond,
    Frac,
    Kernel,
    Poly,
    constant,
    from_terms,
    key_of,
    rational,
    spelled,
)

_MINUS_ONE = constant(-1)


class Roots(Exponentials):
    """A field with absolute values and roots."""

    def absolute(self, a: Frac) -> Frac:
        """|a|, spread over the factors of a."""
        if a.top == 0:
            return F_ZERO
        if not self.is_real(a):
            return self._modulus(a)
        c, parts = self.split(a)
        total = constant(abs(c))
        for f, n in parts:
            total = self.mul(total, self.power(self._abs_factor(f, n), n))
        return total

    def _modulus(self, a: Frac) -> Frac:
        """|a| of a complex number: the root of a times its conjugate, where that is known."""
        turned = self.conjugate(a)
        if turned is not None:
            square = self.mul(a, turned)
            if self.is_real(square):
                return self._even_root(square, Fraction(1, 2))
        return Frac(self.kernel("cabs", key_of(a)), POLY_ONE)

    def conjugate(self, a: Frac) -> Frac | None:
        """The conjugate of a quotient in i and real kernels; None for others."""
        used = [self.kernels[k] for poly in a for k, d in enumerate(poly.degrees()) if d]
        if any(not k.real and k.sort != "i" for k in used):
            return None
        if all(k.real for k in used):
            return a
        slot = self.imaginary().degrees().index(1)
        top, bottom = (from_terms({e: (-c if e[slot] % 2 else c) for e, c in p.terms()}) for p in a)
        return self.clean(top, bottom)

    def _abs_factor(self, f: Poly, n: int) -> Frac:
        s = self.sign(f) if n % 2 else 1
        if s:
            return Frac(f * s, POLY_ONE)

        def make() -> Kernel:
            return Kernel(f"abs:{spelled(f)}", "abs", f, 2, Frac(f * f, POLY_ONE), Fraction(0))

        return Frac(self.kernel("abs", spelled(f), make), POLY_ONE)

    def root(self, a: Frac, power: Fraction) -> Frac:
        """a^(p/q) for a literal fraction: real roots (odd ones of negative numbers too)."""
        if a.top == 0:
            return F_ZERO
        exact = rational(a)
        if exact is not None and exact == 1:
            return F_ONE
        if not self.is_real(a):
            return self._complex_root(a, power)
        if power.denominator % 2:
            return self._odd_root(a, power)
        return self._even_root(a, power)

    def _complex_root(self, a: Frac, power: Fraction) -> Frac:
        """The principal root: nothing is drawn out of it but a power of itself."""
        key = key_of(a)
        q = self.learn_scale(f"croot:{key}", power.denominator)
        gen = self.kernel("croot", key, lambda: Kernel(f"croot:{key}", "root", None, q, a, real=False))
        return self.power(Frac(gen, POLY_ONE), int(power * q))

    def _odd_root(self, a: Frac, power: Fraction) -> Frac:
        c, parts = self.split(a)
        total = self._rational_root(abs(c), power)
        if c < 0 and power.numerator % 2:
            total = self.mul(total, _MINUS_ONE)
        for f, n in parts:
            total = self.mul(total, self._odd_factor(f, n * power))
        return total

    def _odd_factor(self, f: Poly, c: Fraction) -> Frac:
        if c.denominator == 1:
            return self.power(Frac(f, POLY_ONE), int(c))
        if self.sign(f) == 1:
            return self._log_root(f, c)
        if c.denominator % 2 == 0:
            raise Beyond
        key = spelled(f)
        q = self.learn_scale(f"oddroot:{key}", c.denominator)
        make = lambda: Kernel(f"oddroot:{key}", "oddroot", f, q, Frac(f, POLY_ONE))  # noqa: E731
        gen = self.kernel("oddroot", key, make)
        return self.power(Frac(gen, POLY_ONE), int(c * q))

    def _rational_root(self, c: Fraction, power: Fraction) -> Frac:
        total = F_ONE
        for n, way in ((c.numerator, 1), (c.denominator, -1)):
            for p, e in prime_powers(n):
                total = self.mul(total, self._log_root(constant(p).top, way * e * power))
        return total

    def _log_root(self, f: Poly, c: Fraction) -> Frac:
        """|f|^c."""
        kernel = self.single(f)
        if kernel is not None and kernel.sort == "exp":
            monomial, unit = kernel.data
            return self._exp_piece(c * unit, monomial, self._bottom_of(kernel))
        gen = self._log_kernel(f, "ln")
        log = self.single(gen)
        assert log is not None
        return self.log_power(log, gen, c)

    def _even_root(self, a: Frac, power: Fraction) -> Frac:
        c, parts = self.split(a)
        total = self._rational_root(abs(c), power)
        negative = c < 0
        group: list[Poly] = []
        for f, n in parts:
            s = self.sign(f)
            if n % 2 == 0:
                total = self.mul(total, self._even_part(f, n * power))
            elif s == 0:
                group.append(f)
                total = self.mul(total, self._even_part(f, (n - 1) * power)) if n != 1 else total
            else:
                negative ^= s < 0
                total = self.mul(total, self._log_root(f, n * power))
        return self.mul(total, self._group_root(group, negative, power)) if group or negative else total

    def _even_part(self, f: Poly, c: Fraction) -> Frac:
        if c.denominator == 1:
            return self.power(self._abs_factor(f, 1), int(c))
        return self._log_root(f, c)

    def _group_root(self, group: list[Poly], negative: bool, power: Fraction) -> Frac:
        """The root of what is left: factors of unknown sign stay together."""
        if not group:
            if self.complexes and power.denominator == 2:
                return self.power(Frac(self.imaginary(), POLY_ONE), power.numerator)
            raise Beyond
        radicand: Any = prod(group[1:], start=group[0])
        if negative:
            radicand = -radicand
        if len(group) == 1 and not self.complexes:
            self.learn_nonnegative(radicand)
        key = spelled(radicand)
        q = self.learn_scale(f"root:{key}", power.denominator)
        real = not self.complexes
        low = Fraction(0) if real else None
        value = Frac(radicand, POLY_ONE)
        make = lambda: Kernel(f"root:{key}", "root", radicand, q, value, low, real=real)  # noqa: E731
        gen = self.kernel("root", key, make)
        return self.power(Frac(gen, POLY_ONE), int(power * q))
