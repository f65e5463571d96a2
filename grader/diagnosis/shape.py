"""The form of a tree, but for the order of terms and factors and for a sign in front.

Two trees of one shape and one value look alike to a reader: a slip that gives the very form that was
written is the most telling explanation of it.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from grader.expressions.nodes import Expr


def alike(left: Expr, right: Expr) -> bool:
    """Whether two trees have the same form, up to order and an overall sign.

    >>> from grader.expressions.build import add, mul, number, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> alike(add(x, mul(number(-1), y)), add(y, mul(number(-1), x)))
    True
    """
    return _form(left)[1] == _form(right)[1]


@lru_cache(maxsize=8192)
def _form(tree: Expr) -> tuple[int, str]:
    """A sign and a spelling; -tree has the other sign and the same spelling."""
    head = tree.head
    if head in ("number", "decimal"):
        value = tree.value if head == "number" else tree.value[0]
        return (-1 if value < 0 else 1), str(abs(value))
    if head == "mul":
        return _product(tree)
    if head == "add":
        return _sum(tree)
    if head == "pow":
        return _power(tree)
    parts = [_signed(a) for a in tree.args]
    if head == "dot":
        parts.sort()
    return 1, f"{head}:{tree.value}({','.join(parts)})"


def _signed(tree: Expr) -> str:
    sign, spelling = _form(tree)
    return spelling if sign > 0 else f"-{spelling}"


def _product(tree: Expr) -> tuple[int, str]:
    sign, coefficient = 1, Fraction(1)
    scalars: list[str] = []
    arrays: list[str] = []
    for factor in tree.args:
        value = _rational(factor)
        if value is not None:
            coefficient *= value
            continue
        s, spelling = _form(factor)
        sign *= s
        (arrays if factor.kind == "matrix" else scalars).append(spelling)
    if coefficient < 0:
        sign, coefficient = -sign, -coefficient
    if not scalars and not arrays:
        return sign, str(coefficient)
    parts = [*sorted(scalars), *arrays]
    if coefficient == 1 and len(parts) == 1:
        return sign, parts[0]
    return sign, f"mul({coefficient};{','.join(parts)})"


def _rational(tree: Expr) -> Fraction | None:
    if tree.head == "number":
        value: Fraction = tree.value
        return value
    if tree.head == "decimal":
        return Fraction(tree.value[0])
    if tree.head == "pow":
        base, exponent = (_rational(a) for a in tree.args)
        if base and exponent is not None and exponent.denominator == 1 and abs(exponent) < 20:
            return base ** int(exponent)
    return None


def _sum(tree: Expr) -> tuple[int, str]:
    terms = sorted((_form(t) for t in tree.args), key=lambda term: (term[1], term[0]))
    lead = terms[0][0]
    return lead, "add(" + ",".join(("+" if s == lead else "-") + spelling for s, spelling in terms) + ")"


def _power(tree: Expr) -> tuple[int, str]:
    value = _rational(tree)
    if value is not None:
        return (-1 if value < 0 else 1), str(abs(value))
    base, exponent = tree.args
    power = _whole(exponent)
    while power is not None and base.head == "pow" and _whole(base.args[1]) is not None:
        base, power = base.args[0], power * (_whole(base.args[1]) or 0)  # 1/(a^2) as a^(-2)
    sign, spelling = _form(base)
    if power is not None:
        if power == 1:
            return sign, spelling
        return (sign if power % 2 == 1 else 1), f"pow({spelling},{power})"
    return 1, f"pow({spelling if sign > 0 else '-' + spelling},{_signed(exponent)})"


def _whole(exponent: Expr) -> int | None:
    whole = exponent.head == "number" and exponent.value.denominator == 1
    return int(exponent.value) if whole else None
