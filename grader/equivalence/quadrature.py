"""Definite integrals between finite ends, enclosed with certainty.

F. Johansson, "Numerical integration in arbitrary-precision ball arithmetic" (2018): the integrand is asked
for enclosures on complex balls, and says on demand whether it is analytic there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flint import acb, arb, ctx, fmpq

from grader.equivalence import scalars as S
from grader.equivalence.scalars import Unclear, Undefined
from grader.equivalence.unknowns import unknown_value
from grader.expressions.build import E
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols

_EVALUATIONS = 2000
_MAX_BITS = 160
_Value = Any
_NAN = acb(arb("nan"), arb("nan"))


class NotIntegrable(Exception):
    """The integrand holds a node that has no complex enclosure here."""


def integrated(tree: Expr, environment: Mapping[Any, Any], low: Any, high: Any) -> Any:
    """A ball around the integral `tree` between two real scalars; raises `Undefined` or `Unclear`."""
    body, variable = tree.args[:2]
    integrand = _Integrand(body, variable, environment)
    before, ctx.prec = ctx.prec, min(ctx.prec, _MAX_BITS)  # the caller holds the lock on the precision
    try:
        found = acb.integral(
            integrand, acb(low), acb(high), eval_limit=_EVALUATIONS, depth_limit=2 * ctx.prec
        )
    finally:
        ctx.prec = before
    if not found.is_finite():
        raise Unclear
    if integrand.real and not found.imag.contains(0):
        raise Undefined  # a root or a logarithm of a negative number on the way
    return found.real if integrand.real else found


def check_integrand(tree: Expr) -> None:
    """Raises `NotIntegrable` for a tree that cannot be enclosed."""
    body, variable = tree.args[:2]
    for part in _parts(body):
        if part.head in _BINDERS and variable not in free_symbols(part):
            continue
        if part.head not in _HEADS or (part.head == "call" and part.value not in _CALLS):
            raise NotIntegrable(part.head)
        if part.head == "apply" and (part.kind != "scalar" or part.args[0].head not in ("symbol", "derived")):
            raise NotIntegrable(part.head)
    if variable.head != "symbol":
        raise NotIntegrable(variable.head)


_BINDERS = ("integral", "sum", "product")


def _parts(body: Expr) -> list[Expr]:
    """The nodes of an integrand, those inside of sums and integrals left out."""
    found: dict[Expr, None] = {}
    stack = [body]
    while stack:
        top = stack.pop()
        if top not in found and top.kind != "function":
            found[top] = None
            stack.extend(() if top.head in _BINDERS else top.args)
    return list(found)


class _Integrand:
    """The integrand as a function of a complex ball."""

    def __init__(self, body: Expr, variable: Expr, environment: Mapping[Any, Any]) -> None:
        self.body = body
        self.variable = variable
        self.environment = environment
        self.fixed: dict[Expr, _Value] = {}
        parts = _parts(body)
        self.real = not any(p.kind == "complex" for p in parts)
        self.moving = frozenset(p for p in parts if variable in free_symbols(p))

    def __call__(self, z: Any, analytic: bool) -> Any:
        try:
            return acb(self.value(self.body, z, analytic, {}))
        except (Undefined, Unclear):
            return _NAN

    def value(self, tree: Expr, z: Any, analytic: bool, done: dict[Expr, _Value]) -> _Value:
        found = self.fixed.get(tree)
        if found is None:
            found = done.get(tree)
        if found is None:
            found = self._value(tree, z, analytic, done)
            (done if tree in self.moving else self.fixed)[tree] = found
        return found

    def _value(self, tree: Expr, z: Any, analytic: bool, done: dict[Expr, _Value]) -> _Value:
        if tree is self.variable:
            return z
        if tree.head == "symbol":
            if tree not in self.environment:
                raise Undefined
            return acb(self.environment[tree])
        if tree.head in ("number", "decimal"):
            value = tree.value if tree.head == "number" else tree.value[0]
            return fmpq(value.numerator, value.denominator)
        if tree.head == "constant":
            return _CONSTANTS[tree.value]()
        if tree.head == "cases":
            return self._cases(tree, z, analytic, done)
        if tree.head in _BINDERS:
            from grader.equivalence.ball_nodes import compile_tape

            return acb(compile_tape(tree).run(self.environment))
        if tree.head == "apply":
            values = tuple(self.value(a, z, analytic, done) for a in tree.args[1:])
            return unknown_value(self.environment, tree, values)
        parts = [self.value(a, z, analytic, done) for a in tree.args]
        if tree.head == "add":
            return S.add(*parts)
        if tree.head == "mul":
            return S.mul(*parts)
        if tree.head == "pow":
            return _power(tree, parts[0], parts[1], analytic)
        return _CALLS[tree.value](analytic, *(acb(p) for p in parts))

    def _cases(self, tree: Expr, z: Any, analytic: bool, done: dict[Expr, _Value]) -> _Value:
        """The case of a ball that lies in one; a ball across a border is not analytic."""
        for value, condition in zip(tree.args[::2], tree.args[1::2], strict=True):
            holds = self._holds(condition, z, analytic, done)
            if holds:
                return self.value(value, z, analytic, done)
            if holds is None:
                return self._any_case(tree, z, analytic, done)
        raise Undefined

    def _any_case(self, tree: Expr, z: Any, analytic: bool, done: dict[Expr, _Value]) -> _Value:
        if analytic:
            return _NAN
        found = None
        for value in tree.args[::2]:
            there = acb(self.value(value, z, analytic, done))
            found = there if found is None else found.union(there)
        return found

    def _holds(self, condition: Expr, z: Any, analytic: bool, done: dict[Expr, _Value]) -> bool | None:
        if condition.head == "constant":
            return bool(condition.value == "true")
        if condition.head != "chain":
            return None
        sides = [acb(self.value(a, z, analytic, done)).real for a in condition.args]
        open_one = False
        for operator, a, b in zip(condition.value, sides, sides[1:], strict=False):
            gap = a - b
            if gap > 0:
                truth = operator in (">", ">=", "!=")
            elif gap < 0:
                truth = operator in ("<", "<=", "!=")
            else:
                open_one = True
                continue
            if not truth:
                return False
        return None if open_one else True


def _power(tree: Expr, base: _Value, exponent: _Value, analytic: bool) -> _Value:
    if tree.args[0] is E:
        return acb(exponent).exp()
    if type(exponent) is fmpq and exponent.denominator == 1:
        n = int(exponent.numerator)
        if n < 0 and type(base) is fmpq and base == 0:
            raise Undefined
        return acb(base) ** n if abs(n) < 2**40 else _NAN
    if type(exponent) is fmpq and exponent == fmpq(1, 2):
        return acb(base).sqrt(analytic=analytic)
    if type(exponent) is fmpq and exponent.denominator % 2:
        return _odd_root(acb(base), exponent, analytic)
    return acb(base).pow(acb(exponent), analytic=analytic)


def _odd_root(base: Any, exponent: Any, analytic: bool) -> Any:
    """The real root of a real number; across 0 it is no analytic function."""
    if base.real > 0:
        return base.pow(acb(exponent), analytic=analytic)
    if base.real < 0:
        found = (-base).pow(acb(exponent), analytic=analytic)
        return -found if exponent.numerator % 2 else found
    if analytic:
        return _NAN
    size = abs(base).union(arb(0))
    top = size.upper() ** arb(exponent) if exponent > 0 else arb("nan")
    return acb(arb(0).union(top).union(-top))


_CONSTANTS: dict[str, Callable[[], Any]] = {
    "pi": arb.pi,
    "e": lambda: arb(1).exp(),
    "i": lambda: acb(0, 1),
}


def _plain(name: str) -> Callable[..., Any]:
    return lambda _analytic, z: getattr(z, name)()


def _cut(name: str, crosses: Callable[[Any], bool]) -> Callable[..., Any]:
    """A function with a branch cut; a ball that meets it is not analytic."""
    return lambda analytic, z: _NAN if analytic and crosses(z) else getattr(z, name)()


def _outside_one(z: Any) -> bool:
    return bool(z.imag.contains(0) and not (z.real > -1 and z.real < 1))


def _below_one(z: Any) -> bool:
    return bool(z.imag.contains(0) and not z.real > 1)


def _on_the_side(z: Any) -> bool:
    return bool(z.real.contains(0) and not (z.imag > -1 and z.imag < 1))


_CALLS: dict[str, Callable[..., Any]] = {
    **{
        name: _plain(name)
        for name in ("exp", "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh")
    },
    **{name: _plain(name) for name in ("coth", "sech", "csch", "erf", "gamma")},
    "factorial": lambda _analytic, z: (z + 1).gamma(),
    "ln": lambda analytic, z: z.log(analytic=analytic),
    "log": lambda analytic, z, b: z.log(analytic=analytic) / b.log(analytic=analytic),
    "abs": lambda analytic, z: z.real_abs(analytic=analytic),
    "sign": lambda analytic, z: z.real_sgn(analytic=analytic),
    "floor": lambda analytic, z: z.real_floor(analytic=analytic),
    "ceil": lambda analytic, z: z.real_ceil(analytic=analytic),
    "min": lambda analytic, z, w: z.real_min(w, analytic=analytic),
    "max": lambda analytic, z, w: z.real_max(w, analytic=analytic),
    "arcsin": _cut("asin", _outside_one),
    "arccos": _cut("acos", _outside_one),
    "arctan": _cut("atan", _on_the_side),
    "artanh": _cut("atanh", _outside_one),
    "arsinh": _cut("asinh", _on_the_side),
    "arcosh": _cut("acosh", _below_one),
}
_HEADS = frozenset(
    ["number", "decimal", "constant", "symbol", "add", "mul", "pow", "call", "apply", "cases", "chain"]
)
