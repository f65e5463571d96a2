"""Limits worked out: the limits of the parts, where these say it; else as a quotient, by l'Hopital's rule."""

from __future__ import annotations

from dataclasses import replace as with_fields
from fractions import Fraction

from grader.equivalence.assumptions import Assumptions
from grader.equivalence.constants import constant_sign, constant_zero
from grader.equivalence.field import Beyond
from grader.equivalence.growth import limit_by_growth
from grader.equivalence.hopital import STEP, Quotient
from grader.equivalence.membership import is_infinite
from grader.equivalence.normal import Normalizer, is_zero
from grader.expressions.build import (
    HALF,
    INFINITY,
    MINUS_ONE,
    ONE,
    PI,
    ZERO,
    E,
    add,
    call,
    mul,
    neg,
    power,
    sub,
)
from grader.expressions.domains import Domain
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, rebuild, replace

_SMALL = Domain(Fraction(0), Fraction(1, 1000))
_SMOOTH = frozenset(["exp", "sin", "cos", "sinh", "cosh", "tanh", "arctan", "arsinh", "erf", "abs"])
_BOUNDED = frozenset(["sin", "cos", "arctan", "tanh", "erf"])
_AT_INFINITY = {"arctan": mul(HALF, PI), "tanh": ONE, "erf": ONE}
_TWO_SIDED = frozenset(["abs", "sign", "floor", "ceil", "min", "max"])


class Approach:
    """What `x` tends to; `limit` works out what an expression then tends to."""

    def __init__(self, x: Expr, point: Expr, side: str, assumptions: Assumptions) -> None:
        self.x, self.point, self.side, self.assumptions = x, point, side, assumptions
        self.done: dict[Expr, Expr | None] = {}

    def limit(self, body: Expr) -> Expr | None:
        """The limit, perhaps infinite; None where it is not found."""
        if any(
            p.head == "cases" or (p.head == "call" and p.value in ("floor", "ceil", "sign"))
            for p in walk(body)
        ):
            return None
        turned = any(p.head == "call" and p.value in _TWO_SIDED for p in walk(body))
        if turned and not self.side and not is_infinite(self.point):
            both = [Approach(self.x, self.point, s, self.assumptions).limit(body) for s in ("+", "-")]
            return both[0] if both[0] is not None and both[0] is both[1] else None
        direct = self.of(body)
        if direct is not None:
            return direct
        if is_infinite(self.point):
            return self._grown(body) or self._as_quotient(body)
        return self._as_quotient(body) or self._grown(body)

    def _grown(self, body: Expr) -> Expr | None:
        """By growth, for a variable that goes to infinity."""
        if is_infinite(self.point):
            far = neg(STEP) if self.point.head == "mul" else STEP
        else:
            step = power(STEP, MINUS_ONE)
            far = sub(self.point, step) if self.side == "-" else add(self.point, step)
        return limit_by_growth(replace(body, {self.x: far}), STEP, self.assumptions)

    # -- by structure --------------------------------------------------------------------------

    def of(self, tree: Expr) -> Expr | None:
        """The limit as the limits of the parts say it; None where they do not."""
        if tree not in self.done:
            self.done[tree] = self._of(tree)
        return self.done[tree]

    def _of(self, tree: Expr) -> Expr | None:
        if self.x not in free_symbols(tree):
            return tree
        if tree is self.x:
            return self.point
        rules = {"add": self._sum, "mul": self._product, "pow": self._power, "call": self._call}
        rule = {**rules, "apply": self._applied}.get(tree.head)
        return rule(tree) if rule is not None else None

    def _applied(self, tree: Expr) -> Expr | None:
        """Of a function of which nothing is known: it is taken as smooth."""
        function, *arguments = tree.args
        name = function.args[0] if function.head == "derived" else function
        places = [self.of(a) for a in arguments]
        known = [p for p in places if p is not None and not is_infinite(p)]
        if name.head != "symbol" or tree.kind != "scalar" or len(known) < len(places):
            return None
        return rebuild(tree, (function, *known))

    def _sum(self, tree: Expr) -> Expr | None:
        parts = [self.of(a) for a in tree.args]
        if any(p is None for p in parts):
            return None
        known = [p for p in parts if p is not None]
        infinite = [p for p in known if is_infinite(p)]
        if not infinite:
            return add(*known)
        return infinite[0] if len({p.head for p in infinite}) == 1 else None

    def _product(self, tree: Expr) -> Expr | None:
        parts = [self.of(a) for a in tree.args]
        if any(p is None for p in parts):
            vanishing = any(p is not None and self.is_zero(p) for p in parts)
            tame = all(
                (p is not None and not is_infinite(p)) or self._is_bounded(a)
                for p, a in zip(parts, tree.args, strict=True)
            )
            return ZERO if vanishing and tame else None
        known = [p for p in parts if p is not None]
        if not any(map(is_infinite, known)):
            return mul(*known)
        sign = 1
        for part in known:
            sign *= (-1 if part.head == "mul" else 1) if is_infinite(part) else self._sign(part)
        return None if sign == 0 else (INFINITY if sign > 0 else neg(INFINITY))

    def _is_bounded(self, tree: Expr) -> bool:
        if tree.head == "call" and tree.value in _BOUNDED:
            return True
        whole = tree.head == "pow" and tree.args[1].head == "number" and tree.args[1].value > 0
        return whole and self._is_bounded(tree.args[0])

    def _power(self, tree: Expr) -> Expr | None:
        base, exponent = tree.args
        if self.x in free_symbols(exponent):
            product = exponent if base is E else mul(exponent, call("ln", base))
            inside = self.limit(product)
            return None if inside is None else self._exp(inside)
        inner = self.of(base)
        if inner is None or exponent.head != "number":
            return None
        e: Fraction = exponent.value
        if is_infinite(inner):
            if e < 0:
                return ZERO
            return (
                _signed(inner.head == "mul" and e.numerator % 2 == 1)
                if inner.head != "mul" or e.denominator % 2
                else None
            )
        if self.is_zero(inner):
            return ZERO if e > 0 and (e.denominator == 1 or self.side) else None
        return power(inner, exponent)

    def _exp(self, inside: Expr) -> Expr:
        if not is_infinite(inside):
            return call("exp", inside)
        return ZERO if inside.head == "mul" else INFINITY

    def _call(self, tree: Expr) -> Expr | None:
        if len(tree.args) != 1:
            return None
        inner = self.of(tree.args[0])
        if inner is None:
            inner = self.limit(tree.args[0]) if tree.args[0].head in ("mul", "pow", "add") else None
        if inner is None:
            return None
        if is_infinite(inner):
            return self._call_at_infinity(tree.value, inner)
        if tree.value in _SMOOTH:
            return call(tree.value, inner)
        if tree.value == "ln":
            if self.is_zero(inner):
                return neg(INFINITY)
            return call("ln", inner) if self._sign(inner) > 0 else None
        if tree.value in ("tan", "sec", "arcsin", "arccos", "artanh") and not free_symbols(inner):
            from grader.equivalence.settled import NO_VALUE, value_exactly

            there = call(tree.value, inner)
            return there if value_exactly(there) not in (NO_VALUE, None) else None
        return None

    def _call_at_infinity(self, name: str, inner: Expr) -> Expr | None:
        below = inner.head == "mul"
        if name == "exp":
            return self._exp(inner)
        if name in _AT_INFINITY:
            return neg(_AT_INFINITY[name]) if below else _AT_INFINITY[name]
        if name in ("ln", "arcosh"):
            return None if below else INFINITY
        if name in ("sinh", "arsinh"):
            return _signed(below)
        return INFINITY if name in ("cosh", "abs") else None

    # -- quotients -----------------------------------------------------------------------------

    def _as_quotient(self, body: Expr) -> Expr | None:
        """The variable exchanged for a small step t > 0; then l'Hopital's rule."""
        place = {self.x: self._stepped()}
        inside = with_fields(self.assumptions, domains={**self.assumptions.domains, STEP.value: _SMALL})
        return Quotient(Approach(STEP, ZERO, "+", inside)).limit(replace(body, place))

    def _stepped(self) -> Expr:
        if is_infinite(self.point):
            far = power(STEP, MINUS_ONE)
            return neg(far) if self.point.head == "mul" else far
        return sub(self.point, STEP) if self.side == "-" else add(self.point, STEP)

    def normalizer(self) -> Normalizer:
        """A normal form maker that knows the domains."""
        return Normalizer(self.assumptions.domain)

    def is_zero(self, tree: Expr) -> bool:
        """Whether a limit is certainly 0."""
        if is_infinite(tree):
            return False
        if not free_symbols(tree):
            return constant_zero(tree) is True
        n = self.normalizer()
        try:
            return is_zero(n.attempt(lambda: n.value(tree)))
        except Beyond:
            return False

    def _sign(self, tree: Expr) -> int:
        if not free_symbols(tree):
            return constant_sign(tree) or 0
        n = self.normalizer()

        def work() -> int:
            value = n.scalar(tree)
            if value.top == 0:
                return 0
            c, parts = n.split(value)
            total = 1 if c > 0 else -1
            for factor, k in parts:
                total *= 1 if k % 2 == 0 else n.sign(factor)
            return total

        try:
            return n.attempt(work)
        except Beyond:
            return 0


def _signed(below: bool) -> Expr:
    return neg(INFINITY) if below else INFINITY
