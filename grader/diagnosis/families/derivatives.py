"""Differentiation: each rule of calculus with its faulty variants.

A variant is given the node, the variable, and the right derivatives of the children (0 where a child does
not depend on the variable); see `grader.diagnosis.derivation`, which puts it into an otherwise right
derivation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from grader.diagnosis.families.parts import exact, exchanged, is_below, negated, over_and_under
from grader.diagnosis.malrule import CalculusRule, Slopes
from grader.expressions.build import (
    MINUS_ONE,
    ONE,
    TWO,
    ZERO,
    E,
    add,
    apply,
    call,
    derived,
    div,
    mul,
    number,
    power,
    sub,
)
from grader.expressions.calculus_rules import differentiate
from grader.expressions.calculus_tables import RULES as TABLE
from grader.expressions.nodes import Expr


def times(*factors: Expr) -> Expr:
    """A product without ones; 0 if a factor is."""
    if ZERO in factors:
        return ZERO
    return mul(*(f for f in factors if f is not ONE))


def total(*terms: Expr) -> Expr:
    """A sum without zeros."""
    return add(*(t for t in terms if t is not ZERO))


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


def _is_power(tree: Expr, slopes: Slopes) -> bool:
    return tree.head == "pow" and slopes[1] is ZERO and slopes[0] is not ZERO


def _lowered(tree: Expr) -> Expr:
    value = exact(tree.args[1])
    if value is None:
        return power(tree.args[0], add(tree.args[1], MINUS_ONE))
    return tree.args[0] if value == 2 else power(tree.args[0], number(value - 1))


def _chain_stopped_at_power(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """n u^(n-1) for (u^n)'."""
    if _is_power(tree, slopes) and slopes[0] is not ONE:
        yield times(tree.args[1], _lowered(tree))


def _exponent_not_lowered(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """n u^n u' for (u^n)'."""
    if _is_power(tree, slopes):
        yield times(tree.args[1], tree, slopes[0])


def _exponent_raised(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """n u^(n+1) u' for (u^n)': the exponent moved the wrong way."""
    value = exact(tree.args[1])
    if _is_power(tree, slopes) and value is not None:
        yield times(tree.args[1], power(tree.args[0], number(value + 1)), slopes[0])


def _coefficient_not_taken(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """x^(n-1) for (x^n)'."""
    if _is_power(tree, slopes) and slopes[0] is ONE:
        yield _lowered(tree)


def _lowered_exponent_as_factor(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """(n-1) u^(n-1) u' for (u^n)'."""
    value = exact(tree.args[1])
    if _is_power(tree, slopes) and value is not None and value not in (1, 2):
        yield times(number(value - 1), _lowered(tree), slopes[0])


def _integrated_instead(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """x^(n+1)/(n+1) for (x^n)'."""
    value = exact(tree.args[1])
    if _is_power(tree, slopes) and slopes[0] is ONE and value not in (None, -1):
        raised = number((value or 0) + 1)
        yield div(power(tree.args[0], raised), raised)


def _power_of_derivative(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """(u')^n for (u^n)'."""
    if _is_power(tree, slopes) and slopes[0] is not ONE and slopes[0].kind == "scalar":
        yield power(slopes[0], tree.args[1])


def _exponential_as_power(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """u a^(u-1) for (a^u)'."""
    base, exponent, slope = _exponential(tree, slopes)
    if slope is not ZERO:
        yield times(exponent, power(base, add(exponent, MINUS_ONE)))
        if slope is not ONE:
            yield times(exponent, power(base, add(exponent, MINUS_ONE)), slope)


def _exponential(tree: Expr, slopes: Slopes) -> tuple[Expr, Expr, Expr]:
    if tree.head == "call":
        return (E, tree.args[0], slopes[0]) if tree.value == "exp" else (ONE, ONE, ZERO)
    return (tree.args[0], tree.args[1], slopes[1]) if slopes[0] is ZERO else (ONE, ONE, ZERO)


def _logarithm_of_base_dropped(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """a^u u' for (a^u)', and a^u u'/ln a."""
    if slopes[0] is ZERO and slopes[1] is not ZERO and tree.args[0] is not E:
        yield times(tree, slopes[1])
        yield times(tree, slopes[1], power(call("ln", tree.args[0]), MINUS_ONE))


def _outer(tree: Expr) -> Expr | None:
    """f'(u) for f(u)."""
    if tree.head == "call":
        rule = TABLE.get(tree.value)
        return rule(tree.args[0]) if rule is not None and len(tree.args) == 1 else None
    function = tree.args[0]
    if len(tree.args) != 2 or function.head not in ("symbol", "derived"):
        return None
    order = function.value if function.head == "derived" else 0
    bare = function.args[0] if function.head == "derived" else function
    return apply(derived(bare, order + 1), tree.args[1], kind=tree.kind)


def _inner(tree: Expr, slopes: Slopes) -> Expr:
    return slopes[-1]


def _chain_stopped(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """f'(u) for (f(u))': the inner derivative is missing."""
    outer = _outer(tree)
    if outer is not None and _inner(tree, slopes) not in (ONE, ZERO):
        yield outer


def _outer_kept(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """f(u) u' for (f(u))': the outer function is not differentiated."""
    slope = _inner(tree, slopes)
    if slope is not ZERO:
        yield times(tree, slope)


def _outer_dropped(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """u' for (f(u))'."""
    slope = _inner(tree, slopes)
    if slope not in (ONE, ZERO):
        yield slope


def _derivative_put_inside(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """f'(u') for (f(u))'."""
    slope = _inner(tree, slopes)
    outer = _outer(tree)
    if outer is not None and slope not in (ONE, ZERO) and slope.kind == "scalar":
        yield _with_argument(tree, slope)
        yield _with_argument(outer, slope) if outer.head in ("call", "apply") else outer


def _with_argument(tree: Expr, new: Expr) -> Expr:
    return call(tree.value, new) if tree.head == "call" else apply(tree.args[0], new, kind=tree.kind)


def _sign_of_rule(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """sin u u' for (cos u)', -cos u u' for (sin u)'."""
    outer, slope = _outer(tree), _inner(tree, slopes)
    if outer is not None and slope is not ZERO:
        yield times(negated(outer), slope)


_WRONG: dict[str, tuple[Callable[[Expr], Expr], ...]] = {
    "tan": (lambda a: call("sec", a), lambda a: call("cot", a)),
    "sec": (lambda a: power(call("tan", a), TWO), lambda a: power(call("sec", a), TWO)),
    "ln": (lambda a: call("exp", a),),
    "arctan": (lambda a: power(sub(ONE, power(a, TWO)), MINUS_ONE), lambda a: power(call("cos", a), TWO)),
    "arcsin": (lambda a: call("arccos", a),),
    "sinh": (lambda a: mul(MINUS_ONE, call("cosh", a)),),
    "cosh": (lambda a: mul(MINUS_ONE, call("sinh", a)),),
}


def _other_rule(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """sec for the derivative of tan, 1/(1 - u^2) for that of arctan ..."""
    slope = _inner(tree, slopes)
    for make in _WRONG.get(tree.value, ()) if slope is not ZERO else ():
        yield times(make(tree.args[0]), slope)


def _logarithm_of_derivative(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """1/u' for (ln u)', ln(u')."""
    slope = _inner(tree, slopes)
    if tree.value == "ln" and slope not in (ONE, ZERO) and slope.kind == "scalar":
        yield power(slope, MINUS_ONE)


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


_FUNCTIONS = ("call", "apply")
RULES = (
    CalculusRule("product-rule", "derivatives-multiplied", ("mul",), _derivatives_multiplied),
    CalculusRule("product-rule", "one-factor-differentiated", ("mul",), _one_factor_differentiated),
    CalculusRule("sign-error", "product-rule-with-minus", ("mul",), _product_rule_with_minus),
    CalculusRule("quotient-rule", "quotient-rule-with-plus", ("mul",), _quotient_rule_with_plus),
    CalculusRule("quotient-rule", "quotient-rule-swapped", ("mul",), _quotient_rule_swapped),
    CalculusRule("quotient-rule", "quotient-of-derivatives", ("mul",), _quotient_of_derivatives),
    CalculusRule("quotient-rule", "denominator-not-squared", ("mul",), _denominator_not_squared),
    CalculusRule("quotient-rule", "reciprocal-not-squared", ("pow",), _reciprocal_not_squared),
    CalculusRule("missing-chain-factor", "chain-stopped-at-power", ("pow",), _chain_stopped_at_power),
    CalculusRule("missing-chain-factor", "chain-stopped", _FUNCTIONS, _chain_stopped),
    CalculusRule("missing-chain-factor", "gradient-of-dot-dropped", ("dot",), _gradient_of_dot_dropped),
    CalculusRule("constant-factor", "constant-factor-dropped", ("mul",), _constant_factor_differentiated),
    CalculusRule("constant-factor", "gradient-of-square-halved", ("dot",), _gradient_of_square_halved),
    CalculusRule("power-rule", "exponent-not-lowered", ("pow",), _exponent_not_lowered),
    CalculusRule("power-rule", "exponent-raised", ("pow",), _exponent_raised),
    CalculusRule("power-rule", "coefficient-not-taken", ("pow",), _coefficient_not_taken),
    CalculusRule("power-rule", "lowered-exponent-as-factor", ("pow",), _lowered_exponent_as_factor),
    CalculusRule("power-rule", "integrated-instead", ("pow",), _integrated_instead),
    CalculusRule("power-rule", "power-of-derivative", ("pow",), _power_of_derivative),
    CalculusRule("power-rule", "exponential-as-power", ("pow", "call"), _exponential_as_power),
    CalculusRule("exponential-rule", "logarithm-of-base-dropped", ("pow",), _logarithm_of_base_dropped),
    CalculusRule("outer-derivative", "outer-kept", _FUNCTIONS, _outer_kept),
    CalculusRule("missing-chain-factor", "outer-dropped", _FUNCTIONS, _outer_dropped),
    CalculusRule("outer-derivative", "derivative-put-inside", _FUNCTIONS, _derivative_put_inside),
    CalculusRule("sign-error", "sign-of-rule", ("call",), _sign_of_rule),
    CalculusRule("standard-derivative", "other-rule", ("call",), _other_rule),
    CalculusRule("standard-derivative", "logarithm-of-derivative", ("call",), _logarithm_of_derivative),
    CalculusRule("constant-rule", "constant-kept", ("add",), _constant_kept),
    CalculusRule("term-not-differentiated", "term-not-differentiated", ("add",), _term_not_differentiated),
    CalculusRule("wrong-variable", "gradient-by-the-other", ("dot",), _gradient_by_the_other),
)
