"""Real zeros of a part along one symbol: exact ones as trees, others as small intervals that hold one."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any

from flint import arb, fmpq, fmpq_poly

from grader.equivalence.arrays import ShapeError
from grader.equivalence.assumptions import NOTHING
from grader.equivalence.ball import Unsupported, compile_tape, exact_at, to_scalar
from grader.equivalence.constants import constant_sign, constant_value, constant_zero
from grader.equivalence.field import Beyond
from grader.equivalence.inverting import solved_by_undoing
from grader.equivalence.log_equations import plain_equation
from grader.equivalence.normal import Normalizer
from grader.equivalence.points import REAL_POOL
from grader.equivalence.polynomial import coefficients_of
from grader.equivalence.precision import bits
from grader.equivalence.radicals import without_roots
from grader.equivalence.scalars import Unclear, Undefined, sign
from grader.equivalence.settled import NO_VALUE, value_exactly
from grader.equivalence.solving import coefficients_in, quadratic_roots
from grader.equivalence.tree_of import kernel_tree
from grader.expressions.build import ZERO, div, mul, neg, number, power, sqrt, sub
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, replace

_MAX_DEGREE = 16
_STEPS = 50
_GRID = tuple(sorted(set(REAL_POOL)))


@dataclass(frozen=True, slots=True)
class Zero:
    """A zero between two rationals (equal where it is rational); `tree` is its exact value, if known."""

    low: Fraction
    high: Fraction
    tree: Expr | None = None

    @property
    def exact(self) -> Fraction | None:
        """The zero, if it is rational."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True, slots=True)
class Zeros:
    """Zeros in order; `complete` if there are no others."""

    found: tuple[Zero, ...] = ()
    complete: bool = True


@lru_cache(maxsize=1024)
def zeros_of(part: Expr, symbol: Expr) -> Zeros:
    """The real zeros of a part that holds one symbol only.

    >>> from grader.expressions.build import symbol, power, sub
    >>> x = symbol("x")
    >>> [zero.exact for zero in zeros_of(sub(power(x, number(2)), number(4)), x).found]
    [Fraction(-2, 1), Fraction(2, 1)]
    """
    free = free_symbols(part)
    if not free:
        return Zeros()
    if free != {symbol}:
        return Zeros((), False)
    if part.head == "mul":
        return _merged([zeros_of(a, symbol) for a in part.args])
    if part.head == "pow" and part.args[1].head == "number" and part.args[1].value > 0:
        return zeros_of(part.args[0], symbol)
    direct = _of_polynomial(part, symbol)
    if direct is not None:
        return direct
    undone = solved_by_undoing(part, symbol)
    if undone is not None:
        return undone_zeros(*undone)
    reduced = _of_normal_form(part, symbol)
    if reduced is not None:
        return reduced
    plain = plain_equation(part, symbol)
    if plain is not None:
        return tried(zeros_of(plain, symbol), part, symbol)
    return Zeros(in_order(_bracketed(part, symbol)), False)


def undone_zeros(trees: list[Expr], complete: bool) -> Zeros:
    """The zeros among trees that `solved_by_undoing` gave."""
    found = [z for z in (placed(t) for t in trees) if z is not None]
    nowhere = not found and all(value_exactly(t) is NO_VALUE for t in trees)  # sin(x) = 2
    return Zeros(in_order(found), complete or nowhere)


def _of_normal_form(part: Expr, symbol: Expr) -> Zeros | None:
    """The zeros of the numerator of the normal form, a polynomial in one kernel (x, e^x, a root ...)."""
    normalizer = Normalizer(NOTHING.domain)

    def work() -> tuple[Expr, list[Fraction]]:
        top = without_roots(normalizer, normalizer.scalar(part).top)
        slots = [slot for slot, d in enumerate(top.degrees()) if d]
        if not slots and top != 0:
            return symbol, [Fraction(1)]  # it is a constant, and not 0
        if len(slots) != 1:
            raise Beyond
        return kernel_tree(normalizer, slots[0]), coefficients_in(top, slots[0])

    try:
        kernel, coefficients = normalizer.attempt(work)
    except Beyond:
        return None
    found = _kernel_zeros(kernel, coefficients, symbol)
    return None if found is None else tried(found, part, symbol)


def tried(found: Zeros, part: Expr, symbol: Expr) -> Zeros:
    """Of the zeros of a wider equation those that may be zeros of the part."""
    return Zeros(tuple(z for z in found.found if _may_vanish(part, symbol, z)), found.complete)


def _may_vanish(part: Expr, symbol: Expr, zero: Zero) -> bool:
    """Whether a zero of the polynomial may be one of the part itself."""
    if zero.tree is None:
        return True
    there = replace(part, {symbol: zero.tree})
    return value_exactly(there) is not NO_VALUE and constant_zero(there) is not False


def _kernel_zeros(kernel: Expr, coefficients: list[Fraction], symbol: Expr) -> Zeros | None:
    if len(coefficients) > _MAX_DEGREE:
        return None
    poly = fmpq_poly([fmpq(c.numerator, c.denominator) for c in coefficients])
    values = [zero for factor, _ in poly.numer().factor()[1] for zero in _of_factor(factor)]
    if kernel is symbol:
        return Zeros(in_order(values))
    parts = []
    for value in values:
        undone = solved_by_undoing(sub(kernel, value.tree), symbol) if value.tree is not None else None
        if undone is None:
            return None
        parts.append(undone_zeros(*undone))
    return _merged(parts)


def _merged(parts: list[Zeros]) -> Zeros:
    found = [zero for part in parts for zero in part.found]
    return Zeros(in_order(found), all(part.complete for part in parts))


def in_order(found: list[Zero]) -> tuple[Zero, ...]:
    """From left to right, each once."""
    kept: list[Zero] = []
    for zero in sorted(found, key=lambda z: (z.low, z.high)):
        if not kept or (zero.low, zero.high) != (kept[-1].low, kept[-1].high):
            kept.append(zero)
    return tuple(kept)


def _of_polynomial(part: Expr, symbol: Expr) -> Zeros | None:
    trees = coefficients_of(part, symbol)
    if trees is None or len(trees) > _MAX_DEGREE:
        return None
    values = [exact_at(t, {}) for t in trees]
    if any(v is None for v in values):
        return _with_constants(trees)
    poly = fmpq_poly([fmpq(v.numerator, v.denominator) for v in values if v is not None])
    if poly.degree() < 1:
        return Zeros((), poly.degree() == 0)
    found: list[Zero] = []
    for factor, _ in poly.numer().factor()[1]:
        found.extend(_of_factor(factor))
    return Zeros(in_order(found))


def _with_constants(trees: list[Expr]) -> Zeros | None:
    """c + d x, and c + d x + e x^2, with constants that are no rational numbers."""
    if len(trees) not in (2, 3) or not constant_sign(trees[-1]):
        return None
    low, middle = trees[0], trees[1]
    roots = [div(neg(low), middle)]
    if len(trees) == 3:
        inside = sub(power(middle, number(2)), mul(number(4), low, trees[2]))
        sign = 0 if constant_zero(inside) else constant_sign(inside)
        if sign is None:
            return None
        below = mul(number(2), trees[2])
        spread = [ZERO] if sign == 0 else [sqrt(inside), neg(sqrt(inside))] if sign > 0 else []
        roots = [div(sub(s, middle), below) for s in spread]
    found = [placed(r) for r in roots]
    return None if None in found else Zeros(in_order([z for z in found if z is not None]))


def _of_factor(factor: Any) -> list[Zero]:
    if factor.degree() == 1:
        root = _fraction(fmpq(-factor[0], factor[1]))
        return [Zero(root, root, number(root))]
    if factor.degree() == 2:
        roots = quadratic_roots([Fraction(int(factor[k])) for k in range(3)]) or []
        return [z for z in (placed(t) for t in roots) if z is not None]
    with bits(128):
        real = [root.real for root, _ in factor.complex_roots() if root.imag.is_zero()]
    return [Zero(*_around(root)) for root in real]


def _fraction(x: Any) -> Fraction:
    return Fraction(int(x.numerator), int(x.denominator))


def _around(ball: Any) -> tuple[Fraction, Fraction]:
    """Rationals next below and above a ball."""
    with bits(96):
        middle = Fraction(str(ball.mid().str(24, radius=False)))
    gap = Fraction(1, 10**18) * (1 + abs(middle))
    return middle - gap, middle + gap


def placed(tree: Expr) -> Zero | None:
    """A constant as a zero, with where it lies; None where it has no real value."""
    exact = exact_at(tree, {})
    if exact is not None:
        return Zero(exact, exact, number(exact))
    value = constant_value(tree)
    if value is None or not hasattr(value, "mid") or (hasattr(value, "imag") and not value.imag.is_zero()):
        return None
    return Zero(*_around(value), tree)


def _bracketed(part: Expr, symbol: Expr) -> list[Zero]:
    """Changes of sign between the places of a grid, and zeros on it."""
    try:
        tape = compile_tape(part)
    except Unsupported:
        return []
    signs = [(place, _sign_at(part, tape, symbol, place)) for place in _GRID]
    found = [Zero(place, place, number(place)) for place, s in signs if s == 0]
    for (low, a), (high, b) in pairwise(signs):
        if a is not None and b is not None and a * b < 0:
            narrow = _bisected(part, tape, symbol, low, high, a)
            if narrow is not None:
                found.append(narrow)
    return found


def _sign_at(part: Expr, tape: Any, symbol: Expr, place: Fraction) -> int | None:
    for kind in (to_scalar, _ball):  # roots of a high order are worse than balls
        try:
            with bits(96):
                return sign(tape.run({symbol: kind(place)}))
        except Unclear:
            continue
        except (Undefined, ShapeError):
            return None
    # `ln 2 + ln 3 - ln 6` is 0, which no enclosure tells.
    return 0 if constant_zero(replace(part, {symbol: number(place)})) else None


def _ball(place: Fraction) -> arb:
    return arb(to_scalar(place))


def _bisected(part: Expr, tape: Any, symbol: Expr, low: Fraction, high: Fraction, first: int) -> Zero | None:
    """The zero narrowed down; None where the part jumps instead (a pole)."""
    for _ in range(_STEPS):
        middle = (low + high) / 2
        s = _sign_at(part, tape, symbol, middle)
        if s is None:
            return None
        if s == 0:
            return Zero(middle, middle, number(middle))
        low, high = (middle, high) if s == first else (low, middle)
    return Zero(low, high) if _is_continuous(tape, symbol, low, high) else None


def _is_continuous(tape: Any, symbol: Expr, low: Fraction, high: Fraction) -> bool:
    with bits(96):
        ball = _ball(low).union(_ball(high))
        try:
            return bool(tape.run({symbol: ball}).is_finite())
        except (Undefined, Unclear, ShapeError, AttributeError):
            return False


def along(part: Expr, symbol: Expr, others: dict[Expr, Fraction]) -> Zeros:
    """The zeros along one symbol with the other symbols held at values."""
    table = {s: number(v) for s, v in others.items() if s is not symbol}
    return zeros_of(replace(part, table), symbol)
