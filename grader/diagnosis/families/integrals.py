"""Integration: each standard antiderivative with its faulty variants.

A variant is given one term of the integrand without its constant factor, and the variable. The inside of a
function is linear in the variable: nothing else has a standard antiderivative.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from grader.diagnosis.families.parts import exact, negated, times
from grader.diagnosis.malrule import CalculusRule, Slopes
from grader.expressions.build import MINUS_ONE, ONE, E, call, div, mul, number, power
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols

_STANDARD: dict[str, Callable[[Expr], Expr]] = {
    "exp": lambda u: call("exp", u),
    "sin": lambda u: negated(call("cos", u)),
    "cos": lambda u: call("sin", u),
    "sinh": lambda u: call("cosh", u),
    "cosh": lambda u: call("sinh", u),
}


def inner_slope(u: Expr, x: Expr) -> Expr | None:
    """The slope of a linear inside; None if it is not linear, or free of the variable."""
    slope = differentiate(u, x)
    if slope is None or x in free_symbols(slope) or x not in free_symbols(u):
        return None
    return slope


def base_antiderivative(tree: Expr, x: Expr) -> tuple[Expr, Expr, Expr] | None:
    """(F(u), u, u') for a standard integrand f(u), so that its antiderivative is F(u)/u'."""
    if tree is x:
        return div(power(x, number(2)), number(2)), x, ONE
    if tree.head == "call" and tree.value in _STANDARD:
        u = tree.args[0]
        slope = inner_slope(u, x)
        return None if slope is None else (_STANDARD[tree.value](u), u, slope)
    if tree.head != "pow":
        return None
    base, exponent = tree.args
    if base is E:
        slope = inner_slope(exponent, x)
        return None if slope is None else (tree, exponent, slope)
    value, slope = exact(exponent), inner_slope(base, x)
    if value is None or slope is None:
        return None
    if value == -1:
        return call("ln", base), base, slope
    return div(power(base, number(value + 1)), number(value + 1)), base, slope


def _base(tree: Expr) -> Expr:
    return tree if tree.head != "pow" else tree.args[0]


def _not_divided_by_exponent(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """x^(n+1) for the integral of x^n."""
    value = exact(tree.args[1]) if tree.head == "pow" else 1
    if value not in (None, -1) and (tree is x or tree.head == "pow"):
        yield power(_base(tree), number((value or 0) + 1))


def _divided_by_old_exponent(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """x^(n+1)/n for the integral of x^n; times (n + 1) instead of divided."""
    value = exact(tree.args[1]) if tree.head == "pow" else None
    if value not in (None, -1, 0):
        raised = number((value or 0) + 1)
        yield div(power(tree.args[0], raised), tree.args[1])
        yield times(raised, power(tree.args[0], raised))


def _differentiated_instead(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """n x^(n-1) for the integral of x^n, -sin for that of cos."""
    slope = differentiate(tree, x)
    if slope is not None:
        yield slope


def _multiplied_by_inner(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """a F(ax) for F(ax)/a."""
    found = base_antiderivative(tree, x)
    if found is not None and found[2] is not ONE:
        yield mul(found[2], found[0])


def _inner_ignored(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """F(ax) for F(ax)/a."""
    found = base_antiderivative(tree, x)
    if found is not None and found[2] is not ONE:
        yield found[0]


def _power_rule_on_reciprocal(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """-x^-2 or x^0 for the integral of 1/x; ln(x^n) for that of 1/x^n."""
    if tree.head != "pow":
        return
    if tree.args[1] is MINUS_ONE:
        yield mul(MINUS_ONE, power(tree.args[0], number(-2)))
        yield ONE
    elif (exact(tree.args[1]) or 0) < -1:
        yield call("ln", power(tree.args[0], number(-tree.args[1].value)))


def _sign_of_standard(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """cos for the integral of sin."""
    found = base_antiderivative(tree, x)
    if found is not None and tree.head == "call" and tree.value in ("sin", "cos", "sinh", "cosh"):
        yield div(negated(found[0]), found[2]) if found[2] is not ONE else negated(found[0])


def _not_integrated(tree: Expr, x: Expr, slopes: Slopes) -> Iterator[Expr]:
    """A term left as it was."""
    if tree.head != "call" or tree.value != "exp":
        yield tree


_HEADS = ("symbol", "pow", "call")
RULES = (
    CalculusRule("power-rule", "not-divided-by-exponent", ("symbol", "pow"), _not_divided_by_exponent),
    CalculusRule("power-rule", "divided-by-old-exponent", ("pow",), _divided_by_old_exponent),
    CalculusRule("differentiated-instead", "differentiated-instead", _HEADS, _differentiated_instead),
    CalculusRule("missing-chain-factor", "inner-factor-multiplied", ("pow", "call"), _multiplied_by_inner),
    CalculusRule("missing-chain-factor", "inner-factor-ignored", ("pow", "call"), _inner_ignored),
    CalculusRule("power-rule", "power-rule-on-reciprocal", ("pow",), _power_rule_on_reciprocal),
    CalculusRule("sign-error", "sign-of-antiderivative", ("call",), _sign_of_standard),
    CalculusRule("not-integrated", "term-not-integrated", _HEADS, _not_integrated),
)
