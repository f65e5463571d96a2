"""Constants made of rationals, roots and trigonometry at rational multiples of pi: exactly 0, or not.

Such a constant E is U / L with algebraic integers U, L, whose conjugates are bounded by u and l. If U is
not 0, its norm is at least 1, so |E| >= 1 / (u^(D - 1) l), where D bounds the degree of U. A ball around E
that lies inside that bound proves E = 0.

C. Burnikel, S. Funke, K. Mehlhorn, S. Schirra, S. Schmitt, "A separation bound for real algebraic
expressions" (Algorithmica, 2009).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from math import lcm, log2
from typing import Any

from flint import acb, arb, fmpq

from grader.equivalence.arrays import ShapeError
from grader.equivalence.ball import Unsupported, compile_tape, exact_at
from grader.equivalence.precision import bits
from grader.equivalence.scalars import Unclear, Undefined
from grader.equivalence.turns import turn_of
from grader.expressions.build import E
from grader.expressions.nodes import Expr

MAX_BITS = 24_000
_MAX_INDEX = 64
_WAVES = ("sin", "cos")
_QUOTIENTS = ("tan", "cot", "sec", "csc")


class _NotAlgebraic(Exception):
    """The constant holds something else than roots and turns, or is over a budget."""


@dataclass(slots=True)
class _Bounds:
    """What the walk over one constant collects."""

    roots: set[tuple[Expr, int]] = field(default_factory=set)
    turns: int = 1  # all sines, cosines and roots of unity lie in the field of this root of unity
    sizes: dict[Expr, tuple[float, float]] = field(default_factory=dict)

    def size(self, tree: Expr) -> tuple[float, float]:
        """Binary logarithms of u and l, both at least 0."""
        found = self.sizes.get(tree)
        if found is None:
            found = self.sizes[tree] = self._size(tree)
            if max(found) > MAX_BITS:
                raise _NotAlgebraic
        return found

    def _size(self, tree: Expr) -> tuple[float, float]:
        head = tree.head
        if head in ("number", "decimal"):
            value: Fraction = tree.value if head == "number" else tree.value[0]
            return log2(max(1, abs(value.numerator))), log2(value.denominator)
        if head == "add":
            return self._sum(tree)
        if head == "mul":
            parts = [self.size(a) for a in tree.args]
            return sum(p[0] for p in parts), sum(p[1] for p in parts)
        if head == "pow":
            return self._power(tree)
        if head == "constant" and tree.value == "i":
            self.turns = lcm(self.turns, 4)
            return 0.0, 0.0
        if head == "call":
            return self._call(tree)
        raise _NotAlgebraic

    def _sum(self, tree: Expr) -> tuple[float, float]:
        u, below = self.size(tree.args[0])
        for part in tree.args[1:]:
            v, m = self.size(part)
            u, below = max(u + m, v + below) + 1, below + m
        return u, below

    def _power(self, tree: Expr) -> tuple[float, float]:
        base, exponent = tree.args
        if base is E:
            return self._unity(exponent)
        power = exact_at(exponent, {})
        if power is None:
            raise _NotAlgebraic
        p, q = power.numerator, power.denominator
        u, below = self.size(base)
        if p < 0:
            u, below, p = below, u, -p
        u, below = u * p, below * p
        if q == 1:
            return u, below
        if q > _MAX_INDEX:
            raise _NotAlgebraic
        self.roots.add((base, q))
        return (u + (q - 1) * below) / q, below

    def _call(self, tree: Expr) -> tuple[float, float]:
        if tree.value == "exp":
            return self._unity(tree.args[0])
        if tree.value == "abs" and tree.args[0].kind != "complex":
            return self.size(tree.args[0])
        turn = turn_of(tree.args[0]) if tree.value in _WAVES + _QUOTIENTS else None
        if turn is None:
            raise _NotAlgebraic
        self.turns = lcm(self.turns, 4 * turn.denominator)
        return (1.0, 1.0) if tree.value in _WAVES else (2.0, 2.0)

    def _unity(self, exponent: Expr) -> tuple[float, float]:
        turn = turn_of(exponent, imaginary=True)
        if turn is None:
            raise _NotAlgebraic
        self.turns = lcm(self.turns, 2 * turn.denominator)
        return 0.0, 0.0

    @property
    def degree(self) -> int:
        """A bound on the degree of the field in which the constant lies."""
        total = _totient(self.turns)
        for _, index in self.roots:
            total *= index
        return total


def _totient(n: int) -> int:
    total, rest, p = n, n, 2
    while p * p <= rest:
        if rest % p == 0:
            total -= total // p
            while rest % p == 0:
                rest //= p
        p += 1
    return total - total // rest if rest > 1 else total


@lru_cache(maxsize=512)
def algebraic_zero(tree: Expr, complexes: bool = False) -> bool | None:
    """Whether a constant is exactly 0; None where it is no algebraic constant of this kind, or over budget.

    >>> from grader.expressions.build import number, sqrt, sub, add, mul
    >>> root = lambda n: sqrt(number(n))
    >>> nested = sqrt(add(number(5), mul(number(2), root(6))))
    >>> algebraic_zero(sub(nested, add(root(2), root(3))))
    True
    """
    bounds = _Bounds()
    try:
        u, below = bounds.size(tree)
        needed = u * (bounds.degree - 1) + below + 2
    except (_NotAlgebraic, OverflowError):
        return None
    if needed > MAX_BITS:
        return None
    return _decided(tree, complexes, int(needed))


def _decided(tree: Expr, complexes: bool, needed: int) -> bool | None:
    try:
        tape = compile_tape(tree, complexes)
        for level in (64, needed + 64, 2 * needed + 256):
            with bits(level):
                value = tape.run({})
                if type(value) is fmpq:
                    return bool(value == 0)
                if not value.contains(0):
                    return False
                if _below(value, needed):
                    return True
    except (Undefined, Unclear, Unsupported, ShapeError):
        return None
    return None


def _below(value: Any, needed: int) -> bool:
    """Whether every number in the ball is smaller than 2^-needed."""
    parts = (value.real, value.imag) if type(value) is acb else (value,)
    edge = arb(2) ** -(needed + 1)
    return all(abs(part) < edge for part in parts)
