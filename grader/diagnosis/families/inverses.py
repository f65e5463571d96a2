"""Inverses: the inverse function taken for the reciprocal, or for the function itself."""

from __future__ import annotations

from collections.abc import Iterator

from grader.diagnosis.families.parts import FUNCTIONS
from grader.diagnosis.malrule import MalRule
from grader.expressions.build import MINUS_ONE, apply, call, inverse, power
from grader.expressions.nodes import Expr

_PAIRS = {
    "sin": "arcsin",
    "cos": "arccos",
    "tan": "arctan",
    "cot": "arccot",
    "sec": "arcsec",
    "csc": "arccsc",
    "sinh": "arsinh",
    "cosh": "arcosh",
    "tanh": "artanh",
    "exp": "ln",
}
_BACK = {there: here for here, there in _PAIRS.items()}


def _is_inverse(part: Expr) -> bool:
    return part.head == "apply" and part.args[0].head == "inverse"


def _reciprocal_of_value(part: Expr) -> Iterator[Expr]:
    """1/f(y) for f^-1(y), 1/sin(y) for arcsin(y)."""
    if _is_inverse(part):
        yield power(apply(part.args[0].args[0], *part.args[1:], kind=part.kind), MINUS_ONE)
    elif part.head == "call" and part.value in _BACK:
        yield power(call(_BACK[part.value], *part.args), MINUS_ONE)


def _function_for_inverse(part: Expr) -> Iterator[Expr]:
    """f(y) for f^-1(y)."""
    if _is_inverse(part):
        yield apply(part.args[0].args[0], *part.args[1:], kind=part.kind)
    elif part.head == "call" and part.value in _BACK:
        yield call(_BACK[part.value], *part.args)


def _inverse_for_function(part: Expr) -> Iterator[Expr]:
    """f^-1(y) for f(y)."""
    if part.head == "apply" and part.args[0].head == "symbol":
        yield apply(inverse(part.args[0]), *part.args[1:], kind=part.kind)
    elif part.head == "call" and part.value in _PAIRS:
        yield call(_PAIRS[part.value], *part.args)


def _inverse_for_reciprocal(part: Expr) -> Iterator[Expr]:
    """f^-1(y) for 1/f(y)."""
    base, exponent = part.args
    if exponent is MINUS_ONE and base.head in FUNCTIONS:
        yield from _inverse_for_function(base)


def _reciprocal_of_argument(part: Expr) -> Iterator[Expr]:
    """f(1/y) for f^-1(y)."""
    if _is_inverse(part) and len(part.args) == 2:
        yield apply(part.args[0].args[0], power(part.args[1], MINUS_ONE), kind=part.kind)
    elif part.head == "call" and part.value in _BACK and len(part.args) == 1:
        yield call(_BACK[part.value], power(part.args[0], MINUS_ONE))


RULES = (
    MalRule("inverse-vs-reciprocal", "reciprocal-of-value", FUNCTIONS, _reciprocal_of_value),
    MalRule("inverse-vs-reciprocal", "function-for-inverse", FUNCTIONS, _function_for_inverse),
    MalRule("inverse-vs-reciprocal", "inverse-for-function", FUNCTIONS, _inverse_for_function),
    MalRule("inverse-vs-reciprocal", "inverse-for-reciprocal", ("pow",), _inverse_for_reciprocal),
    MalRule("inverse-vs-reciprocal", "reciprocal-of-argument", FUNCTIONS, _reciprocal_of_argument),
)
