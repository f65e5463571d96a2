"""An evaluator of trees that shares nothing with the program's own: mpmath at fixed precision.

It is what says that a mutant is wrong. Whatever it cannot evaluate raises `Beyond`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import mpmath as mp  # type: ignore[import-untyped]
import numpy as np

from grader.expressions.nodes import Expr, walk

mp.mp.dps = 30
BASE = mp.mpf("0.7")


class Beyond(Exception):
    """A tree that this evaluator does not cover, or a point where it has no real value."""


@dataclass(frozen=True)
class Place:
    """Values of names, the names that stand for expressions, and functions with their bodies."""

    values: Mapping[Expr, Any]
    meanings: Mapping[Expr, Expr] = field(default_factory=dict)
    functions: Mapping[Expr, tuple[tuple[Expr, ...], Expr]] = field(default_factory=dict)

    def having(self, name: Expr, value: Any) -> Place:
        """The place with one name bound to a value."""
        meanings = {k: v for k, v in self.meanings.items() if k is not name}
        return replace(self, values={**self.values, name: value}, meanings=meanings)


def evaluate(tree: Expr, place: Place) -> Any:
    """The value of a tree: an mpmath number or a NumPy array of such."""
    handler = _HANDLERS.get(tree.head)
    if handler is None:
        raise Beyond(tree.head)
    try:
        return handler(tree, place)
    except (
        AttributeError,
        ZeroDivisionError,
        ValueError,
        TypeError,
        OverflowError,
        IndexError,
        KeyError,
    ) as fault:
        raise Beyond(str(fault)) from fault


def _many(trees: tuple[Expr, ...], place: Place) -> list[Any]:
    return [evaluate(t, place) for t in trees]


def _symbol(tree: Expr, place: Place) -> Any:
    if tree in place.meanings:
        return evaluate(place.meanings[tree], place)
    if tree in place.values:
        return place.values[tree]
    name = str(tree.value)
    base = next((s for s in place.meanings if s.value == name.rstrip("'")), None)
    if base is not None and name.endswith("'"):
        inside = _variables(place.meanings[base], place)
        if len(inside) == 1:
            return _slope(place.meanings[base], next(iter(inside)), place, name.count("'"))
    raise Beyond(f"nothing is known of {name}")


def _variables(tree: Expr, place: Place) -> set[Expr]:
    return {s for s in walk(tree) if s.head == "symbol" and s in place.values}


def _constant(tree: Expr, place: Place) -> Any:
    known = {"pi": mp.pi, "e": mp.e, "i": mp.mpc(0, 1)}
    if tree.value not in known:
        raise Beyond(tree.value)
    return +known[tree.value]


def _add(tree: Expr, place: Place) -> Any:
    parts = _many(tree.args, place)
    arrays = [p for p in parts if isinstance(p, np.ndarray)]
    if arrays and len(arrays) != len(parts):
        raise Beyond("a number beside an array")
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def _mul(tree: Expr, place: Place) -> Any:
    total: Any = mp.mpf(1)
    for part in _many(tree.args, place):
        both = isinstance(total, np.ndarray) and isinstance(part, np.ndarray)
        total = total.dot(part) if both else total * part
    return total


def _power(tree: Expr, place: Place) -> Any:
    base, exponent = _many(tree.args, place)
    if isinstance(base, np.ndarray):
        return _matrix_power(base, int(exponent))
    if mp.im(base) == 0 and mp.re(base) < 0 and mp.im(exponent) == 0:
        return _negative_power(mp.re(base), exponent, tree.args[1])
    return mp.power(base, exponent)


def _negative_power(base: Any, exponent: Any, written: Expr) -> Any:
    if mp.isint(exponent):
        return mp.power(base, int(exponent))
    if written.head == "number" and written.value.denominator % 2:
        return (-1) ** written.value.numerator * mp.power(-base, exponent)
    raise Beyond("a root of a negative number")


def _matrix_power(base: Any, exponent: int) -> Any:
    if base.ndim != 2:
        raise Beyond("a power of a vector")
    if exponent < 0:
        inverted = mp.matrix(base.tolist()) ** -1
        base = np.array(inverted.tolist(), dtype=object)
    result = base
    for _ in range(abs(exponent) - 1):
        result = result.dot(base)
    return result


def _real(
    name: str, function: Callable[[Any], Any], low: float | None = None, high: float | None = None
) -> Any:
    def run(x: Any) -> Any:
        if mp.im(x) == 0 and ((low is not None and x <= low) or (high is not None and x > high)):
            raise Beyond(f"{name} outside its domain")
        return function(x)

    return run


_PLAIN = ("exp", "sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh", "floor")
_CALLS: dict[str, Callable[..., Any]] = {
    **{n: getattr(mp, n) for n in _PLAIN},
    "ln": _real("ln", mp.log, 0),
    "log": lambda x, b: _CALLS["ln"](x) / mp.log(b),
    "arcsin": mp.asin, "arccos": mp.acos, "arctan": mp.atan, "arsinh": mp.asinh, "artanh": mp.atanh,
    "abs": mp.fabs, "sign": mp.sign, "factorial": mp.factorial, "binomial": mp.binomial,
    "ceil": mp.ceil, "min": min, "max": max, "conj": mp.conj, "re": mp.re, "im": mp.im,
    "det": lambda m: mp.det(mp.matrix(m.tolist())), "tr": lambda m: sum(m[i, i] for i in range(len(m))),
}  # fmt: skip


def _call(tree: Expr, place: Place) -> Any:
    if tree.value not in _CALLS:
        raise Beyond(tree.value)
    return _CALLS[tree.value](*_many(tree.args, place))


def _apply(tree: Expr, place: Place) -> Any:
    function, *arguments = tree.args
    order = 0
    if function.head == "derived":
        function, order = function.args[0], function.value
    if function not in place.functions:
        raise Beyond("an unknown function")
    parameters, body = place.functions[function]
    values = _many(tuple(arguments), place)
    inner = place
    for parameter, value in zip(parameters, values, strict=True):
        inner = inner.having(parameter, value)
    return _slope(body, parameters[0], inner, order) if order else evaluate(body, inner)


def _slope(body: Expr, variable: Expr, place: Place, order: int = 1) -> Any:
    return mp.diff(lambda t: evaluate(body, place.having(variable, t)), place.values[variable], order)


def _derivative(tree: Expr, place: Place) -> Any:
    body, *variables = tree.args
    variable = variables[0]
    if variable not in place.values:
        raise Beyond("the variable stands for something")
    if len(set(variables)) == 1:
        return _slope(body, variable, place, len(variables))

    def inner(t: Any) -> Any:
        rest = place.having(variable, t)
        return _slope(body, variables[1], rest, len(variables) - 1)

    return mp.diff(inner, place.values[variable])


def _gradient(tree: Expr, place: Place) -> Any:
    if len(tree.args) != 2 or tree.args[1] not in place.values:
        raise Beyond("a gradient by nothing known")
    body, variable = tree.args
    at = place.values[variable]

    def along(k: int) -> Any:
        def moved(t: Any) -> Any:
            point = at.copy()
            point[k] = t
            return evaluate(body, place.having(variable, point))

        return mp.diff(moved, at[k])

    return np.array([along(k) for k in range(len(at))], dtype=object)


def _integral(tree: Expr, place: Place) -> Any:
    body, variable, *ends = tree.args
    if ends:
        low, high = (_end(e, place) for e in ends)
    else:
        low, high = BASE, evaluate(variable, place)
    return mp.quad(lambda t: evaluate(body, place.having(variable, t)), [low, high])


def _end(tree: Expr, place: Place) -> Any:
    if any(p.head == "constant" and p.value == "oo" for p in walk(tree)):
        return -mp.inf if tree.head == "mul" else mp.inf
    return evaluate(tree, place)


def _at(tree: Expr, place: Place) -> Any:
    body, variable, point = tree.args
    return evaluate(body, place.having(variable, evaluate(point, place)))


def _limit(tree: Expr, place: Place) -> Any:
    body, variable, point = tree.args
    end = _end(point, place)
    if mp.isinf(end):
        near = mp.sign(end) * mp.mpf(10) ** 7
    else:
        near = end + mp.mpf(10) ** -9 * (-1 if tree.value == "-" else 1)
    return evaluate(body, place.having(variable, near))


def _sum(tree: Expr, place: Place) -> Any:
    if len(tree.args) != 4:
        raise Beyond("a sum without ends")
    body, variable, low, high = tree.args
    first, last = evaluate(low, place), _end(high, place)
    if mp.isinf(last):
        last = first + 400
    terms = [evaluate(body, place.having(variable, mp.mpf(k))) for k in range(int(first), int(last) + 1)]
    total: Any = mp.mpf(0 if tree.head == "sum" else 1)
    for term in terms:
        total = total + term if tree.head == "sum" else total * term
    return total


def _index(tree: Expr, place: Place) -> Any:
    family, *indices = tree.args
    if family in place.functions:
        parameters, body = place.functions[family]
        inner = place
        for parameter, index in zip(parameters, indices, strict=True):
            inner = inner.having(parameter, evaluate(index, place))
        return evaluate(body, inner)
    if family.kind != "scalar":
        raise Beyond("a component")
    key = sum(ord(c) for c in str(family.value)) + 7 * int(evaluate(indices[0], place))
    return mp.mpf(key * 37 % 101) / 13 - 3


def _cases(tree: Expr, place: Place) -> Any:
    for value, condition in zip(tree.args[::2], tree.args[1::2], strict=True):
        if condition.head == "constant" or true_at(condition, place):
            return evaluate(value, place)
    raise Beyond("no case")


def _matrix(tree: Expr, place: Place) -> Any:
    rows, columns = tree.value
    entries = np.array(_many(tree.args, place), dtype=object)
    return entries if columns == 1 and rows > 1 else entries.reshape(rows, columns)


def _norm(tree: Expr, place: Place) -> Any:
    array = evaluate(tree.args[0], place)
    if not isinstance(array, np.ndarray) or array.ndim != 1 or tree.value != "2":
        raise Beyond("a norm")
    return mp.sqrt(array.dot(array))


def _dot(tree: Expr, place: Place) -> Any:
    left, right = _many(tree.args, place)
    return left.dot(right)


def _cross(tree: Expr, place: Place) -> Any:
    return np.cross(*_many(tree.args, place))


def _transposed(tree: Expr, place: Place) -> Any:
    return evaluate(tree.args[0], place).T


_HANDLERS: dict[str, Callable[[Expr, Place], Any]] = {
    "number": lambda t, p: mp.mpf(t.value.numerator) / t.value.denominator,
    "decimal": lambda t, p: mp.mpf(t.value[0].numerator) / t.value[0].denominator,
    "constant": _constant, "symbol": _symbol, "add": _add, "mul": _mul, "pow": _power, "call": _call,
    "apply": _apply, "derivative": _derivative, "gradient": _gradient, "integral": _integral, "at": _at,
    "limit": _limit, "sum": _sum, "product": _sum, "index": _index, "cases": _cases, "matrix": _matrix,
    "norm": _norm, "dot": _dot, "cross": _cross, "transpose": _transposed,
}  # fmt: skip


def gap(left: Expr, right: Expr, place: Place) -> Any:
    """How far two sides are apart, relative to their size (absolute for small ones)."""
    a, b = evaluate(left, place), evaluate(right, place)
    if isinstance(a, np.ndarray) != isinstance(b, np.ndarray):
        raise Beyond("an array beside a number")
    if isinstance(a, np.ndarray):
        if a.shape != b.shape:
            return mp.mpf(1)
        pairs = list(zip(a.ravel(), b.ravel(), strict=True))
    else:
        pairs = [(a, b)]
    apart = [abs(x - y) / (1 + max(abs(x), abs(y))) for x, y in pairs]
    if any(mp.isnan(x) or mp.isinf(x) for x in apart):
        raise Beyond("no value")
    return max(apart, default=mp.mpf(0))


def true_at(relation: Expr, place: Place) -> bool:
    """Whether a relation of two sides holds at a place."""
    if relation.head == "or":
        return any(true_at(a, place) for a in relation.args)
    if relation.head != "chain" or len(relation.args) != 2:
        raise Beyond("no relation of two sides")
    (operator,), (left, right) = relation.value, relation.args
    if operator in ("=", "equiv"):
        return _equal(left, right, place)
    if operator == "!=":
        return not _equal(left, right, place)
    a, b = evaluate(left, place), evaluate(right, place)
    if operator == "approx":
        return _rounds(a, b, right)
    ordered = {"<": a < b, ">": a > b, "<=": a <= b + mp.mpf(10) ** -12, ">=": a >= b - mp.mpf(10) ** -12}
    if operator not in ordered:
        raise Beyond(operator)
    return bool(ordered[operator])


def _equal(left: Expr, right: Expr, place: Place) -> bool:
    if any(part.head == "plusminus" for part in walk(right)):
        raise Beyond("several signs")
    variables = {
        p.args[1] for side in (left, right) for p in walk(side) if p.head == "integral" and len(p.args) == 2
    }
    if variables:
        return _same_slope(left, right, variables, place)
    rough = any(p.head == "limit" for side in (left, right) for p in walk(side))
    return bool(gap(left, right, place) < mp.mpf(10) ** (-4 if rough else -8))


def _same_slope(left: Expr, right: Expr, variables: set[Expr], place: Place) -> bool:
    """Indefinite integrals: the difference of the sides is the same wherever the variables are."""
    moving = {v for name in variables for v in ([name] if name in place.values else _deep(name, place))}
    gaps = []
    for shift in (0, mp.mpf("0.31"), mp.mpf("0.77")):
        moved = place
        for name in moving:
            moved = moved.having(name, abs(place.values[name]) / 3 + 1 + shift)
        gaps.append(evaluate(left, moved) - evaluate(right, moved))
    return bool(max(abs(g - gaps[0]) for g in gaps) < mp.mpf(10) ** -8)


def _deep(name: Expr, place: Place) -> set[Expr]:
    if name in place.values:
        return {name}
    if name not in place.meanings:
        raise Beyond("an unknown variable of integration")
    return {v for s in walk(place.meanings[name]) if s.head == "symbol" for v in _deep(s, place)}


def _rounds(a: Any, b: Any, written: Expr) -> bool:
    places = written.value[1] if written.head == "decimal" else 0
    return bool(abs(a - b) <= mp.mpf(10) ** -places / 2 + mp.mpf(10) ** -20)
