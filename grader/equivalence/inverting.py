"""An equation part = 0 in one symbol, solved by undoing one operation after the other; periodic ones too."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from grader.expressions.build import PI, ZERO, E, add, call, div, mul, neg, number, power, sub
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols

_MAX_VALUES = 140
_PLAIN: dict[str, Callable[[Expr], Expr]] = {
    "exp": lambda v: call("ln", v),
    "ln": lambda v: call("exp", v),
    "tanh": lambda v: call("artanh", v),
    "artanh": lambda v: call("tanh", v),
    "sinh": lambda v: call("arsinh", v),
    "arsinh": lambda v: call("sinh", v),
    "arcsin": lambda v: call("sin", v),
    "arccos": lambda v: call("cos", v),
    "arctan": lambda v: call("tan", v),
    "arcosh": lambda v: call("cosh", v),
}


def solved_by_undoing(
    part: Expr, symbol: Expr, periods: int = 1, counter: Expr | None = None
) -> tuple[list[Expr], bool] | None:
    """Trees among which all zeros are (True), or some of infinitely many are (False); None if it fails.

    Of a periodic function the solutions in so many periods to either side of 0 are taken; or all of them,
    written with a counter.

    >>> from grader.expressions.build import symbol
    >>> x = symbol("x")
    >>> solved_by_undoing(sub(call("ln", x), number(1)), x)[1]
    True
    """
    values, complete, tree = [ZERO], True, part
    turns = (
        [counter]
        if counter is not None
        else [number(k) for k in sorted(range(-periods, periods + 1), key=abs)]
    )
    while tree is not symbol:
        step = _undone(tree, values, symbol, turns)
        if step is None:
            return None
        tree, values, whole = step
        complete &= whole
        if len(values) > _MAX_VALUES:
            return None
    return values, complete


_Step = tuple[Expr, list[Expr], bool]


def _undone(tree: Expr, values: list[Expr], symbol: Expr, turns: list[Expr]) -> _Step | None:
    if tree.head in ("add", "mul"):
        return _undone_sum(tree, values, symbol)
    if tree.head == "pow":
        return _undone_power(tree, values, symbol)
    if tree.head == "call" and tree.value == "log":
        return _undone_log(tree, values, symbol)
    if tree.head != "call" or len(tree.args) != 1:
        return None
    inner = tree.args[0]
    if tree.value in _PLAIN:
        return inner, [_PLAIN[tree.value](v) for v in values], True
    if tree.value in ("abs", "cosh"):
        ways = values if tree.value == "abs" else [call("arcosh", v) for v in values]
        return inner, [w for v in ways for w in (v, neg(v))], True
    return _undone_wave(tree.value, inner, values, turns)


def _undone_sum(tree: Expr, values: list[Expr], symbol: Expr) -> _Step | None:
    moving = [a for a in tree.args if symbol in free_symbols(a)]
    if len(moving) != 1:
        return None
    rest = [a for a in tree.args if a is not moving[0]]
    if tree.head == "add":
        return moving[0], [_less(v, add(*rest)) for v in values], True
    return moving[0], [ZERO if v is ZERO else div(v, mul(*rest)) for v in values], True


def _less(v: Expr, rest: Expr) -> Expr:
    return neg(rest) if v is ZERO else sub(v, rest)


def _undone_power(tree: Expr, values: list[Expr], symbol: Expr) -> _Step | None:
    base, exponent = tree.args
    if base is E:
        return exponent, [call("ln", v) for v in values], True
    if symbol in free_symbols(exponent):
        if free_symbols(base):
            return None
        return exponent, [div(call("ln", v), call("ln", base)) for v in values], True
    if exponent.head != "number" or exponent.value == 0:
        return None
    e: Fraction = exponent.value
    if values == [ZERO]:
        return base, [ZERO] if e > 0 else [], True
    roots = [power(v, number(1 / e)) for v in values]
    if e.numerator % 2:
        return base, roots, True
    return base, [w for r in roots for w in (r, neg(r))], True


def _undone_log(tree: Expr, values: list[Expr], symbol: Expr) -> _Step | None:
    """log_b(x) = v is x = b^v; log_x(a) = v is x = a^(1/v)."""
    inside, base = tree.args
    if symbol not in free_symbols(base):
        return inside, [power(base, v) for v in values], True
    if symbol in free_symbols(inside) or ZERO in values:
        return None
    return base, [power(inside, div(number(1), v)) for v in values], True


def _undone_wave(name: str, inner: Expr, values: list[Expr], turns: list[Expr]) -> _Step | None:
    """The solutions next to 0; there are infinitely many."""
    found: list[Expr] = []
    for v in values:
        for k in turns:
            if name == "sin":
                found += _sines(v, k)
            elif name == "cos":
                found += _cosines(v, k)
            elif name == "tan":
                found.append(add(call("arctan", v), mul(k, PI)) if v is not ZERO else mul(k, PI))
            else:
                return None
    return inner, list(dict.fromkeys(found)), False


def _sines(v: Expr, k: Expr) -> list[Expr]:
    if v is ZERO:
        return [mul(k, PI)]
    turn = mul(number(2), k, PI)
    arc = call("arcsin", v)
    return [add(arc, turn), add(sub(PI, arc), turn)]


def _cosines(v: Expr, k: Expr) -> list[Expr]:
    if v is ZERO:
        return [mul(add(k, number(Fraction(1, 2))), PI)]
    turn = mul(number(2), k, PI)
    arc = call("arccos", v)
    return [add(arc, turn), add(neg(arc), turn)]
