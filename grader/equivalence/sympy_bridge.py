"""SymPy, asked about trees that we built ourselves; imported only when it is needed.

Trees are converted node by node in both directions, so no text is ever parsed by SymPy.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from grader.expressions.build import PI, E, add, call, constant, mul, number, power
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols

_NAMES = {
    "exp": "exp", "ln": "log", "sin": "sin", "cos": "cos", "tan": "tan", "cot": "cot", "sec": "sec",
    "csc": "csc", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "sinh": "sinh", "cosh": "cosh",
    "tanh": "tanh", "arsinh": "asinh", "arcosh": "acosh", "artanh": "atanh", "abs": "Abs", "erf": "erf",
    "factorial": "factorial", "gamma": "gamma", "floor": "floor", "ceil": "ceiling", "sign": "sign",
}  # fmt: skip
_BACK = {theirs: ours for ours, theirs in _NAMES.items()}


class _Untranslatable(Exception):
    """A node that has no counterpart."""


def sympy_antiderivative(body: Expr, x: Expr) -> Expr | None:
    """An antiderivative by SymPy's step-by-step rules, or None."""
    from sympy import Integral
    from sympy.integrals.manualintegrate import manualintegrate

    try:
        names: dict[Any, Expr] = {}
        found = manualintegrate(_to(body, names), _to(x, names))
        return None if found.has(Integral) else _from(found, names)
    except (_Untranslatable, ValueError, NotImplementedError, RecursionError, TypeError, ZeroDivisionError):
        return None


def sympy_limit(body: Expr, x: Expr, point: Expr, side: str) -> Expr | None:
    """A limit by SymPy, or None; of a two-sided one both sides must agree."""
    from sympy import Limit, limit

    try:
        names: dict[Any, Expr] = {}
        tree, variable, place = _to(body, names), _to(x, names), _to(point, names)
        if side:
            found = limit(tree, variable, place, side)
        else:
            found = limit(tree, variable, place, "+-" if place.is_finite else "+")
        return None if found.has(Limit) else _from(found, names)
    except (_Untranslatable, ValueError, NotImplementedError, RecursionError, TypeError, ZeroDivisionError):
        return None


def _to(tree: Expr, names: dict[Any, Expr]) -> Any:
    import sympy as sp

    if tree.head in ("number", "decimal"):
        value: Fraction = tree.value if tree.head == "number" else tree.value[0]
        return sp.Rational(value.numerator, value.denominator)
    if tree.head == "constant":
        known = {"pi": sp.pi, "e": sp.E, "oo": sp.oo, "i": sp.I}
        if tree.value in known:
            return known[tree.value]
    if tree.head == "symbol" and tree.kind in ("scalar", "integer"):
        symbol = sp.Symbol(f"s{_place(tree, names)}", real=True, integer=tree.kind == "integer" or None)
        names[symbol] = tree
        return symbol
    args = [_to(a, names) for a in tree.args]
    if tree.head == "add":
        return sp.Add(*args)
    if tree.head == "mul":
        return sp.Mul(*args)
    if tree.head == "pow":
        return sp.Pow(*args)
    if tree.head == "call" and tree.value in _NAMES:
        return getattr(sp, _NAMES[tree.value])(*args)
    if tree.head == "call" and tree.value == "log":
        return sp.log(args[0]) / sp.log(args[1])
    raise _Untranslatable(tree.head)


def _place(tree: Expr, names: dict[Any, Expr]) -> int:
    for i, known in enumerate(names.values()):
        if known is tree:
            return i
    return len(names)


def _from(found: Any, names: dict[Any, Expr]) -> Expr:
    import sympy as sp

    if found in names:
        return names[found]
    if found.is_Rational and found.is_finite:
        return number(Fraction(int(found.p), int(found.q)))
    if found is sp.oo or found is -sp.oo:
        return constant("oo") if found is sp.oo else mul(number(-1), constant("oo"))
    if found is sp.pi or found is sp.E:
        return PI if found is sp.pi else E
    args = [_from(a, names) for a in found.args]
    if found.is_Add:
        return add(*args)
    if found.is_Mul:
        return mul(*args)
    if found.is_Pow:
        return power(*args)
    name = type(found).__name__
    if name == "exp":
        return call("exp", args[0])
    if name in _BACK and len(args) == 1:
        return call(_BACK[name], args[0])
    raise _Untranslatable(name)


def is_closed(tree: Expr) -> bool:
    """Whether a tree has no free symbols."""
    return not free_symbols(tree)
