"""Exponentials, logarithms, roots and absolute values as kernels with relations.

All of them are brought to exp of monomials and logarithms of irreducible factors: sqrt(x) of an x >= 0 is
exp(ln(x)/2), so roots, powers with symbols in the exponent and exponentials are one mechanism.
`ln f` of an irreducible factor means ln|f|; that is right wherever the logarithm has a value.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import prod
from typing import Any

from flint import fmpz

from grader.equivalence.field import (
    F_ONE,
    F_ZERO,
    POLY_ONE,
    Beyond,
    Field,
    Frac,
    Kernel,
    Poly,
    constant,
    key_of,
    rational,
    terms_of,
)
from grader.equivalence.signs import sign_of

_MAX_EXPONENT = 2000
_MINUS_ONE = constant(-1)


class Kernels(Field):
    """A field with the elementary kernels."""

    def __init__(self, complexes: bool = False) -> None:
        super().__init__(complexes)
        self._signs: dict[str, int] = {}
        self._factors: dict[str, tuple[Fraction, list[tuple[Poly, int]]]] = {}

    def forget(self) -> None:
        """Signs and factors hold for one meaning of the kernels."""
        self._signs.clear()
        self._factors.clear()

    # -- factors and signs --------------------------------------------------------------------

    def factors(self, poly: Poly) -> tuple[Fraction, list[tuple[Poly, int]]]:
        """A constant and irreducible factors with their powers."""
        key = str(poly)
        found = self._factors.get(key)
        if found is None:
            if poly.total_degree() > 40 or len(poly) > 400:
                raise Beyond
            c, parts = poly.factor()
            found = (Fraction(int(c.numerator), int(c.denominator)), [(f, int(n)) for f, n in parts])
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
        key = str(poly)
        found = self._signs.get(key)
        if found is None:
            if key in self.nonnegative:
                found = 1
            elif str(-poly) in self.nonnegative:
                found = -1
            else:
                found = sign_of(poly, self.kernels)
            self._signs[key] = found
        return found

    # -- exponentials -------------------------------------------------------------------------

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
        return self._unit(f"{monomial}|{bottom}", c, monomial, None)

    def _imaginary_piece(self, c: Fraction, monomial: Poly, bottom: Poly) -> Frac | None:
        i = self.imaginary()
        if monomial.degrees()[i.degrees().index(1)] != 1:
            return None
        rest = self.scale(Frac(monomial / i, bottom), c)
        s, co = self.sin_cos(rest)
        return self.add(co, self.mul(Frac(i, POLY_ONE), s))

    def sin_cos(self, a: Frac) -> tuple[Frac, Frac]:
        """Sine and cosine (see `trigonometry`)."""
        raise NotImplementedError

    def imaginary(self) -> Poly:
        """The imaginary unit."""
        return self.kernel("i", "", lambda: Kernel("i:", "i", None, 2, _MINUS_ONE))

    def _unit(self, key: str, c: Fraction, monomial: Poly, value: Frac | None) -> Frac:
        """exp(c m) as a power of the kernel exp(m/q); `value` is exp(m) where that is known."""
        q = self.learn_scale(key, c.denominator)
        n = c * q
        if abs(n) > _MAX_EXPONENT:
            raise Beyond
        order = q if value is not None else self._order_of_unit(monomial, q)
        known = value if value is not None else (F_ONE if order else None)

        def make() -> Kernel:
            low = Fraction(0) if order == 0 or value is not None else None
            return Kernel(f"exp:{key}", "exp", (monomial, q), order, known, low, None, value is None)

        gen = self.kernel("exp", key, make)
        power = int(n)
        if power >= 0:
            return self.clean(gen**power, POLY_ONE)
        return self.clean(POLY_ONE, gen**-power)

    def _order_of_unit(self, monomial: Poly, q: int) -> int:
        """(-1)^n with an integer n has square 1."""
        used = [self.kernels[i] for i, d in enumerate(monomial.degrees()) if d]
        if not any(k.sort == "flog" and k.data == -1 for k in used):
            return 0
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
        return self._unit(f"{gen}|1", c, gen, base)

    # -- logarithms ---------------------------------------------------------------------------

    def ln(self, a: Frac) -> Frac:
        """ln a, split over the factors of a."""
        if a.top == 0:
            raise Beyond
        if self.complexes and not self._surely_positive(a):
            return Frac(self.kernel("cln", key_of(a)), POLY_ONE)
        c, parts = self.split(a)
        total = self._ln_rational(abs(c))
        for f, n in parts:
            total = self.add(total, self.scale(self._ln_factor(f, "ln"), Fraction(n)))
        return total

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
        return self.kernel(sort, str(f), lambda: Kernel(f"{sort}:{f}", sort, f))

    def _ln_factor(self, f: Poly, sort: str) -> Frac:
        kernel = self.single(f)
        if kernel is not None and kernel.sort == "exp":
            monomial, q = kernel.data
            bottom = self._bottom_of(kernel)
            return self.scale(Frac(monomial, bottom), Fraction(1, q))
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
        c, parts = self.split(base)
        total = self._ln_rational(abs(c))
        if c < 0:
            gen = self.kernel("flog", "-1", lambda: Kernel("flog:-1", "flog", -1))
            total = self.add(total, Frac(gen, POLY_ONE))
        for f, n in parts:
            total = self.add(total, self.scale(self._ln_factor(f, "flog"), Fraction(n)))
        return self.exp(self.mul(exponent, total))

    # -- absolute values and roots ------------------------------------------------------------

    def absolute(self, a: Frac) -> Frac:
        """|a|, spread over the factors of a."""
        if a.top == 0:
            return F_ZERO
        if self.complexes:
            return Frac(self.kernel("cabs", key_of(a)), POLY_ONE)
        c, parts = self.split(a)
        total = constant(abs(c))
        for f, n in parts:
            total = self.mul(total, self.power(self._abs_factor(f, n), n))
        return total

    def _abs_factor(self, f: Poly, n: int) -> Frac:
        s = self.sign(f) if n % 2 else 1
        if s:
            return Frac(f * s, POLY_ONE)

        def make() -> Kernel:
            return Kernel(f"abs:{f}", "abs", f, 2, Frac(f * f, POLY_ONE), Fraction(0))

        return Frac(self.kernel("abs", str(f), make), POLY_ONE)

    def root(self, a: Frac, power: Fraction) -> Frac:
        """a^(p/q) for a literal fraction: real roots (odd ones of negative numbers too)."""
        if a.top == 0:
            return F_ZERO
        exact = rational(a)
        if exact is not None and exact == 1:
            return F_ONE
        if power.denominator % 2:
            return self._odd_root(a, power)
        return self._even_root(a, power)

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
        key = f"{f}"
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
            monomial, q = kernel.data
            return self._exp_piece(c / q, monomial, self._bottom_of(kernel))
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
        key = str(radicand)
        q = self.learn_scale(f"root:{key}", power.denominator)
        low = None if self.complexes else Fraction(0)
        make = lambda: Kernel(f"root:{key}", "root", radicand, q, Frac(radicand, POLY_ONE), low)  # noqa: E731
        gen = self.kernel("root", key, make)
        return self.power(Frac(gen, POLY_ONE), int(power * q))


def prime_powers(n: int) -> list[tuple[int, int]]:
    """The prime factors of a positive integer; one too large to factor stands as it is."""
    if n == 1:
        return []
    if n.bit_length() > 100:
        return [(n, 1)]
    return [(int(p), int(e)) for p, e in fmpz(n).factor()]
