"""Norms and scalar products: the norm forgotten, split over a sum, another norm; the angle left out."""

from __future__ import annotations

from collections.abc import Iterator

from grader.diagnosis.families.parts import is_array
from grader.diagnosis.malrule import MalRule
from grader.expressions.build import TWO, add, dot, mul, norm, power
from grader.expressions.nodes import Expr


def _norm_dropped(part: Expr) -> Iterator[Expr]:
    """v for the norm of v."""
    if is_array(part.args[0]):
        yield part.args[0]


def _norm_of_sum(part: Expr) -> Iterator[Expr]:
    """|u| + |v| for |u + v|."""
    if part.args[0].head == "add":
        yield add(*(norm(t, part.value) for t in part.args[0].args))


def _scalar_kept_signed(part: Expr) -> Iterator[Expr]:
    """c|v| for |cv|: the absolute value of the factor forgotten."""
    inner = part.args[0]
    if inner.head == "mul" and is_array(inner):
        scalars = [f for f in inner.args if not is_array(f)]
        if scalars:
            yield mul(*scalars, norm(mul(*(f for f in inner.args if is_array(f))), part.value))


def _scalar_dropped(part: Expr) -> Iterator[Expr]:
    """|v| for |cv|."""
    inner = part.args[0]
    if inner.head == "mul" and is_array(inner) and any(not is_array(f) for f in inner.args):
        yield norm(mul(*(f for f in inner.args if is_array(f))), part.value)


def _norm_for_its_square(part: Expr) -> Iterator[Expr]:
    """The square of a norm for the norm: the root is not taken."""
    if is_array(part.args[0]):
        yield power(part, TWO)


def _other_norm(part: Expr) -> Iterator[Expr]:
    """The sum of absolute values for the Euclidean norm, the largest for either."""
    if part.args[0].kind == "vector":
        for order in ("1", "2", "oo"):
            if order != part.value:
                yield norm(part.args[0], order)


def _components_added(part: Expr) -> Iterator[Expr]:
    """The sum of the squares without the root, or of the components, for a norm that is written out."""
    inner = part.args[0]
    if inner.head == "matrix" and inner.kind == "vector":
        yield add(*(power(e, TWO) for e in inner.args))
        yield add(*inner.args)


def _angle_dropped(part: Expr) -> Iterator[Expr]:
    """|u||v| for u . v."""
    left, right = part.args
    if left is not right:
        yield mul(norm(left), norm(right))


def _dot_with_itself(part: Expr) -> Iterator[Expr]:
    """|v| for v . v."""
    if part.args[0] is part.args[1]:
        yield norm(part.args[0])


def _square_as_dot_of_others(part: Expr) -> Iterator[Expr]:
    """|u + v|^2 without its middle term."""
    base, exponent = part.args
    if exponent is TWO and base.head == "norm" and base.args[0].head == "add":
        yield add(*(power(norm(t, base.value), TWO) for t in base.args[0].args))


def _wrong_partner(part: Expr) -> Iterator[Expr]:
    """u . u for u . v."""
    left, right = part.args
    if left is not right:
        yield dot(left, left)
        yield dot(right, right)


RULES = (
    MalRule("missing-norm", "norm-dropped", ("norm",), _norm_dropped),
    MalRule("norm-of-sum", "norm-of-sum", ("norm",), _norm_of_sum),
    MalRule("norm-of-sum", "middle-term-dropped", ("pow",), _square_as_dot_of_others),
    MalRule("norm-of-multiple", "scalar-signed", ("norm",), _scalar_kept_signed),
    MalRule("norm-of-multiple", "scalar-dropped", ("norm",), _scalar_dropped),
    MalRule("missing-root", "norm-squared", ("norm",), _norm_for_its_square),
    MalRule("wrong-norm", "other-norm", ("norm",), _other_norm, _other_norm),
    MalRule("missing-root", "components-added", ("norm",), _components_added),
    MalRule("dot-product", "angle-dropped", ("dot",), _angle_dropped),
    MalRule("missing-square", "dot-with-itself", ("dot",), _dot_with_itself),
    MalRule("dot-product", "wrong-partner", ("dot",), _wrong_partner),
)
