"""Derivatives of the built-in functions of one argument, as trees in that argument."""

from __future__ import annotations

from collections.abc import Callable

from grader.expressions.build import HALF, ONE, PI, TWO, add, call, div, mul, neg, number, power, sqrt, sub
from grader.expressions.nodes import Expr

_Rule = Callable[[Expr], Expr]
_MINUS_TWO = number(-2)


def _square(tree: Expr) -> Expr:
    return power(tree, TWO)


def _over(bottom: Expr) -> Expr:
    return power(bottom, number(-1))


RULES: dict[str, _Rule] = {
    "exp": lambda a: call("exp", a),
    "ln": _over,
    "sin": lambda a: call("cos", a),
    "cos": lambda a: neg(call("sin", a)),
    "tan": lambda a: power(call("cos", a), _MINUS_TWO),
    "cot": lambda a: neg(power(call("sin", a), _MINUS_TWO)),
    "sec": lambda a: mul(call("sec", a), call("tan", a)),
    "csc": lambda a: neg(mul(call("csc", a), call("cot", a))),
    "arcsin": lambda a: _over(sqrt(sub(ONE, _square(a)))),
    "arccos": lambda a: neg(_over(sqrt(sub(ONE, _square(a))))),
    "arctan": lambda a: _over(add(ONE, _square(a))),
    "arccot": lambda a: neg(_over(add(ONE, _square(a)))),
    "arcsec": lambda a: _over(mul(call("abs", a), sqrt(sub(_square(a), ONE)))),
    "arccsc": lambda a: neg(_over(mul(call("abs", a), sqrt(sub(_square(a), ONE))))),
    "sinh": lambda a: call("cosh", a),
    "cosh": lambda a: call("sinh", a),
    "tanh": lambda a: power(call("cosh", a), _MINUS_TWO),
    "coth": lambda a: neg(power(call("sinh", a), _MINUS_TWO)),
    "sech": lambda a: neg(mul(call("sech", a), call("tanh", a))),
    "csch": lambda a: neg(mul(call("csch", a), call("coth", a))),
    "arsinh": lambda a: _over(sqrt(add(_square(a), ONE))),
    "arcosh": lambda a: _over(mul(sqrt(sub(a, ONE)), sqrt(add(a, ONE)))),
    "artanh": lambda a: _over(sub(ONE, _square(a))),
    "arcoth": lambda a: _over(sub(ONE, _square(a))),
    "arsech": lambda a: neg(_over(mul(a, sqrt(sub(ONE, _square(a)))))),
    "arcsch": lambda a: neg(_over(mul(call("abs", a), sqrt(add(ONE, _square(a)))))),
    "abs": lambda a: div(a, call("abs", a)),
    "erf": lambda a: mul(TWO, call("exp", neg(_square(a))), power(PI, number(-HALF.value))),
}
