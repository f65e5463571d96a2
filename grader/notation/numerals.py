"""Numbers: what digits mean, and how a sign goes with them."""

from __future__ import annotations

import re
from fractions import Fraction

from grader.expressions import build
from grader.expressions.nodes import Expr
from grader.notation.errors import Problem
from grader.notation.tokens import Token

MAX_EXPONENT = 2_000
# `0.(3)`, but not `0.1(6)`, which may be a product; `0.333...` with a period that stands three times.
REPEATING = re.compile(
    r"(?P<whole>\d{1,200})\.(?:\((?P<closed>\d{1,40})\)(?![\w(])|(?P<fixed>\d{0,200}?)(?P<open>\d{1,9}?)(?P=open){2,60}(?:\.\.\.|…|\\[lc]?dots(?![a-z])))"
)


def repeating(found: re.Match[str]) -> tuple[tuple[str, str], ...]:
    """The tokens of a decimal without end: the exact quotient in brackets.

    >>> [text for _, text in repeating(REPEATING.match("0.1666..."))]
    ['(', '15', '/', '90', ')']
    """
    period, fixed = found["closed"] or found["open"], found["fixed"] or ""
    return periodic(found["whole"], fixed, period)


def periodic(whole: str, fixed: str, period: str) -> tuple[tuple[str, str], ...]:
    """`whole.fixed`, and the period without end, as a quotient in brackets."""
    top = int(whole + fixed + period) - int(whole + fixed or "0")
    bottom = (10 ** len(period) - 1) * 10 ** len(fixed)
    return ("(", "("), ("num", str(top)), ("/", "/"), ("num", str(bottom)), (")", ")")


def numeral(tok: Token) -> Expr:
    """The leaf for digits: exact, and a decimal keeps how many places were written."""
    text = tok.text
    if text.isdigit():
        return build.number(int(text))
    mantissa, _, exponent = text.lower().partition("e")
    power = int(exponent or 0)
    if abs(power) > MAX_EXPONENT:
        raise Problem(tok.start, "too-large", "this number is too large to be read")
    value = Fraction(mantissa) * Fraction(10) ** power
    places = len(mantissa.partition(".")[2]) - power
    return build.decimal(value, places) if places > 0 else build.number(value)


def is_literal(tree: Expr) -> bool:
    """Whether a tree is a number as written."""
    return tree.head in ("number", "decimal")


def negate(tree: Expr) -> Expr:
    """-tree; the sign goes into a leading positive literal, as in -2x."""
    if tree.head == "choice" and all(is_literal(one) for one in tree.args):
        return build.choice(tree.value, *(build.neg(one) for one in tree.args))
    if tree.head == "mul" and is_literal(tree.args[0]):
        first = tree.args[0]
        value = first.value if first.head == "number" else first.value[0]
        if value >= 0:
            return build.mul(build.neg(first), *tree.args[1:])
    return build.neg(tree)


def size(inside: Expr) -> Expr:
    """What single bars mean: absolute value, norm of a vector, determinant of a matrix."""
    if inside.kind == "vector":
        return build.norm(inside)
    return build.call("det" if inside.kind == "matrix" else "abs", inside)
