"""Differentiation of trees: scalars, abstract vectors (gradients), unknown functions.

The result keeps the shape of the rules: nothing is simplified beyond dropping zeros and ones, since
the normal form of `grader.equivalence` does that.
"""

from __future__ import annotations

from functools import lru_cache

from grader.expressions.build import (
    MINUS_ONE,
    ONE,
    ZERO,
    add,
    apply,
    call,
    cross,
    derivative,
    derived,
    div,
    dot,
    mul,
    neg,
    number,
    power,
    sub,
    transpose,
)
from grader.expressions.calculus_tables import RULES
from grader.expressions.nodes import Expr, node, walk
from grader.expressions.rewrite import contains, free_symbols, rebuild, replace


class NoRule(Exception):
    """There is no rule for some node (floor, an unknown function of a vector ...)."""


@lru_cache(maxsize=1024)
def differentiate(tree: Expr, variable: Expr) -> Expr | None:
    """The derivative with respect to a scalar, or the gradient with respect to an abstract vector.

    Unknown functions of one argument give `derived` nodes. None where no rule is known (a floor, an
    argument that is a vector function of the vector).

    >>> from grader.expressions.build import number, symbol
    >>> x = symbol("x")
    >>> differentiate(mul(number(3), x), x) is number(3)
    True
    """
    try:
        if variable.kind in ("vector", "matrix"):
            return _by_array(tree, variable)
        return slope_of(tree, variable)
    except NoRule:
        return None


def _by_array(tree: Expr, variable: Expr) -> Expr:
    from grader.expressions.calculus_gradient import gradient_of
    from grader.expressions.calculus_matrices import matrix_gradient

    return (gradient_of if variable.kind == "vector" else matrix_gradient)(tree, variable)


def jacobian(tree: Expr, variable: Expr) -> Expr | None:
    """The derivative of a vector by an abstract vector, a row for each entry; None where no rule is known."""
    from grader.expressions.calculus_matrices import jacobian_of

    try:
        return jacobian_of(tree, variable)
    except NoRule:
        return None


def _sum(*terms: Expr) -> Expr:
    return add(*(t for t in terms if t is not ZERO))


def _times(*factors: Expr) -> Expr:
    if ZERO in factors:
        return ZERO
    return mul(*(f for f in factors if f is not ONE))


@lru_cache(maxsize=1024)
def depends_on(tree: Expr, variable: Expr) -> bool:
    """Whether the variable is free in the tree, or that of an integral without ends."""
    if variable.head != "symbol":
        return contains(tree, variable)
    return variable in free_symbols(tree) or any(_is_indefinite(part, variable) for part in walk(tree))


def _is_indefinite(tree: Expr, variable: Expr) -> bool:
    """An integral without ends depends on its variable, though it binds it."""
    return tree.head == "integral" and len(tree.args) == 2 and tree.args[1] is variable


def _zero_like(tree: Expr) -> Expr:
    return ZERO if tree.kind not in ("vector", "matrix") else mul(ZERO, tree)


@lru_cache(maxsize=1024)
def slope_of(tree: Expr, x: Expr) -> Expr:
    """d tree / dx for a scalar x."""
    if tree is x:
        return ONE
    if not depends_on(tree, x):
        return _zero_like(tree) if tree.kind in ("vector", "matrix") else ZERO
    rule = _HEADS.get(tree.head)
    if rule is None:
        raise NoRule(tree.head)
    return rule(tree, x)


def _add(tree: Expr, x: Expr) -> Expr:
    moving = [a for a in tree.args if depends_on(a, x)]
    return _sum(*(slope_of(a, x) for a in moving))


def _mul(tree: Expr, x: Expr) -> Expr:
    terms = []
    for i, factor in enumerate(tree.args):
        if depends_on(factor, x):
            terms.append(_times(*tree.args[:i], slope_of(factor, x), *tree.args[i + 1 :]))
    return _sum(*terms)


def _pow(tree: Expr, x: Expr) -> Expr:
    base, exponent = tree.args
    if tree.kind in ("matrix", "vector"):
        return _matrix_power(base, exponent, x)
    if exponent.head == "number" and exponent.value > 0 and exponent.value % 2 == 0:
        base = _within_bars(base)  # |u|^2 is u^2, with a slope where u is 0 too
    if not depends_on(exponent, x):
        if exponent.head == "number":
            lowered = power(base, number(exponent.value - 1)) if exponent.value != 2 else base
        else:
            lowered = power(base, sub(exponent, ONE))
        return _times(exponent, lowered, slope_of(base, x))
    if not depends_on(base, x):
        return _times(tree, call("ln", base), slope_of(exponent, x))
    inner = _sum(
        _times(slope_of(exponent, x), call("ln", base)),
        _times(exponent, slope_of(base, x), power(base, MINUS_ONE)),
    )
    return mul(tree, inner)


def _within_bars(base: Expr) -> Expr:
    """u for |u| or the norm of a number u."""
    bars = base.head == "norm" or (base.head == "call" and base.value == "abs")
    return base.args[0] if bars and base.args[0].kind in ("scalar", "integer") else base


def _matrix_power(base: Expr, exponent: Expr, x: Expr) -> Expr:
    if exponent is MINUS_ONE:
        return mul(MINUS_ONE, power(base, MINUS_ONE), slope_of(base, x), power(base, MINUS_ONE))
    if exponent.head == "number" and exponent.value in range(2, 7):
        return _mul(mul(*([base] * int(exponent.value))), x)
    raise NoRule("power of a matrix")


def _call(tree: Expr, x: Expr) -> Expr:
    if tree.value == "log":
        return slope_of(div(call("ln", tree.args[0]), call("ln", tree.args[1])), x)
    rule = RULES.get(tree.value)
    if rule is None:
        raise NoRule(tree.value)
    argument = tree.args[0]
    return _times(rule(argument), slope_of(argument, x))


def _apply(tree: Expr, x: Expr) -> Expr:
    function, *arguments = tree.args
    if function.head == "inverse":
        outer = power(apply(derived(function.args[0]), tree), MINUS_ONE)
        return _times(outer, slope_of(arguments[0], x))
    if len(arguments) != 1:
        return _partials(tree, x)
    if arguments[0].kind == "vector":
        raise NoRule("a function of a vector")
    if function.head == "derived":
        function, order = function.args[0], function.value + 1
    else:
        order = 1
    outer = node("apply", (derived(function, order), *arguments), None, tree.kind)
    inner = slope_of(arguments[0], x)
    return outer if inner is ONE else mul(inner, outer)


def _partials(tree: Expr, x: Expr) -> Expr:
    """An unknown function of several arguments: each partial derivative is a node of its own."""
    terms = []
    for i, argument in enumerate(tree.args[1:]):
        if not depends_on(argument, x):
            continue
        if argument.kind == "vector":
            raise NoRule("a function of a vector")
        partial = node("partial", tree.args, (i,), tree.kind)
        terms.append(_times(slope_of(argument, x), partial))
    return _sum(*terms)


def _partial(tree: Expr, x: Expr) -> Expr:
    terms = []
    for i, argument in enumerate(tree.args[1:]):
        if depends_on(argument, x):
            order = tuple(sorted((*tree.value, i)))
            terms.append(_times(slope_of(argument, x), node("partial", tree.args, order, tree.kind)))
    return _sum(*terms)


def _pairing(tree: Expr, x: Expr) -> Expr:
    left, right = tree.args
    make = dot if tree.head == "dot" else cross
    terms = []
    if depends_on(left, x):
        terms.append(make(slope_of(left, x), right))
    if depends_on(right, x):
        terms.append(make(left, slope_of(right, x)))
    return _sum(*terms)


def _norm(tree: Expr, x: Expr) -> Expr:
    inner = tree.args[0]
    if tree.value != "2" or inner.kind != "vector":
        raise NoRule("norm")
    return div(dot(inner, slope_of(inner, x)), tree)


def _entries(tree: Expr, x: Expr) -> Expr:
    return rebuild(tree, tuple(slope_of(a, x) for a in tree.args))


def _transpose(tree: Expr, x: Expr) -> Expr:
    return transpose(slope_of(tree.args[0], x))


def _cases(tree: Expr, x: Expr) -> Expr:
    return rebuild(tree, tuple(a if i % 2 else slope_of(a, x) for i, a in enumerate(tree.args)))


def _sum_over(tree: Expr, x: Expr) -> Expr:
    if tree.head == "product" or any(depends_on(a, x) for a in tree.args[2:]):
        raise NoRule(tree.head)
    return rebuild(tree, (slope_of(tree.args[0], x), *tree.args[1:]))


def _integral(tree: Expr, x: Expr) -> Expr:
    """Leibniz: the ends move, and the integrand changes."""
    body, bound, *ends = tree.args
    if not ends:
        if bound is x:
            return body
        return rebuild(tree, (slope_of(body, x), bound))
    low, high = ends
    terms = [
        _times(replace(body, {bound: high}), slope_of(high, x)),
        neg(_times(replace(body, {bound: low}), slope_of(low, x))) if depends_on(low, x) else ZERO,
    ]
    if bound is not x and depends_on(body, x):
        terms.append(rebuild(tree, (slope_of(body, x), *tree.args[1:])))
    return _sum(*terms)


def _again(tree: Expr, x: Expr) -> Expr:
    return derivative(tree, x)


_HEADS = {
    "add": _add,
    "mul": _mul,
    "pow": _pow,
    "call": _call,
    "apply": _apply,
    "partial": _partial,
    "dot": _pairing,
    "cross": _pairing,
    "norm": _norm,
    "matrix": _entries,
    "tuple": _entries,
    "transpose": _transpose,
    "cases": _cases,
    "sum": _sum_over,
    "product": _sum_over,
    "integral": _integral,
    "derivative": _again,
}
