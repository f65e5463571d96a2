"""Substitution: c f(g(x)) g'(x) has the antiderivative c F(g(x))."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from grader.equivalence.assumptions import NOTHING
from grader.equivalence.field import Beyond, Frac
from grader.equivalence.normal import Normalizer
from grader.equivalence.tree_of import tree_of
from grader.expressions.build import HALF, MINUS_ONE, ONE, add, call, div, mul, neg, number, power
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols

_OUTER: dict[str, Callable[[Expr], Expr]] = {
    "exp": lambda g: call("exp", g),
    "sin": lambda g: neg(call("cos", g)),
    "cos": lambda g: call("sin", g),
    "ln": lambda g: add(mul(g, call("ln", g)), neg(g)),
    "sinh": lambda g: call("cosh", g),
    "cosh": lambda g: call("sinh", g),
}
_MAX_TRIES = 24


def by_inner_slope(body: Expr, x: Expr) -> Expr | None:
    """An antiderivative by substitution; None if none of the inner functions fits.

    >>> from grader.expressions.build import symbol
    >>> x = symbol("x")
    >>> found = by_inner_slope(mul(x, call("exp", power(x, number(2)))), x)
    >>> found is mul(HALF, call("exp", power(x, number(2))))
    True
    """
    for tried, (form, antiderivative) in enumerate(_forms(body, x)):
        if tried == _MAX_TRIES:
            return None
        factor = _factor(body, form, x)
        if factor is not None:
            return antiderivative if factor is ONE else mul(factor, antiderivative)
    return None


def _forms(body: Expr, x: Expr) -> Iterator[tuple[Expr, Expr]]:
    """f(g) g' and F(g) for the functions f and g that stand in the body."""
    for part in walk(body):
        if x not in free_symbols(part) or part is x:
            continue
        if part.head == "call" and part.value in _OUTER:
            inner = part.args[0]
            slope = differentiate(inner, x)
            if slope is not None:
                yield mul(part, slope), _OUTER[part.value](inner)
        if part.head == "pow" and part.args[1].head == "number":
            yield from _of_power(part, x)
        slope = differentiate(part, x) if part.kind == "scalar" else None
        if slope is not None:
            yield mul(part, slope), mul(HALF, power(part, number(2)))
            yield div(slope, part), call("ln", call("abs", part))
            yield div(slope, add(ONE, power(part, number(2)))), call("arctan", part)


def _of_power(part: Expr, x: Expr) -> Iterator[tuple[Expr, Expr]]:
    base, exponent = part.args
    slope = differentiate(base, x)
    if slope is None:
        return
    if exponent is MINUS_ONE:
        yield mul(part, slope), call("ln", call("abs", base))
    else:
        raised = number(exponent.value + 1)
        yield mul(part, slope), div(power(base, raised), raised)


def _factor(body: Expr, form: Expr, x: Expr) -> Expr | None:
    """body / form, if that is free of x."""
    n = Normalizer(NOTHING.domain)

    def work() -> Expr | None:
        ratio: Frac = n.div(n.scalar(body), n.scalar(form))
        if ratio.top == 0:
            return None
        found = tree_of(n, ratio)
        return found if x not in free_symbols(found) else None

    try:
        return n.attempt(work)
    except Beyond:
        return None
