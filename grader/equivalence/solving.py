"""An equation solved for one of its symbols: the branches, or None where that is not known."""

from __future__ import annotations

from fractions import Fraction

from grader.equivalence.ball import exact_at
from grader.equivalence.field import Beyond, Frac, Poly
from grader.equivalence.normal import Normalizer
from grader.expressions.build import ONE, ZERO, E, add, call, div, mul, neg, number, power, sqrt, sub
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import contains, free_symbols, replace

_UNDO = {"exp": "ln", "ln": "exp", "tanh": "artanh", "artanh": "tanh", "sinh": "arsinh", "arsinh": "sinh"}


def branches(left: Expr, right: Expr, unknown: Expr, normalizer: Normalizer) -> tuple[Expr, ...] | None:
    """Trees t such that left = right says unknown = t for one of them (some may be impossible)."""
    peeled = _peeled(left, right, unknown)
    if peeled is not None:
        inner, values = peeled
        if inner is unknown:
            return tuple(values)
        if len(values) == 1:
            found = _by_factors(inner, values[0], unknown, normalizer)
            if found is not None:
                return found
    found = _by_factors(left, right, unknown, normalizer)
    return found if found is not None else _linear(left, right, unknown)


def _linear(left: Expr, right: Expr, unknown: Expr) -> tuple[Expr, ...] | None:
    """`2(6 - s - t) - s + t = 3` for s: linear with a plain number before it, whatever else stands there."""
    if left.kind != "scalar" or right.kind != "scalar":
        return None
    gap = sub(left, right)
    slope = differentiate(gap, unknown)
    if slope is None or free_symbols(slope) or (steep := exact_at(slope, {})) in (None, 0):
        return None
    return (div(neg(replace(gap, {unknown: ZERO})), number(steep)),)


def _peeled(left: Expr, right: Expr, unknown: Expr) -> tuple[Expr, list[Expr]] | None:
    """Undo one operation after the other from the side of the unknown, as far as that goes."""
    if not contains(left, unknown):
        left, right = right, left
    if contains(right, unknown) or not contains(left, unknown):
        return None
    values = [right]
    while left is not unknown:
        step = _undo(left, values, unknown)
        if step is None or len(step[1]) > 8:
            break
        left, values = step
    return left, values


def _undo(tree: Expr, values: list[Expr], unknown: Expr) -> tuple[Expr, list[Expr]] | None:
    if tree.kind in ("vector", "matrix", "truth"):
        return None
    if tree.head in ("add", "mul"):
        moving = [a for a in tree.args if contains(a, unknown)]
        if len(moving) != 1:
            return None
        inner = moving[0]
        rest = [a for a in tree.args if a is not inner]
        if tree.head == "add":
            return inner, [sub(v, add(*rest)) for v in values]
        if any(free_symbols(a) for a in rest):
            return None
        return inner, [div(v, mul(*rest)) for v in values]
    if tree.head == "pow":
        return _undo_power(tree, values, unknown)
    if tree.head == "call" and tree.value in _UNDO:
        return tree.args[0], [call(_UNDO[tree.value], v) for v in values]
    if tree.head == "call" and tree.value == "abs":
        return tree.args[0], [w for v in values for w in (v, neg(v))]
    return None


def _undo_power(tree: Expr, values: list[Expr], unknown: Expr) -> tuple[Expr, list[Expr]] | None:
    base, exponent = tree.args
    if base is E:
        return exponent, [call("ln", v) for v in values]
    if contains(exponent, unknown):
        if contains(base, unknown):
            return None
        if free_symbols(base):
            return None
        return exponent, [div(call("ln", v), call("ln", base)) for v in values]
    if exponent.head != "number" or exponent.value == 0:
        return None
    e: Fraction = exponent.value
    roots = [power(v, number(1 / e)) for v in values]
    if e.numerator % 2:
        return base, roots
    return base, [w for r in roots for w in (r, neg(r))]


def _by_factors(left: Expr, right: Expr, unknown: Expr, normalizer: Normalizer) -> tuple[Expr, ...] | None:
    """Linear and quadratic factors of left - right as a polynomial in the unknown alone."""
    try:
        return normalizer.attempt(lambda: _factor_roots(normalizer, left, right, unknown))
    except Beyond:
        return None


def _factor_roots(n: Normalizer, left: Expr, right: Expr, unknown: Expr) -> tuple[Expr, ...] | None:
    gap: Frac = n.sub(n.scalar(left), n.scalar(right))
    gen = n.scalar(unknown).top
    slot = gen.degrees().index(1)
    if gap.top == 0 or any(d and i != slot for i, d in enumerate(gap.top.degrees())):
        return None
    found: list[Expr] = []
    for factor, _ in n.factors(gap.top)[1]:
        roots = quadratic_roots(coefficients_in(factor, slot))
        if roots is None:
            return None
        found.extend(roots)
    return tuple(found)


def coefficients_in(poly: Poly, slot: int) -> list[Fraction]:
    """The coefficients of a polynomial in the one generator that it has, lowest first."""
    found = [Fraction(0)] * (int(poly.degrees()[slot]) + 1)
    for exponents, c in poly.terms():
        found[int(exponents[slot])] = Fraction(int(c.numerator), int(c.denominator))
    return found


def quadratic_roots(c: list[Fraction]) -> list[Expr] | None:
    """The real roots of a polynomial of degree at most 2."""
    if len(c) == 2:
        return [number(-c[0] / c[1])]
    if len(c) != 3:
        return None
    discriminant = c[1] ** 2 - 4 * c[0] * c[2]
    if discriminant < 0:
        return []
    middle, half = number(-c[1] / (2 * c[2])), number(ONE.value / (2 * c[2]))
    spread = mul(half, sqrt(number(discriminant)))
    return [add(middle, spread), sub(middle, spread)]
