"""Rational functions over kernels: the arithmetic under the normal form.

A kernel is a symbol, an exponential, a logarithm, a root ... that is treated as a variable of its own.
An algebraic kernel k carries a relation k^q = value, by which powers are brought below q. Polynomials are
FLINT's `fmpq_mpoly`. What is learnt on the way (a kernel is needed as exp(m/6), a radicand cannot be
negative) restarts the computation, since it changes what the kernels mean.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from typing import Any, NamedTuple, TypeVar

from flint import Ordering, fmpq, fmpq_mpoly_ctx

SLOTS = 20
MAX_POWER = 64
MAX_TERMS = 3000
_T = TypeVar("_T")
_CONTEXT = fmpq_mpoly_ctx.get(("k", SLOTS), Ordering.lex)
_GENS = _CONTEXT.gens()
_NAMES = tuple(f"k{slot}" for slot in range(SLOTS))
POLY_ONE = _CONTEXT.constant(1)
POLY_ZERO = _CONTEXT.constant(0)
Poly = Any


class Frac(NamedTuple):
    """A quotient of polynomials in the kernels."""

    top: Poly
    bottom: Poly


F_ZERO = Frac(POLY_ZERO, POLY_ONE)
F_ONE = Frac(POLY_ONE, POLY_ONE)


class Beyond(Exception):
    """Over a budget (kernels, powers, terms), or a node without a normal form."""


class _Restart(Exception):
    """Something was learnt that changes the kernels."""


@dataclass(slots=True)
class Kernel:
    """One variable: its key, its sort, what it was made of, its relation and its bounds."""

    key: str
    sort: str
    data: Any = None
    order: int = 0
    value: Frac | None = None  # kernel^order = value
    low: Fraction | None = None
    high: Fraction | None = None
    open_low: bool = False
    open_high: bool = False
    real: bool = True


# Kernels of other sorts may be complex where complex numbers occur, unless they are made as real ones.
_REAL_SORTS = frozenset(["pi", "ln", "abs", "cabs", "re", "im", "arg", "norm", "floor", "sign"])


def constant(value: int | Fraction | fmpq) -> Frac:
    """A rational number."""
    if isinstance(value, Fraction):
        value = fmpq(value.numerator, value.denominator)
    return Frac(_CONTEXT.constant(value), POLY_ONE)


class Field:
    """The kernels of one comparison, and arithmetic that respects their relations."""

    def __init__(self, complexes: bool = False) -> None:
        self.complexes = complexes
        self.slots: dict[str, int] = {}
        self.scales: dict[str, int] = {}
        self.units: dict[str, Fraction] = {}
        self.nonnegative: set[str] = set()
        self.kernels: dict[int, Kernel] = {}
        self.relations: list[int] = []
        self.lowest = 0  # of the orders of the relations

    def attempt(self, work: Callable[[], _T]) -> _T:
        """Runs the work again until nothing new is learnt; raises `Beyond` after a dozen times."""
        for _ in range(12):
            self.kernels = {}
            self.relations = []
            self.forget()
            try:
                return work()
            except _Restart:
                continue
        raise Beyond

    def forget(self) -> None:
        """Drops what was computed under the old meaning of the kernels."""

    def learn_scale(self, key: str, denominator: int) -> int:
        """The unit 1/q in which a kernel is counted; restarts if it has to become finer."""
        scale = self.scales.get(key, 1)
        if scale % denominator:
            self.scales[key] = lcm(scale, denominator)
            if self.scales[key] > 120:
                raise Beyond
            raise _Restart
        return scale

    def learn_unit(self, key: str, c: Fraction) -> Fraction:
        """The unit u in which multiples c of an angle are counted; restarts where it gets finer."""
        unit = self.units.get(key)
        if unit is None:
            unit = self.units[key] = abs(c)
        if (c / unit).denominator == 1:
            return unit
        finer = Fraction(
            gcd(c.numerator * unit.denominator, unit.numerator * c.denominator),
            c.denominator * unit.denominator,
        )
        self.units[key] = finer
        if finer.denominator > 240:
            raise Beyond
        raise _Restart

    def learn_nonnegative(self, poly: Poly) -> None:
        """The polynomial is not negative wherever the trees have a value."""
        key = spelled(poly)
        if key not in self.nonnegative:
            self.nonnegative.add(key)
            raise _Restart

    def kernel(self, sort: str, key: str, make: Callable[[], Kernel] | None = None) -> Poly:
        """The variable of a kernel; `make` says what it is when it is met first."""
        full = f"{sort}:{key}"
        slot = self.slots.get(full)
        if slot is None:
            slot = len(self.slots)
            if slot >= SLOTS:
                raise Beyond
            self.slots[full] = slot
        if slot not in self.kernels:
            made = make() if make is not None else Kernel(full, sort)
            if self.complexes:
                made.real &= make is not None or sort in _REAL_SORTS
                if not made.real:
                    made.low = made.high = None
            self.kernels[slot] = made
            if made.order:
                self.lowest = min(made.order, self.lowest) if self.relations else made.order
                self.relations.append(slot)
        return _GENS[slot]

    def single(self, poly: Poly) -> Kernel | None:
        """The kernel that a polynomial consists of, if it is one variable and nothing else."""
        if len(poly) != 1 or poly.total_degree() != 1 or poly.leading_coefficient() != 1:
            return None
        return self.kernels[poly.degrees().index(1)]

    # -- arithmetic ---------------------------------------------------------------------------

    def clean(self, top: Poly, bottom: Poly) -> Frac:
        """Powers reduced by the relations, common factors divided out, a monic denominator."""
        if self.relations:
            top, bottom = self._reduced(top, bottom)
        if len(top) + len(bottom) > MAX_TERMS:
            raise Beyond
        if not bottom:
            raise Beyond
        if not top:
            return F_ZERO
        if bottom.is_one():
            return Frac(top, POLY_ONE)
        if bottom.is_constant():
            lead = bottom.leading_coefficient()
            return Frac(top if lead == 1 else top / lead, POLY_ONE)
        common = top.gcd(bottom)
        if not common.is_one():
            top, bottom = top / common, bottom / common
        lead = bottom.leading_coefficient()
        return Frac(top, bottom) if lead == 1 else Frac(top / lead, bottom / lead)

    def _reduced(self, top: Poly, bottom: Poly) -> tuple[Poly, Poly]:
        for _ in range(40):
            slot = self._reducible(top)
            if slot is not None:
                value = self._reduce(top, slot)
                top, bottom = value.top, bottom * value.bottom
                continue
            slot = self._reducible(bottom)
            if slot is None:
                return top, bottom
            value = self._reduce(bottom, slot)
            top, bottom = top * value.bottom, value.top
        raise Beyond

    def _reducible(self, poly: Poly) -> int | None:
        if poly.total_degree() < self.lowest:
            return None
        degrees = poly.degrees()
        for slot in self.relations:
            if degrees[slot] >= self.kernels[slot].order:
                return slot
        return None

    def _reduce(self, poly: Poly, slot: int) -> Frac:
        """The polynomial with k^(n q + r) written as value^n k^r."""
        kernel = self.kernels[slot]
        assert kernel.value is not None
        groups: dict[int, dict[tuple[int, ...], Any]] = {}
        for exponents, c in zip(poly.monoms(), poly.coeffs(), strict=True):
            turns, rest = divmod(int(exponents[slot]), kernel.order)
            lowered = (*exponents[:slot], rest, *exponents[slot + 1 :])
            groups.setdefault(turns, {})[lowered] = c
        most = max(groups)
        total = POLY_ZERO
        for turns, terms in groups.items():
            part = _CONTEXT.from_dict(terms)
            total = total + part * kernel.value.top**turns * kernel.value.bottom ** (most - turns)
            if len(total) > MAX_TERMS:
                raise Beyond
        return Frac(total, kernel.value.bottom**most)

    def add(self, a: Frac, b: Frac) -> Frac:
        """a + b."""
        if a.bottom == b.bottom:
            return self.clean(a.top + b.top, a.bottom)
        top = _times(a.top, b.bottom) + _times(b.top, a.bottom)
        return self.clean(top, _times(a.bottom, b.bottom))

    def sub(self, a: Frac, b: Frac) -> Frac:
        """a - b."""
        return self.add(a, Frac(-b.top, b.bottom))

    def mul(self, a: Frac, b: Frac) -> Frac:
        """a b."""
        if len(a.top) * len(b.top) > 20_000:
            raise Beyond
        return self.clean(_times(a.top, b.top), _times(a.bottom, b.bottom))

    def div(self, a: Frac, b: Frac) -> Frac:
        """a / b; raises `Beyond` where b is 0."""
        return self.clean(_times(a.top, b.bottom), _times(a.bottom, b.top))

    def power(self, a: Frac, n: int) -> Frac:
        """a^n for an integer n."""
        terms = max(len(a.top), len(a.bottom))
        if abs(n) > (MAX_POWER if terms > 1 else 100_000) or (terms > 1 and abs(n) * terms > 600):
            raise Beyond
        if abs(n) > 2000 and a.top.is_constant() and not a.top.is_one():
            raise Beyond
        if n >= 0:
            return self.clean(a.top**n, a.bottom**n)
        if a.top == 0:
            raise Beyond
        return self.clean(a.bottom**-n, a.top**-n)

    def scale(self, a: Frac, c: Fraction) -> Frac:
        """c a."""
        return Frac(a.top * fmpq(c.numerator, c.denominator), a.bottom)


def _times(p: Poly, q: Poly) -> Poly:
    """The product; most denominators are 1, and FLINT takes a microsecond to multiply by it."""
    return q if p.is_one() else p if q.is_one() else p * q


def key_of(a: Frac) -> str:
    """The canonical spelling of a quotient, within one field."""
    return spelled(a.top) if a.bottom.is_one() else f"({spelled(a.top)})/({spelled(a.bottom)})"


def spelled(poly: Poly) -> str:
    """The canonical spelling of a polynomial: `k0^2 - 3*k1` (FLINT's own leaks in python-flint 0.9)."""
    text = ""
    for exponents, c in zip(poly.monoms(), poly.coeffs(), strict=True):
        negative = c < 0
        size = -c if negative else c
        name = _monomial(exponents)
        sign = (" - " if negative else " + ") if text else ("-" if negative else "")
        text += sign + (name if name and size == 1 else f"{size}*{name}" if name else str(size))
    return text or "0"


@lru_cache(maxsize=4096)
def _monomial(exponents: tuple[int, ...]) -> str:
    return "*".join([_NAMES[i] if e == 1 else f"{_NAMES[i]}^{e}" for i, e in enumerate(exponents) if e])


def rational(a: Frac) -> Fraction | None:
    """The rational number that a quotient is, if it is one."""
    if not a.top.is_constant() or not a.bottom.is_one():
        return None
    if a.top == 0:
        return Fraction(0)
    c = a.top.leading_coefficient()
    return Fraction(int(c.numerator), int(c.denominator))


def terms_of(poly: Poly) -> list[tuple[Fraction, Poly]]:
    """Coefficient and monomial of every term."""
    return [
        (Fraction(int(c.numerator), int(c.denominator)), _CONTEXT.from_dict({exponents: 1}))
        for exponents, c in zip(poly.monoms(), poly.coeffs(), strict=True)
    ]


def from_terms(terms: dict[tuple[int, ...], Any]) -> Poly:
    """A polynomial by exponents."""
    return _CONTEXT.from_dict(terms)
