"""Infinite series in closed form, by the ratio of their terms: geometric, exponential, trigonometric ...

R. Graham, D. Knuth, O. Patashnik, "Concrete Mathematics" (1994), chapter 5.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb, factorial

from grader.equivalence.assumptions import Assumptions
from grader.equivalence.constants import constant_sign
from grader.equivalence.field import Beyond
from grader.equivalence.hypergeometric import Ratio, ratio_of
from grader.equivalence.normal import Normalizer
from grader.equivalence.stirling import falling_coefficients
from grader.expressions.build import (
    MINUS_ONE,
    ONE,
    PI,
    ZERO,
    add,
    call,
    chain,
    constant,
    div,
    mul,
    neg,
    number,
    power,
    sqrt,
    sub,
)
from grader.expressions.nodes import Expr, node
from grader.expressions.rewrite import free_symbols, replace

_ONE = Fraction(1)
_HALF = Fraction(1, 2)
_MAX_REDUCTION = 6
_MAX_ORDER = 12
_MAX_EARLIER = 4


def closed_series(body: Expr, bound: Expr, low: Fraction, assumptions: Assumptions) -> Expr | None:
    """The sum of body over bound = low, low + 1 ...; None where no formula is known.

    Where the series converges for some values of its symbols only, the value is a single case under that
    condition, which has no value elsewhere.
    """
    ratio = ratio_of(body, bound, low, assumptions)
    if ratio is None:
        return None
    if any(b.denominator == 1 and b <= 0 for b in ratio.below):  # terms that are 0 stand in front
        return closed_series(body, bound, low + 1, assumptions) if Fraction(0) in ratio.below else None
    found = _by_formula(ratio, replace(body, {bound: number(low)}))
    return found if found is not None else _from_earlier(body, bound, low, assumptions)


def _by_formula(ratio: Ratio, first: Expr) -> Expr | None:
    core = _Core(ratio)
    for formula in _FORMULAS:
        found = formula(core)
        if found is not None:
            value, condition = found
            made = mul(first, value)
            return made if condition is None else node("cases", (made, condition), None, made.kind)
    return None


def _from_earlier(body: Expr, bound: Expr, low: Fraction, assumptions: Assumptions) -> Expr | None:
    """The series with up to _MAX_EARLIER terms put in front, less these terms; they must have values."""
    front: list[Expr] = []
    for start in range(int(low) - 1, max(-1, int(low) - 1 - _MAX_EARLIER), -1):
        head = replace(body, {bound: number(start)})
        ratio = ratio_of(body, bound, Fraction(start), assumptions) if _is_entire(head, assumptions) else None
        if ratio is None or any(b.denominator == 1 and b <= 0 for b in ratio.below):
            return None
        front.append(head)
        found = _by_formula(ratio, head)
        if found is not None and found.head != "cases":
            return sub(found, add(*front))
        if found is not None:
            return node("cases", (sub(found.args[0], add(*front)), found.args[1]), None, found.kind)
    return None


def _is_entire(tree: Expr, assumptions: Assumptions) -> bool:
    """Whether the tree is a polynomial, so that it has a value everywhere."""
    n = Normalizer(assumptions.domain)
    try:
        made = n.attempt(lambda: n.scalar(tree))
    except Beyond:
        return False
    return bool(made.top != 0 and made.bottom.is_constant())


_Found = tuple[Expr, Expr | None] | None


class _Core:
    """A ratio in which parameters that differ by integers have become a polynomial factor p(j)."""

    def __init__(self, ratio: Ratio) -> None:
        self.z = ratio.z
        above, below = list(ratio.above), list(ratio.below)
        self.polynomial = [_ONE]  # coefficients of p, lowest first
        self.reducible = True
        for a in list(above):
            b = next(
                (
                    b
                    for b in sorted(below, reverse=True)
                    if (a - b).denominator == 1 and 0 < a - b <= _MAX_REDUCTION
                ),
                None,
            )
            if b is None:
                continue
            above.remove(a)
            below.remove(b)
            for s in range(int(a - b)):
                if b + s == 0:
                    self.reducible = False
                    continue
                self.polynomial = _times(self.polynomial, [_ONE, 1 / (b + s)])
        self.above, self.below = tuple(above), tuple(below)

    def is_plain(self, above: tuple[Fraction, ...], below: tuple[Fraction, ...]) -> bool:
        """Whether these are the parameters, with no polynomial factor."""
        return self.polynomial == [_ONE] and self.above == above and self.below == below


def _times(p: list[Fraction], q: list[Fraction]) -> list[Fraction]:
    total = [Fraction(0)] * (len(p) + len(q) - 1)
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            total[i + j] += a * b
    return total


def _inside(z: Expr, closed_below: bool = False) -> Expr | bool | None:
    """The condition |z| < 1: None if it always holds, False if never, else as a relation."""
    if free_symbols(z):
        if closed_below:
            return chain((MINUS_ONE, z, ONE), ("<=", "<"))
        return chain((call("abs", z), ONE), ("<",))
    upper, lower = constant_sign(sub(ONE, z)), constant_sign(add(z, ONE))
    inside = upper == 1 and (lower == 1 or (closed_below and lower == 0))
    return None if inside else False


def _geometric(core: _Core) -> _Found:
    """sum p(j) z^j = sum c_m m! z^m / (1 - z)^(m + 1), p in falling powers."""
    if core.above or core.below or not core.reducible:
        return None
    condition = _inside(core.z)
    if isinstance(condition, bool):
        return None
    terms = []
    for m, c in enumerate(falling_coefficients(core.polynomial)):
        if c:
            front = number(c * factorial(m))
            terms.append(mul(front, power(core.z, number(m)), power(sub(ONE, core.z), number(-m - 1))))
    return add(*terms), condition


def _exponential(core: _Core) -> _Found:
    """sum p(j) z^j / j! = (sum c_m z^m) e^z."""
    if core.above or core.below != (_ONE,) or not core.reducible:
        return None
    terms = [
        mul(number(c), power(core.z, number(m)))
        for m, c in enumerate(falling_coefficients(core.polynomial))
        if c
    ]
    return mul(add(*terms), call("exp", core.z)), None


def _binomial(core: _Core) -> _Found:
    """sum (a)_j z^j / j! = (1 - z)^-a."""
    if len(core.above) != 1 or core.below != (_ONE,) or core.polynomial != [_ONE]:
        return None
    condition = _inside(core.z)
    return (
        None if isinstance(condition, bool) else (power(sub(ONE, core.z), number(-core.above[0])), condition)
    )


def _wave(core: _Core) -> _Found:
    """cos, sin, cosh and sinh: parameters 1/2 or 3/2 below."""
    negative = _is_negative(core.z)
    w = neg(core.z) if negative else core.z
    twice = mul(number(2), sqrt(w))
    if core.is_plain((), (_HALF, _ONE)):
        return call("cos" if negative else "cosh", twice), None
    if core.is_plain((), (_ONE, Fraction(3, 2))):
        return _mended(div(call("sin" if negative else "sinh", twice), twice), core.z), None
    return None


def _mended(value: Expr, z: Expr) -> Expr:
    """A quotient with value 1 at z = 0, where it has none as it is written."""
    if not free_symbols(z):
        return value
    return node("cases", (value, chain((z, ZERO), ("!=",)), ONE, constant("true")), None, value.kind)


def _is_negative(z: Expr) -> bool:
    """Whether z is written as a negative number times squares."""
    if not free_symbols(z):
        return constant_sign(z) == -1
    front = z.args[0] if z.head == "mul" else z
    return bool(front.head == "number" and front.value < 0)


def _logarithm(core: _Core) -> _Found:
    """sum z^j / (j + 1) = -ln(1 - z) / z."""
    if not core.is_plain((_ONE,), (Fraction(2),)):
        return None
    condition = _inside(core.z, closed_below=True)
    if isinstance(condition, bool):
        return None
    return _mended(div(neg(call("ln", sub(ONE, core.z))), core.z), core.z), condition


def _arctangent(core: _Core) -> _Found:
    """sum z^j / (2 j + 1) = artanh(sqrt(z)) / sqrt(z), arctan for negative z."""
    if not core.is_plain((_HALF,), (Fraction(3, 2),)):
        return None
    negative = _is_negative(core.z)
    root = sqrt(neg(core.z) if negative else core.z)
    closed = negative  # Leibniz: also at z = -1
    condition = _inside(core.z, closed_below=closed)
    if isinstance(condition, bool):
        return None
    return _mended(div(call("arctan" if negative else "artanh", root), root), core.z), condition


def _zeta(core: _Core) -> _Found:
    """sum (+-1)^j c^s / (j + c)^s for c = 1, 2 .. or 1/2."""
    if core.polynomial != [_ONE] or free_symbols(core.z) or len(set(core.above)) != 1:
        return None
    c, s = core.above[0], len(core.above)
    if core.below != (c + 1,) * s or s > _MAX_ORDER:
        return None
    sign = 1 if core.z is ONE else (-1 if core.z.head == "number" and core.z.value == -1 else 0)
    value = _lattice(c, s, sign)
    return None if value is None else (mul(number(c**s), value), None)


def _lattice(c: Fraction, s: int, sign: int) -> Expr | None:
    """sum (+-1)^j / (j + c)^s."""
    if c.denominator == 1 and c >= 1:
        whole = _whole(s, sign)
        if whole is None:
            return None
        skipped = sum(Fraction(sign) ** (k - 1) / Fraction(k) ** s for k in range(1, int(c)))
        rest = sub(whole, number(skipped)) if skipped else whole
        return rest if sign == 1 or int(c) % 2 else neg(rest)
    if c == _HALF and sign == 1 and s % 2 == 0:
        return mul(number(2**s - 1), _zeta_even(s))
    return None


def _whole(s: int, sign: int) -> Expr | None:
    """sum of (+-1)^(k - 1) / k^s over k = 1, 2 ..."""
    if sign == -1 and s == 1:
        return call("ln", number(2))
    if s % 2 or sign == 0:
        return None
    return _zeta_even(s) if sign == 1 else mul(number(1 - Fraction(2) ** (1 - s)), _zeta_even(s))


def _zeta_even(s: int) -> Expr:
    """zeta(s) = |B_s| (2 pi)^s / (2 s!) (L. Euler)."""
    c = abs(_bernoulli(s)) * 2**s / (2 * factorial(s))
    return mul(number(c), power(PI, number(s)))


def _bernoulli(n: int) -> Fraction:
    found = [_ONE]
    for m in range(1, n + 1):
        found.append(-sum(comb(m + 1, k) * found[k] for k in range(m)) / Fraction(m + 1))
    return found[n]


_FORMULAS: tuple[Callable[[_Core], _Found], ...] = (
    _geometric, _exponential, _binomial, _wave, _logarithm, _arctangent, _zeta,
)  # fmt: skip
