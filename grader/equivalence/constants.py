"""Constants decided exactly: algebraic ones, and rational combinations of logarithms and of arcs.

A combination of logarithms of positive algebraic numbers is 0 when its exponential, a product of powers, is
1; a combination of arcs t is 0 when exp(i m t) is 1 and |m t| < 2 pi.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Any

from flint import arb, fmpq

from grader.equivalence.arrays import ShapeError
from grader.equivalence.ball import Unsupported, compile_tape
from grader.equivalence.precision import bits
from grader.equivalence.scalars import Unclear, Undefined, to_arb
from grader.equivalence.separation import algebraic_zero
from grader.expressions.build import (
    MINUS_ONE,
    ONE,
    PI,
    add,
    constant,
    div,
    mul,
    number,
    power,
    sqrt,
    sub,
)
from grader.expressions.nodes import Expr

_LEVELS = (96, 640)
_MAX_MULTIPLE = 360
_I = constant("i")
_Terms = list[tuple[Fraction, Expr]]


@dataclass(slots=True)
class _Form:
    """sum c ln(a) + sum c t with exp(i t) = z + rest."""

    logs: _Terms = field(default_factory=list)
    arcs: _Terms = field(default_factory=list)  # c and z
    arc_trees: list[Expr] = field(default_factory=list)
    rest: list[Expr] = field(default_factory=list)


def _square(a: Expr) -> Expr:
    return power(a, number(2))


def _one_minus_square(a: Expr) -> Expr:
    return sqrt(sub(ONE, _square(a)))


# ln of these arguments is the function
_LOGARITHMS: dict[str, Callable[[Expr], Expr]] = {
    "ln": lambda a: a,
    "arsinh": lambda a: add(a, sqrt(add(_square(a), ONE))),
    "arcosh": lambda a: add(a, sqrt(sub(_square(a), ONE))),
    "artanh": lambda a: sqrt(div(add(ONE, a), sub(ONE, a))),
    "arcoth": lambda a: sqrt(div(add(a, ONE), sub(a, ONE))),
}
# exp(i t) of these arcs t
_ARCS: dict[str, Callable[[Expr], Expr]] = {
    "arcsin": lambda a: add(_one_minus_square(a), mul(_I, a)),
    "arccos": lambda a: add(a, mul(_I, _one_minus_square(a))),
    "arctan": lambda a: div(add(ONE, mul(_I, a)), sqrt(add(ONE, _square(a)))),
    "arccot": lambda a: div(add(a, _I), sqrt(add(ONE, _square(a)))),
    "arcsec": lambda a: _ARCS["arccos"](div(ONE, a)),
    "arccsc": lambda a: _ARCS["arcsin"](div(ONE, a)),
}


@lru_cache(maxsize=512)
def constant_zero(tree: Expr, complexes: bool = False) -> bool | None:
    """Whether a tree without symbols is exactly 0; None where that is not known.

    >>> from grader.expressions.build import call, neg
    >>> root = sqrt(number(3))
    >>> constant_zero(add(call("ln", add(number(2), root)), call("ln", sub(number(2), root))))
    True
    """
    away = _is_away(tree, complexes)
    if away is not None:
        return not away
    found = algebraic_zero(tree, complexes)
    if found is not None:
        return found
    return True if (not complexes and _combines_to_zero(tree)) or _reduces_to_zero(tree, complexes) else None


def _combines_to_zero(tree: Expr) -> bool:
    """Whether logarithms, arcs and the rest each add up to 0."""
    form = _Form()
    _spread(tree, Fraction(1), form)
    if not form.logs and not form.arcs:
        return False
    return _rest_is_zero(form) and _logs_are_zero(form) and _arcs_are_zero(form)


def _reduces_to_zero(tree: Expr, complexes: bool) -> bool:
    """Whether the normal form is 0."""
    from grader.equivalence.assumptions import NOTHING
    from grader.equivalence.field import Beyond
    from grader.equivalence.normal import Normalizer, is_zero

    normalizer = Normalizer(NOTHING.domain, complexes)
    try:
        return is_zero(normalizer.attempt(lambda: normalizer.value(tree)))
    except Beyond:
        return False


def _is_away(tree: Expr, complexes: bool) -> bool | None:
    """True for a ball without 0, False for an exact 0."""
    try:
        tape = compile_tape(tree, complexes)
        for level in _LEVELS:
            with bits(level):
                value = tape.run({})
            if type(value) is fmpq:
                return bool(value != 0)
            if not value.contains(0):
                return True
    except (Undefined, Unclear, Unsupported, ShapeError):
        return None
    return None


def _spread(tree: Expr, c: Fraction, form: _Form) -> None:
    if tree.head == "add":
        for part in tree.args:
            _spread(part, c, form)
    elif tree.head == "mul" and _number_in_front(tree) is not None:
        factor, inner = _number_in_front(tree) or (Fraction(1), tree)
        _spread(inner, c * factor, form)
    elif tree is PI:
        form.arcs.append((c, MINUS_ONE))
        form.arc_trees.append(mul(number(c), PI))
    elif tree.head == "call" and tree.value in _LOGARITHMS:
        form.logs.append((c, _LOGARITHMS[tree.value](tree.args[0])))
    elif tree.head == "call" and tree.value in _ARCS:
        form.arcs.append((c, _ARCS[tree.value](tree.args[0])))
        form.arc_trees.append(mul(number(c), tree))
    else:
        form.rest.append(mul(number(c), tree))


def _number_in_front(tree: Expr) -> tuple[Fraction, Expr] | None:
    """A product with one factor that is no rational number, as number times factor."""
    from grader.equivalence.ball import exact_at

    factor, others = Fraction(1), []
    for part in tree.args:
        exact = exact_at(part, {})
        if exact is None:
            others.append(part)
        else:
            factor *= exact
    return (factor, others[0]) if len(others) == 1 else None


def _multiple(terms: _Terms) -> int | None:
    found = lcm(*(c.denominator for c, _ in terms))
    most = max(abs(c) for c, _ in terms) * found
    return found if most <= _MAX_MULTIPLE else None


def _rest_is_zero(form: _Form) -> bool:
    return algebraic_zero(add(*form.rest)) is True if form.rest else True


def _logs_are_zero(form: _Form) -> bool:
    if not form.logs:
        return True
    m = _multiple(form.logs)
    if m is None:
        return False
    product = mul(*(power(a, number(c * m)) for c, a in form.logs))
    return algebraic_zero(sub(product, ONE)) is True


def _arcs_are_zero(form: _Form) -> bool:
    if not form.arcs:
        return True
    m = _multiple(form.arcs)
    if m is None or not _is_small(add(*form.arc_trees), m):
        return False
    turned = mul(*(power(z, number(c * m)) for c, z in form.arcs))
    return algebraic_zero(sub(turned, ONE), True) is True


def _is_small(total: Expr, m: int) -> bool:
    """Whether m times the value is certainly less than 2 pi away from 0."""
    try:
        with bits(128):
            return bool(abs(compile_tape(total).run({}) * m) < 6)
    except (Undefined, Unclear, Unsupported, ShapeError):
        return False


def constant_sign(tree: Expr) -> int | None:
    """-1, 0 or 1 for a real constant; None where that is not known, and for what is no real number.

    >>> from grader.expressions.build import matrix
    >>> constant_sign(matrix(1, 2, number(1), number(2))) is None
    True
    """
    value = constant_value(tree)
    if type(value) is fmpq:
        return (value > 0) - (value < 0)
    if type(value) is not arb:
        return None
    if value > 0:
        return 1
    if value < 0:
        return -1
    return 0 if constant_zero(tree) else None


@lru_cache(maxsize=512)
def constant_digits(tree: Expr, digits: int) -> str | None:
    """The real value of a tree without symbols in so many significant digits; None for no real value.

    >>> from grader.expressions.build import number, sqrt
    >>> constant_digits(sqrt(number(2)), 6)
    '1.41421'
    """
    with bits(4 * digits):
        found = constant_value(tree)
        if found is None or isinstance(found, bool):
            return None
        value = to_arb(found) if type(found) is fmpq else found
        return str(value.str(digits, radius=False)) if type(value) is arb else None


def constant_value(tree: Expr, complexes: bool = False) -> Any | None:
    """The value of a tree without symbols, with more bits while its ball holds 0; None for no value."""
    found = None
    try:
        tape = compile_tape(tree, complexes)
        for level in _LEVELS:
            with bits(level):
                found = tape.run({})
            if type(found) is fmpq or not hasattr(found, "contains") or not found.contains(0):
                break
    except (Undefined, Unclear, Unsupported, ShapeError):
        return None
    return found
