"""Arithmetic with numbers: powers as products, products as sums, a digit off."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from grader.diagnosis.families.parts import exact, exchanged, pairs, with_part
from grader.diagnosis.malrule import MalRule
from grader.expressions.build import add, mul, number
from grader.expressions.nodes import Expr


def _whole(tree: Expr) -> int | None:
    value = exact(tree) if tree.head == "number" else None
    return int(value) if value is not None and value.denominator == 1 else None


def _power_as_product(part: Expr) -> Iterator[Expr]:
    """6 for 3^2."""
    base, exponent = part.args
    if exact(base) is not None and exact(exponent) is not None and _whole(exponent) != -1:
        yield number((exact(base) or Fraction(0)) * (exact(exponent) or Fraction(0)))


def _product_as_sum(part: Expr) -> Iterator[Expr]:
    """5 for 2 times 3."""
    for i, j in pairs(part.args):
        a, b = _whole(part.args[i]), _whole(part.args[j])
        if a is not None and b is not None and -1 not in (a, b):
            rest = [f for k, f in enumerate(part.args) if k not in (i, j)]
            yield mul(number(a + b), *rest)


def _sum_as_product(part: Expr) -> Iterator[Expr]:
    """6 for 2 + 3."""
    for i, j in pairs(part.args):
        a, b = exact(part.args[i]), exact(part.args[j])
        if a is not None and b is not None:
            rest = [t for k, t in enumerate(part.args) if k not in (i, j)]
            yield add(number(a * b), *rest)


def _number_off(part: Expr) -> Iterator[Expr]:
    """A number off by one."""
    for index, piece in enumerate(part.args):
        value = _whole(piece)
        if value is not None and abs(value) > 1:
            for by in (1, -1):
                yield with_part(part, index, number(value + by))


def _place_value(part: Expr) -> Iterator[Expr]:
    """A number with a zero too many or too few, off by ten, or with two digits exchanged."""
    for index, piece in enumerate(part.args):
        value = exact(piece)
        if value is None or abs(value) <= 1:
            continue
        for new in _misread(value):
            yield with_part(part, index, number(new))


def _misread(value: Fraction) -> Iterator[Fraction]:
    yield value * 10
    yield value / 10
    if value.denominator == 1 and abs(value) > 9:
        yield value + 10
        yield value - 10
        digits = str(abs(int(value)))
        if len(digits) == 2 and digits[0] != digits[1]:
            yield Fraction(int(digits[::-1])) * (1 if value > 0 else -1)


def _coefficients_multiplied(part: Expr) -> Iterator[Expr]:
    """6x for 2x + 3x."""
    for i, j in pairs(part.args):
        one, two = _coefficient(part.args[i]), _coefficient(part.args[j])
        if one[1] is two[1] and one[1] is not None:
            yield add(*_rest(part, i, j), mul(number(one[0] * two[0]), one[1]))


def _unlike_terms_added(part: Expr) -> Iterator[Expr]:
    """5x for 2x + 3, 5xy for 2x + 3y, 2x^3 for x + x^2."""
    for i, j in pairs(part.args):
        one, two = _coefficient(part.args[i]), _coefficient(part.args[j])
        if one[1] is not two[1]:
            names = [name for name in (one[1], two[1]) if name is not None]
            yield add(*_rest(part, i, j), mul(number(one[0] + two[0]), *names))


def _rest(part: Expr, i: int, j: int) -> list[Expr]:
    return [t for k, t in enumerate(part.args) if k not in (i, j)]


def _coefficient(term: Expr) -> tuple[Fraction, Expr | None]:
    """A term as a number times the rest."""
    value = exact(term)
    if value is not None:
        return value, None
    if term.head == "mul":
        first = exact(term.args[0])
        if first is not None:
            return first, mul(*exchanged(term.args, 0))
    return Fraction(1), term


RULES = (
    MalRule("arithmetic-slip", "power-as-product", ("pow",), _power_as_product),
    MalRule("arithmetic-slip", "product-as-sum", ("mul",), _product_as_sum),
    MalRule("arithmetic-slip", "sum-as-product", ("add",), _sum_as_product),
    MalRule(
        "arithmetic-slip", "number-off-by-one", ("add", "mul", "matrix", "tuple"), _number_off, _number_off
    ),
    MalRule("arithmetic-slip", "place-value", ("add", "mul", "matrix", "tuple"), _place_value, _place_value),
    MalRule("unlike-terms", "coefficients-multiplied", ("add",), _coefficients_multiplied),
    MalRule("unlike-terms", "unlike-terms-added", ("add",), _unlike_terms_added),
)
