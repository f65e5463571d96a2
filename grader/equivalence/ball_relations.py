"""Relations between values: true, false, or `Unclear`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flint import acb, fmpq

from grader.equivalence.arrays import Array
from grader.equivalence.scalars import Unclear, Undefined, sign


def same(a: Any, b: Any) -> bool:
    """Whether two values are equal; `Unclear` while their balls meet without being exact."""
    if type(a) is Array or type(b) is Array:
        if type(a) is not Array or type(b) is not Array:
            return _is_zero_array(a, b)
        if a[:2] != b[:2]:
            return False
        return _all_same(zip(a.entries, b.entries, strict=True))
    if type(a) is fmpq and type(b) is fmpq:
        return bool(a == b)
    difference = a - b
    if type(difference) is fmpq:
        return bool(difference == 0)
    if difference.is_zero():
        return True
    if difference.contains(0):
        raise Unclear
    return False


def _is_zero_array(a: Any, b: Any) -> bool:
    """The number 0 written for a zero vector."""
    array, other = (a, b) if type(a) is Array else (b, a)
    if type(other) is not fmpq or other != 0:
        return False
    return _all_same((x, other) for x in array.entries)


def _all_same(pairs: Iterable[tuple[Any, Any]]) -> bool:
    """One pair that differs decides, whatever the others are."""
    unclear = False
    for x, y in pairs:
        try:
            if not same(x, y):
                return False
        except Unclear:
            unclear = True
    if unclear:
        raise Unclear
    return True


WHOLE_SETS = ("integers", "naturals")


def is_whole(a: Any, kind: str) -> bool:
    """Whether a real number is an integer (of `naturals`: and not negative)."""
    if type(a) is fmpq:
        return bool(a.denominator == 1) and (kind == "integers" or a >= 0)
    if type(a) is acb or a.contains_integer():
        raise Unclear
    return False


def holds(operator: str, a: Any, b: Any) -> bool:
    """Whether `a operator b`."""
    if operator in ("=", "equiv"):
        return same(a, b)
    if operator == "!=":
        return not same(a, b)
    if isinstance(a, bool) or isinstance(b, bool) or Array in (type(a), type(b)) or acb in (type(a), type(b)):
        raise Undefined
    if operator in ("<", ">", "<=", ">="):
        s = sign(a - b)
        return {"<": s < 0, ">": s > 0, "<=": s <= 0, ">=": s >= 0}[operator]
    raise Unclear
