"""Gradients of scalars with respect to an abstract vector."""

from __future__ import annotations

from functools import lru_cache

from grader.expressions.build import MINUS_ONE, ZERO, add, mul, power, symbol, transpose
from grader.expressions.calculus_rules import NoRule, depends_on, slope_of
from grader.expressions.nodes import Expr, node
from grader.expressions.rewrite import rebuild, replace

_STEP = symbol("\u2202", "scalar")


@lru_cache(maxsize=1024)
def gradient_of(tree: Expr, v: Expr) -> Expr:
    """The gradient of a scalar with respect to an abstract vector v."""
    if not depends_on(tree, v):
        return mul(ZERO, v)
    if tree.kind in ("vector", "matrix"):
        raise NoRule("the derivative of a vector by a vector")
    if tree.head == "add":
        return add(*(gradient_of(a, v) for a in tree.args if depends_on(a, v)))
    if tree.head == "mul":
        return _gradient_mul(tree, v)
    if tree.head == "dot":
        return _gradient_dot(tree, v)
    if tree.head == "norm":
        return _gradient_norm(tree, v)
    if tree.head in ("pow", "call", "apply"):
        return _gradient_chain(tree, v)
    if tree.head == "sum" and not any(depends_on(a, v) for a in tree.args[2:]):
        return node("sum", (gradient_of(tree.args[0], v), *tree.args[1:]), None, "vector")
    raise NoRule(tree.head)


def _gradient_mul(tree: Expr, v: Expr) -> Expr:
    terms = []
    for i, factor in enumerate(tree.args):
        if depends_on(factor, v):
            rest = tree.args[:i] + tree.args[i + 1 :]
            terms.append(mul(*rest, gradient_of(factor, v)))
    return add(*terms)


def _jacobian_times(tree: Expr, v: Expr, other: Expr) -> Expr:
    """(d tree / dv)^T other, for a vector tree that is linear in v by scalars, or a matrix times v."""
    if tree is v:
        return other
    if tree.head == "add":
        return add(*(_jacobian_times(a, v, other) for a in tree.args if depends_on(a, v)))
    if tree.head == "mul":
        moving = [a for a in tree.args if depends_on(a, v)]
        if len(moving) != 1 or moving[0].kind != "vector":
            raise NoRule("a product")
        before = tree.args[: tree.args.index(moving[0])]
        scalars = [a for a in tree.args if a is not moving[0] and a.kind != "matrix"]
        arrays = [a for a in before if a.kind == "matrix"]
        inner = other
        for a in arrays:
            inner = mul(transpose(a), inner)
        return mul(*scalars, _jacobian_times(moving[0], v, inner))
    raise NoRule(tree.head)


def _gradient_dot(tree: Expr, v: Expr) -> Expr:
    left, right = tree.args
    terms = []
    if depends_on(left, v):
        terms.append(_jacobian_times(left, v, right))
    if depends_on(right, v):
        terms.append(_jacobian_times(right, v, left))
    return add(*terms)


def _gradient_norm(tree: Expr, v: Expr) -> Expr:
    inner = tree.args[0]
    if tree.value != "2" or inner.kind != "vector":
        raise NoRule("norm")
    return mul(power(tree, MINUS_ONE), _jacobian_times(inner, v, inner))


def _gradient_chain(tree: Expr, v: Expr) -> Expr:
    """f(a, b ..) with scalar arguments: the sum of f_a grad a."""
    terms = []
    first = 1 if tree.head == "apply" else 0
    for i in range(first, len(tree.args)):
        argument = tree.args[i]
        if not depends_on(argument, v):
            continue
        if argument.kind in ("vector", "matrix"):
            raise NoRule("a function of a vector")
        outer = slope_of(rebuild(tree, (*tree.args[:i], _STEP, *tree.args[i + 1 :])), _STEP)
        terms.append(mul(replace(outer, {_STEP: argument}), gradient_of(argument, v)))
    return add(*terms)
