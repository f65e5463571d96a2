"""What is asked of SymPy; runs in the helper process (see `asking`), within a budget of calls."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from grader.equivalence.sympy_trees import Translator, Untranslatable
from grader.expressions.nodes import Expr, TooLarge

MAX_CALLS = 500_000
_FAILURES = (
    Untranslatable, TooLarge, ValueError, NotImplementedError, RecursionError, TypeError, ZeroDivisionError,
    AttributeError, IndexError, KeyError, ArithmeticError, AssertionError,
)  # fmt: skip


class _Spent(BaseException):
    """The budget of calls is used up."""


def answer(question: tuple[str, tuple[Expr, ...], str, tuple[tuple[str, Any], ...]]) -> Expr | None:
    """The answer as a tree; None where SymPy has none, or the budget is spent."""
    from sympy.core.cache import clear_cache

    kind, trees, side, bounds = question
    clear_cache()  # so that the work for an answer does not depend on what was asked before
    translator = Translator(dict(bounds))
    try:
        return _within(MAX_CALLS, lambda: _KINDS[kind](translator, trees, side))
    except _FAILURES:
        return None


def _within(calls: int, work: Callable[[], Expr | None]) -> Expr | None:
    left = calls

    def count(_frame: FrameType, event: str, _arg: Any) -> None:
        nonlocal left
        if event == "call":
            left -= 1
            if left < 0:
                raise _Spent

    sys.setprofile(count)
    try:
        return work()
    except _Spent:
        return None
    finally:
        sys.setprofile(None)


def _antiderivative(t: Translator, trees: tuple[Expr, ...], side: str) -> Expr | None:
    """F with F' = body, by step-by-step rules, else by the Risch-Norman heuristic."""
    from sympy import Integral, integrate
    from sympy.integrals.manualintegrate import manualintegrate

    body, x = (t.to(tree) for tree in trees)
    found = manualintegrate(body, x)
    if found.has(Integral):
        found = integrate(body, x, conds="none")
    return None if found.has(Integral) else t.back(found)


def _definite(t: Translator, trees: tuple[Expr, ...], side: str) -> Expr | None:
    """The value between two ends."""
    from sympy import Integral, integrate

    body, x, low, high = (t.to(tree) for tree in trees)
    found = integrate(body, (x, low, high), conds="none")
    return None if found.has(Integral) else t.back(found)


def _limit(t: Translator, trees: tuple[Expr, ...], side: str) -> Expr | None:
    """A limit; of a two-sided one both sides must agree."""
    from sympy import Limit, limit

    body, x, place = (t.to(tree) for tree in trees)
    found = limit(body, x, place, side or ("+-" if place.is_finite or place.is_finite is None else "+"))
    return None if found.has(Limit) else t.back(found)


def _summation(t: Translator, trees: tuple[Expr, ...], side: str) -> Expr | None:
    """A sum in closed form; a rational term as one fraction, so that parts that cancel do."""
    from sympy import Sum, summation, together

    body, k, low, high = (t.to(tree) for tree in trees)
    found = summation(together(body) if body.is_rational_function(k) else body, (k, low, high))
    return None if found.has(Sum) else t.back(found)


def _product(t: Translator, trees: tuple[Expr, ...], side: str) -> Expr | None:
    """A product in closed form."""
    from sympy import Product, product

    body, k, low, high = (t.to(tree) for tree in trees)
    found = product(body, (k, low, high))
    return None if found.has(Product) else t.back(found)


_KINDS: dict[str, Callable[[Translator, tuple[Expr, ...], str], Expr | None]] = {
    "antiderivative": _antiderivative,
    "definite": _definite,
    "limit": _limit,
    "summation": _summation,
    "product": _product,
}
