"""Differentiation: each rule of calculus with its faulty variants.

A variant is given the node, the variable, and the right derivatives of the children (0 where a child does
not depend on the variable); see `grader.diagnosis.derivation`, which puts it into an otherwise right
derivation.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.diagnosis.families.parts import exchanged, is_below, over_and_under, times, total
from grader.diagnosis.malrule import CalculusRule, Slopes
from grader.expressions.build import (
    MINUS_ONE,
    ONE,
    TWO,
    ZERO,
    div,
    power,
    sub,
)
from grader.expressions.calculus_rules import differentiate
from grader.expressions.nodes import Expr


def _moving(slopes: Slopes) -> list[int]:
    return [i for i, s in enumerate(slopes) if s is not ZERO]


def _derivatives_multiplied(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """u'v' for (uv)'."""
    moving = _moving(slopes)
    if len(moving) >= 2:
        yield times(*(slopes[i] if i in moving else f for i, f in enumerate(tree.args)))


def _one_factor_differentiated(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """u'v for (uv)'."""
    moving = _moving(slopes)
    if len(moving) >= 2:
        for i in moving:
            yield times(*exchanged(tree.args, i, slopes[i]))


def _product_rule_with_minus(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """u'v - uv' for (uv)'."""
    moving = _moving(slopes)
    if len(moving) == 2:
        one, two = (times(*exchanged(tree.args, i, slopes[i])) for i in moving)
        yield sub(one, two)
        yield sub(two, one)


def _constant_factor_differentiated(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """u' for (cu)': the constant factor lost."""
    moving = _moving(slopes)
    if len(moving) == 1 and len(tree.args) == 2:
        yield slopes[moving[0]]


def _fraction(tree: Expr, x: Expr, slopes: Slopes) -> tuple[Expr, Expr, Expr, Expr] | None:
    """u, v, u', v' of a quotient whose parts both move, or whose denominator does."""
    parts = over_and_under(tree)
    below = [i for i, f in enumerate(tree.args) if is_below(f)] if tree.head == "mul" else []
    if parts is None or len(below) != 1 or slopes[below[0]] is ZERO:
        return None
    u, v = parts
    above = [i for i in range(len(tree.args)) if i != below[0]]
    du = total(*(times(*(slopes[i] if i == k else tree.args[i] for i in above)) for k in above))
    dv = differentiate(v, x)
    return None if dv is None or v.kind != "scalar" else (u, v, du, dv)


def _quotient_rule_with_plus(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """(u'v + uv')/v^2."""
    found = _fraction(tree, x, slopes)
    if found is not None:
        u, v, du, dv = found
        yield div(total(times(du, v), times(u, dv)), power(v, TWO))


def _quotient_rule_swapped(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """(uv' - u'v)/v^2."""
    found = _fraction(tree, x, slopes)
    if found is not None and found[2] is not ZERO:
        u, v, du, dv = found
        yield div(sub(times(u, dv), times(du, v)), power(v, TWO))


def _quotient_of_derivatives(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """u'/v' for (u/v)'."""
    found = _fraction(tree, x, slopes)
    if found is not None and found[2] is not ZERO:
        yield div(found[2], found[3])


def _denominator_not_squared(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """(u'v - uv')/v for (u/v)', u'v - uv' without a denominator."""
    found = _fraction(tree, x, slopes)
    if found is not None:
        u, v, du, dv = found
        yield div(sub(times(du, v), times(u, dv)), v)
        yield sub(times(du, v), times(u, dv))


def _reciprocal_not_squared(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """-v'/v for (1/v)', v'/v^2 without its minus, 1/v'."""
    base, exponent = tree.args
    if exponent is MINUS_ONE and slopes[0] is not ZERO:
        yield times(MINUS_ONE, slopes[0], power(base, MINUS_ONE))
        if slopes[0] is not ONE:
            yield power(slopes[0], MINUS_ONE)


def _constant_kept(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """u' + c for (u + c)'."""
    for i, term in enumerate(tree.args):
        if slopes[i] is ZERO and term.kind == "scalar":
            yield total(*exchanged(slopes, i, term))


def _term_not_differentiated(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """u' + v for (u + v)'."""
    for i in _moving(slopes):
        if len(_moving(slopes)) >= 2 and tree.args[i].kind == slopes[i].kind:
            yield total(*exchanged(slopes, i, tree.args[i]))


def _gradient_by_the_other(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """w for the gradient of w . v with respect to w."""
    if x.kind == "vector" and x in tree.args and tree.args[0] is not tree.args[1]:
        yield x


def _gradient_of_dot_dropped(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """1 for the gradient of w . v: the inner derivative is missing."""
    if x.kind == "vector":
        yield ONE


def _gradient_of_square_halved(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """w for the gradient of w . w."""
    if tree.args[0] is x and tree.args[1] is x:
        yield x


RULES = (
    CalculusRule("product-rule", "derivatives-multiplied", ("mul",), _derivatives_multiplied),
    CalculusRule("product-rule", "one-factor-differentiated", ("mul",), _one_factor_differentiated),
    CalculusRule("sign-error", "product-rule-with-minus", ("mul",), _product_rule_with_minus),
    CalculusRule("quotient-rule", "quotient-rule-with-plus", ("mul",), _quotient_rule_with_plus),
    CalculusRule("quotient-rule", "quotient-rule-swapped", ("mul",), _quotient_rule_swapped),
    CalculusRule("quotient-rule", "quotient-of-derivatives", ("mul",), _quotient_of_derivatives),
    CalculusRule("quotient-rule", "denominator-not-squared", ("mul",), _denominator_not_squared),
    CalculusRule("quotient-rule", "reciprocal-not-squared", ("pow",), _reciprocal_not_squared),
    CalculusRule("missing-chain-factor", "gradient-of-dot-dropped", ("dot",), _gradient_of_dot_dropped),
    CalculusRule("constant-factor", "constant-factor-dropped", ("mul",), _constant_factor_differentiated),
    CalculusRule("constant-factor", "gradient-of-square-halved", ("dot",), _gradient_of_square_halved),
    CalculusRule("constant-rule", "constant-kept", ("add",), _constant_kept),
    CalculusRule("term-not-differentiated", "term-not-differentiated", ("add",), _term_not_differentiated),
    CalculusRule("wrong-variable", "gradient-by-the-other", ("dot",), _gradient_by_the_other),
)
