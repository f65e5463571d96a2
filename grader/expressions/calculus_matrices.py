"""Gradients of scalars with respect to a matrix, and the Hessian with respect to a vector.

G is the gradient of f where df = tr(G^T dX): of the shape of X, so that tr(A X) has the gradient A^T.

K. B. Petersen, M. S. Pedersen, "The Matrix Cookbook" (2012), chapter 2.
"""

from __future__ import annotations

from functools import lru_cache

from grader.expressions.build import MINUS_ONE, ZERO, add, mul, neg, power, symbol, transpose
from grader.expressions.calculus_rules import NoRule, depends_on, slope_of
from grader.expressions.identity import identity
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import rebuild, replace

_ARRAYS = ("vector", "matrix")
_STEP = symbol("\u2202", "scalar")
_MAX_POWER = 6


@lru_cache(maxsize=1024)
def matrix_gradient(tree: Expr, x: Expr) -> Expr:
    """The gradient of a scalar with respect to a matrix; raises `NoRule`."""
    if not depends_on(tree, x):
        return mul(ZERO, x)
    if tree.kind in _ARRAYS:
        raise NoRule("the derivative of an array by a matrix")
    if tree.head == "add":
        return add(*(matrix_gradient(a, x) for a in tree.args if depends_on(a, x)))
    if tree.head == "mul":
        return _of_product(tree.args, x)
    if tree.head == "dot":
        left, right = tree.args
        return add(*(_pulled(a, x, b) for a, b in ((left, right), (right, left)) if depends_on(a, x)))
    if tree.head == "norm":
        return _of_norm(tree, x)
    if tree.head == "call" and tree.value in ("tr", "det"):
        inner = tree.args[0]
        if tree.value == "tr":
            return _pulled(inner, x, identity())
        return _pulled(inner, x, mul(tree, power(transpose(inner), MINUS_ONE)))
    if tree.head in ("pow", "call"):
        return _by_chain(tree, x)
    raise NoRule(tree.head)


def _of_product(factors: tuple[Expr, ...], x: Expr) -> Expr:
    if any(f.kind in _ARRAYS for f in factors):
        raise NoRule("a product of arrays")
    terms = []
    for i, factor in enumerate(factors):
        if depends_on(factor, x):
            terms.append(mul(*factors[:i], *factors[i + 1 :], matrix_gradient(factor, x)))
    return add(*terms)


def _of_norm(tree: Expr, x: Expr) -> Expr:
    inner = tree.args[0]
    if (tree.value, inner.kind) not in (("2", "vector"), ("F", "matrix")):
        raise NoRule("norm")
    return mul(power(tree, MINUS_ONE), _pulled(inner, x, inner))


def _by_chain(tree: Expr, x: Expr) -> Expr:
    terms = []
    for i, argument in enumerate(tree.args):
        if not depends_on(argument, x):
            continue
        if argument.kind in _ARRAYS:
            raise NoRule("a function of an array")
        outer = slope_of(rebuild(tree, (*tree.args[:i], _STEP, *tree.args[i + 1 :])), _STEP)
        terms.append(mul(replace(outer, {_STEP: argument}), matrix_gradient(argument, x)))
    return add(*terms)


def _pulled(tree: Expr, x: Expr, weight: Expr) -> Expr:
    """The gradient of the sum of the entries of `tree` by those of `weight`, which is held."""
    if tree is x:
        return weight
    if tree.head == "add":
        return add(*(_pulled(a, x, weight) for a in tree.args if depends_on(a, x)))
    if tree.head == "transpose":
        return _pulled(tree.args[0], x, transpose(weight))
    if tree.head == "mul":
        return _pulled_from_product(tree.args, x, weight)
    if tree.head == "pow" and tree.args[0].kind == "matrix" and tree.args[1].head == "number":
        return _pulled_from_power(tree, x, weight)
    raise NoRule(tree.head)


def _pulled_from_product(factors: tuple[Expr, ...], x: Expr, weight: Expr) -> Expr:
    scalars = [f for f in factors if f.kind not in _ARRAYS]
    arrays = [f for f in factors if f.kind in _ARRAYS]
    if any(depends_on(s, x) for s in scalars) or any(f.kind == "vector" for f in arrays[:-1]):
        raise NoRule("a product")
    terms = []
    for i, factor in enumerate(arrays):
        if depends_on(factor, x):
            before = [transpose(a) for a in reversed(arrays[:i])]
            behind = [transpose(a) for a in reversed(arrays[i + 1 :])]
            terms.append(_pulled(factor, x, mul(*before, weight, *behind)))
    return mul(*scalars, add(*terms)) if scalars else add(*terms)


def _pulled_from_power(tree: Expr, x: Expr, weight: Expr) -> Expr:
    base, exponent = tree.args
    if exponent.value == -1:
        turned = power(transpose(base), MINUS_ONE)
        return neg(_pulled(base, x, mul(turned, weight, turned)))
    if exponent.value.denominator != 1 or not 2 <= abs(exponent.value) <= _MAX_POWER:
        raise NoRule("a power of a matrix")
    one = base if exponent.value > 0 else power(base, MINUS_ONE)
    return _pulled_from_product((one,) * abs(int(exponent.value)), x, weight)


@lru_cache(maxsize=1024)
def jacobian_of(tree: Expr, v: Expr) -> Expr:
    """The derivative of a vector by an abstract vector, one row for each entry; raises `NoRule`."""
    from grader.expressions.calculus_gradient import gradient_of

    if tree is v:
        return identity()
    if not depends_on(tree, v):
        return mul(ZERO, identity())
    if tree.head == "add":
        return add(*(jacobian_of(a, v) for a in tree.args if depends_on(a, v)))
    if tree.head != "mul" or tree.args[-1].kind not in _ARRAYS:
        vectors = [a for a in tree.args if a.kind == "vector"] if tree.head == "mul" else []
        if len(vectors) != 1 or any(a.kind == "matrix" for a in tree.args):
            raise NoRule(tree.head)
        tree = mul(*(a for a in tree.args if a is not vectors[0]), vectors[0])
    scalars = [a for a in tree.args if a.kind not in _ARRAYS]
    *before, last = [a for a in tree.args if a.kind in _ARRAYS]
    if any(a.kind == "vector" or depends_on(a, v) for a in before) or last.kind != "vector":
        raise NoRule("a product")
    terms = [mul(*scalars, *before, jacobian_of(last, v))]
    for i, s in enumerate(scalars):
        if depends_on(s, v):
            rest = scalars[:i] + scalars[i + 1 :]
            terms.append(mul(*rest, *before, last, transpose(gradient_of(s, v))))
    return add(*terms)
