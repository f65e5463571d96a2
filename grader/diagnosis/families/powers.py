"""Powers: a square forgotten, exponents treated like factors."""

from __future__ import annotations

from collections.abc import Iterator

from grader.diagnosis.families.parts import exact, exchanged, is_constant, negated, pairs
from grader.diagnosis.malrule import MalRule
from grader.expressions.build import TWO, add, call, mul, number, power
from grader.expressions.nodes import Expr

_BASES = ("add", "symbol", "call", "apply", "dot", "norm", "mul")


def _square_dropped(part: Expr) -> Iterator[Expr]:
    """a for a^2 (1/a for 1/a^2)."""
    value = exact(part.args[1])
    if value in (2, -2) and part.kind != "matrix":
        yield part.args[0] if value == 2 else power(part.args[0], number(-1))


def _square_put_back(part: Expr) -> Iterator[Expr]:
    if part.head == "pow":
        value = exact(part.args[1])
        if value == -1:
            yield power(part.args[0], number(-2))
    elif part.kind == "scalar" and not is_constant(part):
        yield power(part, TWO)


def _absolute_for_square(part: Expr) -> Iterator[Expr]:
    """|a| for a^2."""
    if exact(part.args[1]) == 2 and part.kind == "scalar":
        yield call("abs", part.args[0])


def _square_gained(part: Expr) -> Iterator[Expr]:
    """a^2 for a."""
    if part.kind == "scalar" and not is_constant(part):
        yield power(part, TWO)


def _square_taken_back(part: Expr) -> Iterator[Expr]:
    if exact(part.args[1]) == 2 and part.kind == "scalar":
        yield part.args[0]


def _exponent_off_by_one(part: Expr) -> Iterator[Expr]:
    """a^4 for a^3."""
    value = exact(part.args[1])
    if value is not None and value.denominator == 1 and value not in (-1, 1) and part.kind != "matrix":
        for new in (value + 1, value - 1):
            if new not in (0, 1):
                yield power(part.args[0], number(new))


def _powers_multiplied(part: Expr) -> Iterator[Expr]:
    """x^6 for x^2 x^3."""
    for i, j, base, a, b in _like_powers(part):
        joint = [f for k, f in enumerate(part.args) if k not in (i, j)]
        yield mul(*joint, power(base, _product(a, b)))


def _like_powers(part: Expr) -> Iterator[tuple[int, int, Expr, Expr, Expr]]:
    for i, j in pairs(part.args):
        one, two = part.args[i], part.args[j]
        if one.head == "pow" and two.head == "pow" and one.args[0] is two.args[0]:
            yield i, j, one.args[0], one.args[1], two.args[1]


def _product(a: Expr, b: Expr) -> Expr:
    x, y = exact(a), exact(b)
    return number(x * y) if x is not None and y is not None else mul(a, b)


def _power_of_power_added(part: Expr) -> Iterator[Expr]:
    """x^5 for (x^2)^3."""
    inner = part.args[0]
    if inner.head == "pow":
        x, y = exact(inner.args[1]), exact(part.args[1])
        total = number(x + y) if x is not None and y is not None else add(inner.args[1], part.args[1])
        yield power(inner.args[0], total)


def _negative_exponent_as_minus(part: Expr) -> Iterator[Expr]:
    """-x^2 for x^-2."""
    value = exact(part.args[1])
    if value is not None and value < 0 and part.kind == "scalar":
        yield mul(number(-1), power(part.args[0], number(-value)) if value != -1 else part.args[0])


def _power_on_one_factor(part: Expr) -> Iterator[Expr]:
    """2 x^2 for (2x)^2."""
    base, exponent = part.args
    if base.head == "mul" and exact(exponent) != -1:
        for index, factor in enumerate(base.args):
            yield mul(*exchanged(base.args, index, power(factor, exponent)))


def _exponent_as_factor(part: Expr) -> Iterator[Expr]:
    """2x for x^2, x/2 for the root of x."""
    value = exact(part.args[1])
    if value is not None and value > 0 and part.kind == "scalar" and not is_constant(part.args[0]):
        yield mul(part.args[1], part.args[0])


def _exponent_inverted(part: Expr) -> Iterator[Expr]:
    """x^(3/2) for x^(2/3), x^2 for the root of x."""
    value = exact(part.args[1])
    if value is not None and value.denominator != 1:
        yield power(part.args[0], number(1 / value))


def _bases_multiplied(part: Expr) -> Iterator[Expr]:
    """6^(a+b) for 2^a 3^b."""
    for i, j in pairs(part.args):
        one, two = part.args[i], part.args[j]
        if one.head == "pow" and two.head == "pow" and one.args[0] is not two.args[0]:
            rest = [f for k, f in enumerate(part.args) if k not in (i, j)]
            yield mul(*rest, power(_product(one.args[0], two.args[0]), add(one.args[1], two.args[1])))


def _reciprocal_power_kept(part: Expr) -> Iterator[Expr]:
    """x^2 for x^-2 in a product: the factor stays on its side of the fraction bar."""
    value = exact(part.args[1])
    if value is not None and value < -1 and negated(part.args[1]) is not part.args[1]:
        yield power(part.args[0], number(-value))


RULES = (
    MalRule(
        "missing-square", "square-dropped", ("pow",), _square_dropped, _square_put_back, (*_BASES, "pow")
    ),
    MalRule("missing-square", "absolute-for-square", ("pow",), _absolute_for_square),
    MalRule("wrong-exponent", "square-gained", _BASES, _square_gained, _square_taken_back, ("pow",)),
    MalRule("wrong-exponent", "exponent-off-by-one", ("pow",), _exponent_off_by_one, _exponent_off_by_one),
    MalRule("exponent-rule", "exponents-multiplied", ("mul",), _powers_multiplied),
    MalRule("exponent-rule", "power-of-power-added", ("pow",), _power_of_power_added),
    MalRule("exponent-rule", "negative-exponent-as-minus", ("pow",), _negative_exponent_as_minus),
    MalRule("exponent-rule", "power-on-one-factor", ("pow",), _power_on_one_factor),
    MalRule("exponent-rule", "exponent-as-factor", ("pow",), _exponent_as_factor),
    MalRule("exponent-rule", "exponent-inverted", ("pow",), _exponent_inverted),
    MalRule("exponent-rule", "bases-multiplied", ("mul",), _bases_multiplied),
    MalRule("inverted-fraction", "reciprocal-power-kept", ("pow",), _reciprocal_power_kept),
)
