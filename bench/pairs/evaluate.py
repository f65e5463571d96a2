"""A plain recursive evaluation with mpmath; it knows nothing of the project's own evaluators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath

from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, replace
from grader.expressions.symbols import SymbolTable

Point = dict[Expr, Any]


class NotEvaluated(Exception):
    """A node that this evaluation does not know."""


class NoValue(Exception):
    """No (real) value at the point."""


_NAMES = {
    "ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arcsec": "asec", "arccsc": "acsc",
    "arsinh": "asinh", "arcosh": "acosh", "artanh": "atanh", "arcoth": "acoth", "abs": "fabs", "re": "re",
    "im": "im", "conj": "conj", "arg": "arg", "ceil": "ceil", "floor": "floor", "gamma": "gamma",
    "erf": "erf", "binomial": "binomial",
}  # fmt: skip
_PLAIN = frozenset(
    ["exp", "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "sech", "csch"]
)
_CONSTANTS: dict[str, Callable[[], Any]] = {
    "pi": lambda: +mpmath.pi, "e": lambda: +mpmath.e, "i": lambda: mpmath.mpc(0, 1), "oo": lambda: mpmath.inf,
}  # fmt: skip
_RELATIONS: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda a, b: a < b, ">": lambda a, b: a > b, "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b, "!=": lambda a, b: a != b,
}  # fmt: skip


def free_names(tree: Expr, table: SymbolTable) -> frozenset[Expr]:
    """The symbols that need a value; raises `NotEvaluated` for vectors, matrices and unknown functions."""
    found = free_symbols(tree)
    kinds = {s.kind for s in found}
    if kinds - {"scalar", "integer", "complex"} or tree.kind in ("set", "truth", "tuple"):
        raise NotEvaluated
    defined = {s for s in found if _definition(s, table) is not None}
    inside = [free_names(_definition(s, table) or s, table) for s in defined]
    return (found - defined).union(*inside)


def _definition(symbol: Expr, table: SymbolTable) -> Expr | None:
    known = table.symbols.get(symbol.value)
    return known.definition if known is not None and not known.parameters else None


def value_of(tree: Expr, point: Point, table: SymbolTable) -> Any:
    """The value at a point; raises `NoValue`, `NotEvaluated`."""
    value = _Evaluation(point, table).of(tree)
    if not mpmath.isfinite(value):
        if mpmath.isinf(value):
            raise NotEvaluated
        raise NoValue
    return value


class _Evaluation:
    def __init__(self, point: Point, table: SymbolTable) -> None:
        self.point = point
        self.table = table
        self.complexes = any(s.kind == "complex" for s in point)

    def of(self, tree: Expr) -> Any:
        try:
            return self._of(tree)
        except (ZeroDivisionError, ValueError, OverflowError, mpmath.libmp.NoConvergence):
            raise NoValue from None

    def _of(self, tree: Expr) -> Any:
        if tree.head in ("number", "decimal"):
            value = tree.value if tree.head == "number" else tree.value[0]
            return mpmath.mpf(value.numerator) / value.denominator
        if tree.head == "constant" and tree.value in _CONSTANTS:
            self.complexes |= tree.value == "i"
            return _CONSTANTS[tree.value]()
        if tree.head == "symbol":
            return self._symbol(tree)
        if tree.head in ("cases", "integral", "limit", "sum", "product", "derivative", "at"):
            return getattr(self, f"_{tree.head}")(tree)
        if tree.head not in ("add", "mul", "pow", "call"):
            raise NotEvaluated(tree.head)
        args = [self.of(a) for a in tree.args]
        if tree.head == "add":
            return mpmath.fsum(args)
        if tree.head == "mul":
            return mpmath.fprod(args)
        return self._power(args[0], args[1], tree) if tree.head == "pow" else self._call(tree.value, args)

    def _symbol(self, tree: Expr) -> Any:
        if tree in self.point:
            return self.point[tree]
        definition = _definition(tree, self.table)
        if definition is None:
            raise NotEvaluated(tree.value)
        return self.of(definition)

    def _power(self, base: Any, exponent: Any, tree: Expr) -> Any:
        if base == 0 and exponent == 0:
            return mpmath.mpf(1)
        written = self._fraction(tree.args[1])
        if written is not None and written[1] % 2 and mpmath.im(base) == 0 and base < 0:
            p, q = written
            root = -mpmath.root(-base, q)
            return root**p
        return self._real(mpmath.power(base, exponent))

    def _fraction(self, exponent: Expr) -> tuple[int, int] | None:
        """A literal p/q as exponent: odd roots of negative numbers are real."""
        if exponent.head == "number":
            return exponent.value.numerator, exponent.value.denominator
        if exponent.head == "mul" and len(exponent.args) == 2 and exponent.args[1].head == "pow":
            top, below = exponent.args[0], exponent.args[1].args[0]
            if top.head == "number" and below.head == "number" and exponent.args[1].args[1].value == -1:
                found = top.value / below.value
                return found.numerator, found.denominator
        return None

    def _real(self, value: Any) -> Any:
        """The value; where no complex number is about, one that is not real is none."""
        if not self.complexes and mpmath.im(value) != 0:
            raise NoValue
        return value if self.complexes else mpmath.re(value)

    def _call(self, name: str, args: list[Any]) -> Any:
        if name == "log":
            return self._real(mpmath.log(args[0]) / mpmath.log(args[1]))
        if name == "factorial":
            return mpmath.factorial(args[0])
        if name in ("max", "min"):
            return max(args) if name == "max" else min(args)
        if name == "sign":
            return mpmath.sign(args[0])
        if name == "mod":
            return args[0] - args[1] * mpmath.floor(args[0] / args[1])
        if name == "arccot":
            return mpmath.pi / 2 - mpmath.atan(args[0])
        if name == "ln" and args[0] == 0:
            raise NoValue
        if name not in _PLAIN and name not in _NAMES:
            raise NotEvaluated(name)
        value = getattr(mpmath, _NAMES.get(name, name))(*args)
        if not mpmath.isfinite(value):
            raise NoValue
        return self._real(value)

    def _holds(self, tree: Expr) -> bool:
        if tree.head == "constant":
            return bool(tree.value == "true")
        if tree.head != "chain" or any(o not in _RELATIONS for o in tree.value):
            raise NotEvaluated(tree.head)
        values = [self.of(a) for a in tree.args]
        return all(_RELATIONS[o](a, b) for o, a, b in zip(tree.value, values, values[1:], strict=False))

    def _cases(self, tree: Expr) -> Any:
        for value, condition in zip(tree.args[::2], tree.args[1::2], strict=True):
            if self._holds(condition):
                return self.of(value)
        raise NoValue

    def _within(self, body: Expr, variable: Expr) -> Callable[[Any], Any]:
        return lambda t: _Evaluation({**self.point, variable: mpmath.mpmathify(t)}, self.table).of(body)

    def _integral(self, tree: Expr) -> Any:
        if len(tree.args) != 4:
            raise NotEvaluated("an integral without ends")
        body, variable, low, high = tree.args
        return mpmath.quad(self._within(body, variable), [self.of(low), self.of(high)])

    def _limit(self, tree: Expr) -> Any:
        body, variable, point = tree.args
        function, place = self._within(body, variable), self.of(point)
        if mpmath.isinf(place):
            return mpmath.limit(function, place)
        return mpmath.limit(function, place, direction=-1 if tree.value == "-" else 1)

    def _sum(self, tree: Expr) -> Any:
        return self._fold(tree, mpmath.nsum, mpmath.fsum)

    def _product(self, tree: Expr) -> Any:
        return self._fold(tree, mpmath.nprod, mpmath.fprod)

    def _fold(self, tree: Expr, infinite: Callable[..., Any], finite: Callable[..., Any]) -> Any:
        if len(tree.args) != 4:
            raise NotEvaluated("a sum over no range")
        body, variable, low, high = tree.args
        term, first, last = self._within(body, variable), self.of(low), self.of(high)
        if mpmath.isinf(last):
            return infinite(term, [int(first), mpmath.inf])
        return finite(term(k) for k in range(int(first), int(last) + 1))

    def _derivative(self, tree: Expr) -> Any:
        body, *variables = tree.args
        if len(set(variables)) != 1 or variables[0] not in self.point:
            raise NotEvaluated("a mixed derivative")
        if tree.args[0].head == "symbol":
            raise NotEvaluated("the rate of a name")
        return mpmath.diff(self._within(body, variables[0]), self.point[variables[0]], len(variables))

    def _at(self, tree: Expr) -> Any:
        body, variable, point = tree.args
        if body.head == "derivative":
            inner = _Evaluation({**self.point, variable: self.of(point)}, self.table)
            return inner.of(body)
        return self.of(replace(body, {variable: point}))
