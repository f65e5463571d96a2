"""Exponentials and logarithms as kernels.

Exponentials are of monomials, logarithms of irreducible factors: sqrt(x) of an x >= 0 is exp(ln(x)/2), so
roots, powers with symbols in the exponent and exponentials are one mechanism. `ln f` of an irreducible
factor means ln|f|; that is right wherever the logarithm has a value.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from grader.equivalence.factoring import Factors, prime_powers
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
    spelled,
    terms_of,
)
from grader.equivalence.signs import all_real

_MAX_EXPONENT = 2000
_MINUS_ONE = constant(-1)


class Exponentials(Factors):
    """A field with exponentials, logarithms and powers."""

    def exp(self, a: Frac) -> Frac:
        """e^a."""
        total = F_ONE
        for c, monomial, bottom in self.pieces(a):
            total = self.mul(total, self._exp_piece(c, monomial, bottom))
        return total

    def pieces(self, a: Frac) -> Iterator[tuple[Fraction, Poly, Poly]]:
        """A quotient as a sum of c m / d with monomials m."""
        if not a.bottom.is_one():
            whole, rest = divmod(a.top, a.bottom)
            for c, monomial in terms_of(whole) if whole != 0 else ():
                yield c, monomial, POLY_ONE
            for c, monomial in terms_of(rest) if rest != 0 else ():
                yield c, monomial, a.bottom
            return
        for c, monomial in terms_of(a.top) if a.top != 0 else ():
            yield c, monomial, a.bottom

    def _exp_piece(self, c: Fraction, monomial: Poly, bottom: Poly) -> Frac:
        kernel = self.single(monomial) if bottom.is_one() else None
        if kernel is not None and kernel.sort in ("ln", "flog"):
            return self.log_power(kernel, monomial, c)
        if self.complexes:
            turned = self._imaginary_piece(c, monomial, bottom)
            if turned is not None:
                return turned
        return self._unit(f"{spelled(monomial)}|{spelled(bottom)}", c, monomial, None)

    def _imaginary_piece(self, c: Fraction, monomial: Poly, bottom: Poly) -> Frac | None:
        i = self.imaginary()
        if monomial.degrees()[i.degrees().index(1)] != 1:
            return None
        rest = self.scale(Frac(monomial / i, bottom), c)
        s, co = self.sin_cos(rest)  # also for a complex rest
        return self.add(co, self.mul(Frac(i, POLY_ONE), s))

    def sin_cos(self, a: Frac) -> tuple[Frac, Frac]:
        """Sine and cosine (see `trigonometry`)."""
        raise NotImplementedError

    def imaginary(self) -> Poly:
        """The imaginary unit."""
        return self.kernel("i", "", lambda: Kernel("i:", "i", None, 2, _MINUS_ONE, real=False))

    def _unit(self, key: str, c: Fraction, monomial: Poly, value: Frac | None) -> Frac:
        """exp(c m) as a power of the kernel exp(u m); `value` is exp(m) where that is known (and u = 1/q)."""
        unit = Fraction(1, self.learn_scale(key, c.denominator))
        n = c / unit
        if abs(n) > _MAX_EXPONENT:
            if value is not None or self._is_sign(monomial):
                raise Beyond
            key, unit, n = f"{abs(c)}*{key}", abs(c), c / abs(c)  # an exponential of its own
        order = unit.denominator if value is not None else self._order_of_unit(monomial, unit.denominator)
        known = value if value is not None else (F_ONE if order else None)

        def make() -> Kernel:
            low = Fraction(0) if order == 0 or value is not None else None
            real = all_real(monomial, self.kernels)
            data = (monomial, unit)
            return Kernel(f"exp:{key}", "exp", data, order, known, low, None, value is None, real=real)

        gen = self.kernel("exp", key, make)
        power = int(n)
        if power >= 0:
            return self.clean(gen**power, POLY_ONE)
        return self.clean(POLY_ONE, gen**-power)

    def _is_sign(self, monomial: Poly) -> bool:
        """Whether a monomial holds the logarithm of -1."""
        used = [self.kernels[i] for i, d in enumerate(monomial.degrees()) if d]
        return any(k.sort == "flog" and k.data == -1 for k in used)

    def _order_of_unit(self, monomial: Poly, q: int) -> int:
        """(-1)^n with an integer n has square 1."""
        if not self._is_sign(monomial):
            return 0
        used = [self.kernels[i] for i, d in enumerate(monomial.degrees()) if d]
        whole = all(k.sort == "flog" or (k.sort == "symbol" and k.data) for k in used)
        return 2 if whole and q == 1 else 0

    def log_power(self, kernel: Kernel, gen: Poly, c: Fraction) -> Frac:
        """exp(c ln f) = f^c for a logarithm kernel (|f| where the sign is open)."""
        if kernel.data == -1:
            if c.denominator == 1:
                return F_ONE if c % 2 == 0 else _MINUS_ONE
            raise Beyond
        base = Frac(kernel.data, POLY_ONE)
        if kernel.sort == "ln":
            base = self.absolute(base)
        if c.denominator == 1:
            return self.power(base, int(c))
        return self._unit(f"{spelled(gen)}|1", c, gen, base)

    def ln(self, a: Frac) -> Frac:
        """ln a, split over the factors of a."""
        if a.top == 0:
            raise Beyond
        if self.complexes and not self._surely_positive(a):
            return Frac(self.kernel("cln", key_of(a)), POLY_ONE)  # only for a > 0 is it a sum over factors
        c, parts = self.split(a)
        self._note_sign(c, parts)
        total = self._ln_rational(abs(c))
        for f, n in parts:
            total = self.add(total, self.scale(self._ln_factor(f, "ln"), Fraction(n)))
        return total

    def _note_sign(self, c: Fraction, parts: list[tuple[Poly, int]]) -> None:
        """The one factor of unknown sign is such that the argument is positive, or there is no logarithm."""
        if self.complexes:
            return
        sign, open_ones = (1 if c > 0 else -1), []
        for f, n in parts:
            if n % 2 == 0:
                continue
            known = self.sign(f)
            if known:
                sign *= known
            else:
                open_ones.append(f)
        if len(open_ones) == 1 and len(open_ones[0]) > 1:
            self.learn_nonnegative(open_ones[0] * sign)

    def _surely_positive(self, a: Frac) -> bool:
        c, parts = self.split(a)
        return c > 0 and all(self.sign(f) == 1 for f, _ in parts)

    def _ln_rational(self, c: Fraction) -> Frac:
        total = F_ZERO
        for n, way in ((c.numerator, 1), (c.denominator, -1)):
            for p, e in prime_powers(n):
                gen = self._log_kernel(constant(p).top, "ln")
                total = self.add(total, self.scale(Frac(gen, POLY_ONE), Fraction(way * e)))
        return total

    def _log_kernel(self, f: Poly, sort: str) -> Poly:
        key = spelled(f)
        return self.kernel(sort, key, lambda: Kernel(f"{sort}:{key}", sort, f))

    def _ln_factor(self, f: Poly, sort: str) -> Frac:
        kernel = self.single(f)
        if kernel is not None and kernel.sort == "exp":
            monomial, unit = kernel.data
            return self.scale(Frac(monomial, self._bottom_of(kernel)), unit)
        if kernel is not None and kernel.sort in ("root", "oddroot"):
            return self.scale(self.ln(Frac(kernel.data, POLY_ONE)), Fraction(1, kernel.order))
        if kernel is not None and kernel.sort == "abs":
            return Frac(self._log_kernel(kernel.data, "ln"), POLY_ONE)
        if sort == "flog" and self.sign(f) == 1:
            sort = "ln"
        return Frac(self._log_kernel(f, sort), POLY_ONE)

    def _bottom_of(self, kernel: Kernel) -> Poly:
        if not kernel.key.endswith("|1"):
            raise Beyond
        return POLY_ONE

    def formal_power(self, base: Frac, exponent: Frac) -> Frac:
        """base^exponent with symbols in the exponent, spread over the factors of the base."""
        if self.complexes and not self._surely_positive(base):
            return Frac(self.kernel("cpow", f"{key_of(base)}^{key_of(exponent)}"), POLY_ONE)
        c, parts = self.split(base)
        total = self._ln_rational(abs(c))
        if c < 0:
            gen = self.kernel("flog", "-1", lambda: Kernel("flog:-1", "flog", -1))
            total = self.add(total, Frac(gen, POLY_ONE))
        for f, n in parts:
            total = self.add(total, self.scale(self._ln_factor(f, "flog"), Fraction(n)))
        return self.exp(self.mul(exponent, total))

    def absolute(self, a: Frac) -> Frac:
        """|a| (see `roots`)."""
        raise NotImplementedError
