"""Arithmetic on exact rationals and balls: one function an operation.

A scalar is a `fmpq` while it is exact, else an `arb` (real ball) or `acb` (complex ball). What has no
value raises `Undefined`; a ball too wide to tell raises `Unclear`, and more bits may help.
Ball arithmetic: F. Johansson, "Arb: efficient arbitrary-precision midpoint-radius interval
arithmetic" (2017).
"""

from __future__ import annotations

from typing import Any

from flint import acb, arb, fmpq, fmpz

Scalar = Any  # fmpq | arb | acb
MAX_EXACT_BITS = 4096
ZERO = fmpq(0)
ONE = fmpq(1)
HALF = fmpq(1, 2)


class Undefined(Exception):
    """The expression has no value here."""


class Unclear(Exception):
    """The enclosure is too wide to tell; or a budget of bits is spent."""


def to_arb(x: Scalar) -> Any:
    """A real scalar as a ball."""
    return arb(x) if type(x) is fmpq else x


def is_zero(x: Scalar) -> bool:
    """Whether x is 0; raises `Unclear` where the ball cannot tell."""
    if type(x) is fmpq:
        return bool(x == 0)
    if x.is_zero():
        return True
    if x.contains(0):
        raise Unclear
    return False


def checked(x: Scalar) -> Scalar:
    """x if it is a finite enclosure."""
    if not x.is_finite():
        raise Unclear
    return x


def sign(x: Scalar) -> int:
    """-1, 0 or 1 of a real scalar."""
    if type(x) is fmpq:
        return (x > 0) - (x < 0)
    if type(x) is not arb:
        raise Undefined
    if x > 0:
        return 1
    if x < 0:
        return -1
    if x.is_zero():
        return 0
    raise Unclear


def add(*xs: Scalar) -> Scalar:
    """The sum."""
    total = xs[0]
    for x in xs[1:]:
        total = total + x
    return total


def mul(*xs: Scalar) -> Scalar:
    """The product; an exact 0 stays exact."""
    total = xs[0]
    for x in xs[1:]:
        total = ZERO if (type(x) is fmpq and x == 0) or (type(total) is fmpq and total == 0) else total * x
    return total


def times(x: Scalar, y: Scalar) -> Scalar:
    """The product of two; an exact 0 stays exact."""
    if (type(x) is fmpq and x == 0) or (type(y) is fmpq and y == 0):
        return ZERO
    return x * y


def reciprocal(x: Scalar) -> Scalar:
    """1/x."""
    if is_zero(x):
        raise Undefined
    return ONE / x if type(x) is fmpq else 1 / x


def _bits(x: Any) -> int:
    return max(int(x.numerator).bit_length(), int(x.denominator).bit_length())


def int_power(x: Scalar, n: int) -> Scalar:
    """x^n for an integer n; 0^0 is 1."""
    if n == 0:
        return ONE
    if n < 0:
        return reciprocal(int_power(x, -n))
    if type(x) is fmpq:
        if x == 0 or x == 1:
            return x
        if _bits(x) * n <= MAX_EXACT_BITS:
            return x**n
        x = arb(x)
    if n.bit_length() > 62:
        raise Unclear
    return checked(x**n)


def root(x: Any, q: int) -> Scalar:
    """The positive q-th root of a positive real scalar; exact where it is rational."""
    if type(x) is fmpq:
        top, bottom = _exact_root(int(x.numerator), q), _exact_root(int(x.denominator), q)
        if top is not None and bottom is not None:
            return fmpq(top, bottom)
        x = arb(x)
    return x.sqrt() if q == 2 else x.root(q)


def _exact_root(n: int, q: int) -> int | None:
    found = fmpz(n).root(q)
    return int(found) if found**q == n else None


def power(x: Scalar, e: Scalar, odd_roots: bool, complexes: bool) -> Scalar:
    """x^e. `odd_roots`: odd roots of a negative base are real; `complexes`: else the principal value."""
    if type(e) is fmpq:
        if e.denominator == 1:
            return int_power(x, int(e.numerator))
        return _rational_power(x, int(e.numerator), int(e.denominator), odd_roots, complexes)
    if type(x) is acb or type(e) is acb:
        return _complex_power(x, e)
    if type(x) is fmpq and x == 1:
        return ONE
    s = sign(x)
    if s > 0:
        return checked((to_arb(x).log() * e).exp())
    if s == 0:
        if sign(e) > 0:
            return ZERO
        raise Undefined
    if complexes:
        return _complex_power(x, e)
    if e.contains_integer():
        raise Unclear
    raise Undefined


def _rational_power(x: Scalar, p: int, q: int, odd_roots: bool, complexes: bool) -> Scalar:
    if type(x) is acb:
        return _complex_power(x, fmpq(p, q))
    s = sign(x)
    if s == 0:
        if p > 0:
            return ZERO
        raise Undefined
    if q > 10_000:
        raise Unclear
    if s > 0:
        return int_power(root(x, q), p)
    if odd_roots and q % 2:
        value = int_power(root(-x, q), p)
        return -value if p % 2 else value
    if complexes:
        return _imaginary_root(x, p, q)
    raise Undefined


def _imaginary_root(x: Scalar, p: int, q: int) -> Scalar:
    if q == 2:
        size = int_power(root(-x, 2), p)
        turn = p % 4
        return acb(0, to_arb(size)) if turn == 1 else acb(0, -to_arb(size))
    return _complex_power(x, fmpq(p, q))


def _complex_power(x: Scalar, e: Scalar) -> Scalar:
    x = acb(x)
    if is_zero(x):
        raise Undefined
    return checked((x.log() * e).exp())


def exp(x: Scalar) -> Scalar:
    """e^x."""
    if type(x) is fmpq:
        if x == 0:
            return ONE
        x = arb(x)
    if type(x) is arb and not abs(x) < 2**40:
        raise Unclear
    return checked(x.exp())


def ln(x: Scalar, complexes: bool = False) -> Scalar:
    """The natural logarithm of a positive real (of any nonzero number where `complexes`)."""
    if type(x) is acb:
        if is_zero(x):
            raise Undefined
        return checked(x.log())
    s = sign(x)
    if s > 0:
        return ZERO if type(x) is fmpq and x == 1 else checked(to_arb(x).log())
    if s < 0 and complexes:
        return acb(to_arb(-x).log(), arb.pi())
    raise Undefined
