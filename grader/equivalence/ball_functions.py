"""The built-in functions on scalars (see `scalars`): natural real domain, exact where that is easy."""

from __future__ import annotations

import math
from collections.abc import Callable

from flint import acb, arb, fmpq

from grader.equivalence import scalars as S
from grader.equivalence.scalars import ONE, ZERO, Scalar, Unclear, Undefined, checked, is_zero, sign, to_arb

_Function = Callable[..., Scalar]
_LARGE = 2**40


def _ball(x: Scalar) -> Scalar:
    x = to_arb(x)
    if type(x) is arb and not abs(x) < _LARGE:
        raise Unclear
    return x


def _trig(name: str, at_zero: Scalar | None) -> _Function:
    def run(x: Scalar) -> Scalar:
        if type(x) is fmpq and x == 0:
            if at_zero is None:
                raise Undefined
            return at_zero
        return checked(getattr(to_arb(x) if name in ("sin", "cos") else _ball(x), name)())

    return run


def _ratio(top: _Function, bottom: _Function) -> _Function:
    return lambda x: S.mul(top(x), S.reciprocal(bottom(x)))


sin, cos = _trig("sin", ZERO), _trig("cos", ONE)
sinh, cosh = _trig("sinh", ZERO), _trig("cosh", ONE)


def tanh(x: Scalar) -> Scalar:
    """The hyperbolic tangent; a ball of any size."""
    if type(x) is fmpq and x == 0:
        return ZERO
    return checked(to_arb(x).tanh())


def one_over(f: _Function) -> _Function:
    """1/f."""
    return lambda x: S.reciprocal(f(x))


def _inside(x: Scalar, low: int, high: int, inclusive: bool) -> None:
    """Raises `Undefined` unless low <= x <= high (strictly, unless `inclusive`)."""
    if type(x) is acb:
        return
    for difference in (x - low, high - x):
        s = sign(difference)
        if s < 0 or (s == 0 and not inclusive):
            raise Undefined


def _arc(name: str, inclusive: bool = True) -> _Function:
    def run(x: Scalar) -> Scalar:
        _inside(x, -1, 1, inclusive)
        if type(x) is fmpq and x == (1 if name == "acos" else 0):
            return ZERO
        return checked(getattr(to_arb(x), name)())

    return run


def arctan(x: Scalar) -> Scalar:
    """The inverse tangent."""
    return ZERO if type(x) is fmpq and x == 0 else checked(to_arb(x).atan())


def arccot(x: Scalar) -> Scalar:
    """The inverse cotangent with values in (0, pi)."""
    return arb.pi() / 2 - arctan(x)


def arsinh(x: Scalar) -> Scalar:
    """The inverse of sinh."""
    return ZERO if type(x) is fmpq and x == 0 else checked(to_arb(x).asinh())


def arcosh(x: Scalar) -> Scalar:
    """The inverse of cosh on [1, oo)."""
    s = ONE if type(x) is acb else sign(x - 1)
    if s == 0:
        return ZERO
    if s < 0:
        raise Undefined
    return checked(to_arb(x).acosh())


def absolute(x: Scalar) -> Scalar:
    """|x|."""
    return abs(x)


def signum(x: Scalar) -> Scalar:
    """The sign."""
    return fmpq(sign(x))


def _real(x: Scalar) -> Scalar:
    if type(x) is acb:
        raise Undefined
    return x


def floor(x: Scalar) -> Scalar:
    """The greatest integer below; `Unclear` for a ball across an integer."""
    x = _real(x)
    if type(x) is fmpq:
        return fmpq(x.floor())
    if not x.is_finite() or not abs(x) < 2**4000:
        raise Unclear
    found = x.floor().unique_fmpz()
    if found is None:
        raise Unclear
    return fmpq(found)


def ceil(x: Scalar) -> Scalar:
    """The least integer above."""
    return -floor(-x)


def gamma(x: Scalar) -> Scalar:
    """The gamma function; no value at 0, -1, -2 ..."""
    if type(x) is fmpq and x.denominator == 1:
        if x <= 0:
            raise Undefined
        return factorial(x - 1)
    return checked(_ball(x).gamma())


def factorial(x: Scalar) -> Scalar:
    """x!, as gamma(x + 1)."""
    if type(x) is fmpq and x.denominator == 1:
        if x < 0:
            raise Undefined
        if x <= 200:
            return fmpq(math.factorial(int(x.numerator)))
        if x > 10**12:
            raise Unclear
        return arb(x + 1).gamma()
    return gamma(x + 1)


def binomial(n: Scalar, k: Scalar) -> Scalar:
    """n over k; for an integer k >= 0 the polynomial in n, 0 for a negative one."""
    if type(k) is fmpq and k.denominator == 1:
        if k < 0:
            return ZERO
        if k <= 500:
            total: Scalar = ONE
            for i in range(int(k.numerator)):
                total = S.mul(total, n - i, fmpq(1, i + 1))
            return total
    return S.mul(factorial(n), S.reciprocal(S.mul(factorial(k), factorial(n - k))))


def _rationals(xs: tuple[Scalar, ...]) -> tuple[list[int], int]:
    """Whole numbers, and the denominator that they share; `Unclear` for what is not exact."""
    if any(type(x) is not fmpq for x in xs):
        raise Unclear
    below = math.lcm(*(int(x.denominator) for x in xs))
    return [int((x * below).numerator) for x in xs], below


def gcd(*xs: Scalar) -> Scalar:
    """The greatest rational of which all are whole multiples."""
    tops, below = _rationals(xs)
    return fmpq(math.gcd(*tops), below)


def lcm(*xs: Scalar) -> Scalar:
    """The least positive rational that is a whole multiple of all."""
    tops, below = _rationals(xs)
    return fmpq(math.lcm(*tops), below)


def mod(x: Scalar, y: Scalar) -> Scalar:
    """x - y floor(x/y)."""
    return x - S.mul(y, floor(S.mul(x, S.reciprocal(y))))


def minimum(*xs: Scalar) -> Scalar:
    """The least of real scalars."""
    best = _real(xs[0])
    for x in xs[1:]:
        best = _pick(best, _real(x), -1)
    return best


def maximum(*xs: Scalar) -> Scalar:
    """The greatest of real scalars."""
    best = _real(xs[0])
    for x in xs[1:]:
        best = _pick(best, _real(x), 1)
    return best


def _pick(x: Scalar, y: Scalar, way: int) -> Scalar:
    if type(x) is fmpq and type(y) is fmpq:
        return x if (x - y) * way >= 0 else y
    x, y = to_arb(x), to_arb(y)
    return x.max(y) if way > 0 else x.min(y)


def erf(x: Scalar) -> Scalar:
    """The error function."""
    return ZERO if type(x) is fmpq and x == 0 else checked(to_arb(x).erf())


def re(x: Scalar) -> Scalar:
    """The real part."""
    return x.real if type(x) is acb else x


def im(x: Scalar) -> Scalar:
    """The imaginary part."""
    return x.imag if type(x) is acb else ZERO


def conj(x: Scalar) -> Scalar:
    """The complex conjugate."""
    return x.conjugate() if type(x) is acb else x


def arg(x: Scalar) -> Scalar:
    """The argument in (-pi, pi]."""
    if is_zero(x):
        raise Undefined
    if type(x) is acb:
        return x.arg()
    return ZERO if sign(x) > 0 else arb.pi()


def over(f: _Function) -> _Function:
    """f(1/x)."""
    return lambda x: f(S.reciprocal(x))


arcsin, arccos = _arc("asin"), _arc("acos")
artanh = _arc("atanh", inclusive=False)

FUNCTIONS: dict[str, _Function] = {
    "sin": sin,
    "cos": cos,
    "tan": _ratio(sin, cos),
    "cot": _ratio(cos, sin),
    "sec": one_over(cos),
    "csc": one_over(sin),
    "arcsin": arcsin,
    "arccos": arccos,
    "arctan": arctan,
    "arccot": arccot,
    "arcsec": over(arccos),
    "arccsc": over(arcsin),
    "sinh": sinh,
    "cosh": cosh,
    "tanh": tanh,
    "coth": one_over(tanh),
    "sech": one_over(cosh),
    "csch": one_over(sinh),
    "arsinh": arsinh,
    "arcosh": arcosh,
    "artanh": artanh,
    "arcoth": over(artanh),
    "arsech": over(arcosh),
    "arcsch": over(arsinh),
    "exp": S.exp,
    "abs": absolute,
    "sign": signum,
    "floor": floor,
    "ceil": ceil,
    "factorial": factorial,
    "gamma": gamma,
    "binomial": binomial,
    "gcd": gcd,
    "lcm": lcm,
    "mod": mod,
    "min": minimum,
    "max": maximum,
    "conj": conj,
    "re": re,
    "im": im,
    "arg": arg,
    "erf": erf,
}
