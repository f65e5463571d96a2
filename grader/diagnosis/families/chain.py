"""The chain rule and the standard derivatives: powers, exponentials, functions of something inside.

For what a variant is given, see `grader.diagnosis.families.derivatives`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from grader.diagnosis.families.parts import exact, negated, times
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
from grader.expressions.calculus_tables import RULES as TABLE
from grader.expressions.nodes import Expr


def _is_power(tree: Expr, slopes: Slopes) -> bool:
    return tree.head == "pow" and slopes[1] is ZERO and slopes[0] is not ZERO


def lowered(tree: Expr) -> Expr:
    """u^(n-1) for u^n."""
    value = exact(tree.args[1])
    if value is None:
        return power(tree.args[0], add(tree.args[1], MINUS_ONE))
    return tree.args[0] if value == 2 else power(tree.args[0], number(value - 1))


def _chain_stopped_at_power(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """n u^(n-1) for (u^n)'."""
    if _is_power(tree, slopes) and slopes[0] is not ONE:
        yield times(tree.args[1], lowered(tree))


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
        yield lowered(tree)


def _lowered_exponent_as_factor(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """(n-1) u^(n-1) u' for (u^n)'."""
    value = exact(tree.args[1])
    if _is_power(tree, slopes) and value is not None and value not in (1, 2):
        yield times(number(value - 1), lowered(tree), slopes[0])


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


def outer_slope(tree: Expr) -> Expr | None:
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
    outer = outer_slope(tree)
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


def _outer_power_dropped(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """u' for (u^n)'."""
    if _is_power(tree, slopes) and slopes[0] is not ONE and tree.kind == "scalar":
        yield slopes[0]


def _derivative_put_inside(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """f'(u') for (f(u))'."""
    slope = _inner(tree, slopes)
    outer = outer_slope(tree)
    if outer is not None and slope not in (ONE, ZERO) and slope.kind == "scalar":
        yield _with_argument(tree, slope)
        yield _with_argument(outer, slope) if outer.head in ("call", "apply") else outer


def _with_argument(tree: Expr, new: Expr) -> Expr:
    return call(tree.value, new) if tree.head == "call" else apply(tree.args[0], new, kind=tree.kind)


def _sign_of_rule(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """sin u u' for (cos u)', -cos u u' for (sin u)'."""
    outer, slope = outer_slope(tree), _inner(tree, slopes)
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


_FUNCTIONS = ("call", "apply")
RULES = (
    CalculusRule("missing-chain-factor", "chain-stopped-at-power", ("pow",), _chain_stopped_at_power),
    CalculusRule("missing-chain-factor", "chain-stopped", _FUNCTIONS, _chain_stopped),
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
    CalculusRule("missing-chain-factor", "outer-power-dropped", ("pow",), _outer_power_dropped),
    CalculusRule("outer-derivative", "derivative-put-inside", _FUNCTIONS, _derivative_put_inside),
    CalculusRule("sign-error", "sign-of-rule", ("call",), _sign_of_rule),
    CalculusRule("standard-derivative", "other-rule", ("call",), _other_rule),
    CalculusRule("standard-derivative", "logarithm-of-derivative", ("call",), _logarithm_of_derivative),
)
