"""Relations with absolute values and sums of squares in plain ones: `|u| < r` as `-r < u < r`."""

from __future__ import annotations

from itertools import pairwise

from grader.expressions.build import ZERO, chain, neg, number, power
from grader.expressions.nodes import Expr, node
from grader.expressions.rewrite import rebuild

_REAL = ("scalar", "integer")
_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}


def without_bars(tree: Expr) -> Expr:
    """The statement with such relations spelled out, wherever they hold for the same values.

    >>> from grader.expressions.build import call, symbol
    >>> x = symbol("x")
    >>> without_bars(chain((call("abs", x), x), ("=",))).head
    'or'
    """
    if tree.head in ("and", "or", "not"):
        return rebuild(tree, tuple(without_bars(a) for a in tree.args))
    if tree.head != "chain":
        return tree
    steps = zip(tree.value, pairwise(tree.args), strict=True)
    parts = [_spelled(operator, *sides) for operator, sides in steps]
    whole = parts[0] or tree
    if len(parts) == 1 or not any(parts):
        return whole
    links = zip(parts, tree.value, pairwise(tree.args), strict=True)
    return node("and", tuple(part or chain(sides, (op,)) for part, op, sides in links), None, "truth")


def _spelled(operator: str, left: Expr, right: Expr) -> Expr | None:
    if operator not in _TURNED or left.kind not in _REAL or right.kind not in _REAL:
        return None
    bars = _is_absolute(left), _is_absolute(right)
    if all(bars):
        two = number(2)
        return chain((power(left.args[0], two), power(right.args[0], two)), (operator,))
    if bars[1]:
        return _spelled(_TURNED[operator], right, left)
    if bars[0] and operator != "!=":
        return _of_absolute(operator, left.args[0], right)
    bases = _bases(left) if operator == "=" and right is ZERO else None
    return None if bases is None else _all(*(chain((base, ZERO), ("=",)) for base in bases))


def _is_absolute(tree: Expr) -> bool:
    return tree.head == "call" and tree.value == "abs" and tree.args[0].kind in _REAL


def _of_absolute(operator: str, inner: Expr, bound: Expr) -> Expr:
    """`|inner| operator bound`, for whatever sign the bound has."""
    if operator in ("<", "<="):
        return _all(chain((neg(bound), inner), (operator,)), chain((inner, bound), (operator,)))
    if operator in (">", ">="):
        return _any(chain((inner, bound), (operator,)), chain((inner, neg(bound)), (_TURNED[operator],)))
    above, under = chain((inner, ZERO), (">=",)), chain((inner, ZERO), ("<",))
    first = above if inner is bound else _all(above, chain((inner, bound), ("=",)))
    second = under if neg(inner) is bound else _all(under, chain((neg(inner), bound), ("=",)))
    return _any(first, second)


def _bases(tree: Expr) -> list[Expr] | None:
    """What has to be 0 for a sum of even powers and absolute values to be; None for other sums."""
    if tree.head != "add":
        return None
    found = []
    for term in tree.args:
        if term.head == "mul" and len(term.args) == 2 and _is_number(term.args[0]) and term.args[0].value > 0:
            term = term.args[1]
        even = term.head == "pow" and _is_number(term.args[1]) and _is_even(term.args[1])
        if term.kind not in _REAL or not (even or _is_absolute(term)):
            return None
        found.append(term.args[0])
    return found


def _is_number(tree: Expr) -> bool:
    return tree.head == "number"


def _is_even(exponent: Expr) -> bool:
    return bool(exponent.value > 0 and exponent.value.denominator == 1 and exponent.value % 2 == 0)


def _all(*parts: Expr) -> Expr:
    return node("and", parts, None, "truth")


def _any(*parts: Expr) -> Expr:
    return node("or", parts, None, "truth")
