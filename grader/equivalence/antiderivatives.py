"""Antiderivatives: rules of our own first, else SymPy. What comes back is checked by who asked."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from grader.equivalence.asking import Ask, ask
from grader.equivalence.divides import by_inner_slope
from grader.equivalence.partial_fractions import rational_antiderivative
from grader.equivalence.polynomial import coefficients_of
from grader.equivalence.quadratics import root_of_quadratic
from grader.equivalence.waves import product_of_waves
from grader.expressions.build import (
    HALF,
    MINUS_ONE,
    ONE,
    ZERO,
    add,
    call,
    div,
    mul,
    neg,
    number,
    power,
    sqrt,
    sub,
)
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols

_MAX_PARTS = 12


def _squared(a: Expr) -> Expr:
    return power(a, number(2))


# f(a) for a linear a: F(a), to be divided by the slope of a
_TABLE: dict[str, Callable[[Expr], Expr]] = {
    "exp": lambda a: call("exp", a),
    "sin": lambda a: neg(call("cos", a)),
    "cos": lambda a: call("sin", a),
    "tan": lambda a: neg(call("ln", call("abs", call("cos", a)))),
    "cot": lambda a: call("ln", call("abs", call("sin", a))),
    "sec": lambda a: call("ln", call("abs", add(call("sec", a), call("tan", a)))),
    "csc": lambda a: neg(call("ln", call("abs", add(call("csc", a), call("cot", a))))),
    "sinh": lambda a: call("cosh", a),
    "cosh": lambda a: call("sinh", a),
    "tanh": lambda a: call("ln", call("cosh", a)),
    "ln": lambda a: sub(mul(a, call("ln", a)), a),
    "arctan": lambda a: sub(mul(a, call("arctan", a)), mul(HALF, call("ln", add(ONE, _squared(a))))),
    "arcsin": lambda a: add(mul(a, call("arcsin", a)), sqrt(sub(ONE, _squared(a)))),
    "arccos": lambda a: sub(mul(a, call("arccos", a)), sqrt(sub(ONE, _squared(a)))),
}
_SQUARES: dict[str, Callable[[Expr], Expr]] = {
    "sec": lambda a: call("tan", a),
    "csc": lambda a: neg(call("cot", a)),
    "sech": lambda a: call("tanh", a),
    "tan": lambda a: sub(call("tan", a), a),
    "tanh": lambda a: sub(a, call("tanh", a)),
}
_CYCLES = frozenset(["exp", "sin", "cos", "sinh", "cosh"])  # whose antiderivatives stay of their kind
_BY_PARTS = frozenset(["ln", "arctan", "arcsin", "arccos", "artanh", "arsinh"])


def antiderivative(body: Expr, x: Expr, asking: Ask = ask) -> Expr | None:
    """Some F with F' = body, perhaps; None if none is found. Raises `asking.Stopped`.

    >>> from grader.expressions.build import symbol
    >>> antiderivative(symbol("x"), symbol("x")) is mul(HALF, power(symbol("x"), number(2)))
    True
    """
    simple = primitive(body, x)
    if simple is not None or any(p.head in _UNKNOWN for p in walk(body)):
        return simple
    return asking("antiderivative", (body, x))


_UNKNOWN = frozenset(["apply", "partial", "index", "integral", "sum", "product", "cases"])


def primitive(body: Expr, x: Expr, depth: int = 0) -> Expr | None:
    """The same by our own rules alone."""
    if x not in free_symbols(body):
        return mul(body, x)
    if body is x:
        return mul(HALF, power(x, number(2)))
    polynomial = _polynomial(body, x)
    if polynomial is not None:
        return polynomial
    if body.head == "add":
        parts = [primitive(a, x, depth) for a in body.args]
        return None if any(p is None for p in parts) else add(*(p for p in parts if p is not None))
    if body.head == "mul":
        body = _with_one_power(body, x)
        if body.head != "mul":
            return primitive(body, x, depth)
        front = [a for a in body.args if x not in free_symbols(a)]
        if front:
            inner = primitive(mul(*(a for a in body.args if a not in front)), x, depth)
            return None if inner is None else mul(*front, inner)
    for rule in _RULES:
        found = rule(body, x)
        if found is not None:
            return found
    return _by_parts(body, x, depth)


def _with_one_power(body: Expr, x: Expr) -> Expr:
    """A product with all its powers of x as one: `x^3/3 * 1/x`."""
    powers = [a for a in body.args if a is x or _is_power_of(a, x)]
    if len(powers) < 2:
        return body
    exponent = sum(Fraction(1) if a is x else a.args[1].value for a in powers)
    kept = [a for a in body.args if a not in powers]
    return mul(*kept, power(x, number(exponent)) if exponent else ONE)


def _is_power_of(tree: Expr, x: Expr) -> bool:
    return tree.head == "pow" and tree.args[0] is x and tree.args[1].head == "number"


def _polynomial(body: Expr, x: Expr) -> Expr | None:
    coefficients = coefficients_of(body, x)
    if coefficients is None:
        return None
    terms = [
        div(mul(c, power(x, number(k + 1))), number(k + 1))
        for k, c in enumerate(coefficients)
        if c is not ZERO
    ]
    return add(*terms)


def _slope(tree: Expr, x: Expr) -> Expr | None:
    """The slope of something linear; None for anything else."""
    slope = differentiate(tree, x)
    return slope if slope is not None and slope is not ZERO and x not in free_symbols(slope) else None


def _of_table(body: Expr, x: Expr) -> Expr | None:
    """f(a x + b), sec(a x + b)^2 ..."""
    if body.head == "call" and len(body.args) == 1 and body.value in _TABLE:
        slope = _slope(body.args[0], x)
        return None if slope is None else div(_TABLE[body.value](body.args[0]), slope)
    if body.head == "pow" and body.args[1].head == "number" and body.args[1].value == 2:
        held = body.args[0]
        if held.head == "call" and held.value in _SQUARES:
            slope = _slope(held.args[0], x)
            return None if slope is None else div(_SQUARES[held.value](held.args[0]), slope)
    return None


def _of_power(body: Expr, x: Expr) -> Expr | None:
    """(a x + b)^n, also written as a power of a power, and c^(a x)."""
    if body.head != "pow":
        return None
    base, exponent = _flat_power(body)
    slope = _slope(base, x)
    if slope is not None and x not in free_symbols(exponent):
        return _linear_power(base, exponent, slope)
    rate = _slope(exponent, x)
    if x not in free_symbols(base) and rate is not None:
        return div(body, mul(rate, call("ln", base)))
    return None


def _flat_power(body: Expr) -> tuple[Expr, Expr]:
    base, exponent = body.args
    while base.head == "pow" and base.args[1].head == "number" and exponent.head == "number":
        exponent = number(exponent.value * base.args[1].value)
        base = base.args[0]
    return base, exponent


def _linear_power(base: Expr, exponent: Expr, slope: Expr) -> Expr:
    if exponent is MINUS_ONE:
        return div(call("ln", call("abs", base)), slope)
    raised = number(exponent.value + 1) if exponent.head == "number" else add(exponent, ONE)
    return div(power(base, raised), mul(raised, slope))


def _by_parts(body: Expr, x: Expr, depth: int) -> Expr | None:
    """A polynomial times a wave or an exponential, or times a logarithm or an arc."""
    factors = body.args if body.head == "mul" else (body,)
    for held in factors:
        if held.head != "call" or len(held.args) != 1:
            continue
        rest = mul(*(f for f in factors if f is not held))
        if held.value in _CYCLES and _slope(held.args[0], x) and coefficients_of(rest, x) is not None:
            return _tabular(rest, held, x)
        if held.value in _BY_PARTS and depth < 2:
            return _logarithm_by_parts(rest, held, x, depth)
    return None


def _tabular(polynomial: Expr, held: Expr, x: Expr) -> Expr | None:
    """P F1 - P' F2 + P'' F3 - ... with F1 an antiderivative of the wave, F2 one of F1 ..."""
    total, sign = [], ONE
    wave: Expr | None = held
    for _ in range(_MAX_PARTS):
        wave = primitive(wave, x, 2) if wave is not None else None
        if wave is None:
            return None
        total.append(mul(sign, polynomial, wave))
        slope = differentiate(polynomial, x)
        if slope is None:
            return None
        if slope is ZERO:
            return add(*total)
        polynomial, sign = slope, neg(sign)
    return None


def _logarithm_by_parts(rest: Expr, held: Expr, x: Expr, depth: int) -> Expr | None:
    outer = primitive(rest, x, depth + 1)
    slope = differentiate(held, x)
    if outer is None or slope is None:
        return None
    inner = primitive(mul(outer, slope), x, depth + 1)
    return None if inner is None else sub(mul(outer, held), inner)


def _flattened(body: Expr, x: Expr) -> Expr | None:
    """1/sqrt(x) and 1/x^2 as powers of x."""
    if body.head != "pow" or body.args[0].head != "pow":
        return None
    base, exponent = _flat_power(body)
    return primitive(power(base, exponent), x, 2) if (base, exponent) != body.args else None


_RULES: tuple[Callable[[Expr, Expr], Expr | None], ...] = (
    _of_table, _of_power, product_of_waves, rational_antiderivative, root_of_quadratic, by_inner_slope,
    _flattened,
)  # fmt: skip
