"""Trees to SymPy and back, node by node: no text is ever parsed by SymPy."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from grader.expressions.build import ONE, PI, E, add, call, chain, constant, mul, number, power
from grader.expressions.domains import Domain
from grader.expressions.nodes import Expr, node

_NAMES = {
    "exp": "exp", "ln": "log", "sin": "sin", "cos": "cos", "tan": "tan", "cot": "cot", "sec": "sec",
    "csc": "csc", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "sinh": "sinh", "cosh": "cosh",
    "tanh": "tanh", "arsinh": "asinh", "arcosh": "acosh", "artanh": "atanh", "abs": "Abs", "erf": "erf",
    "factorial": "factorial", "gamma": "gamma", "floor": "floor", "ceil": "ceiling", "sign": "sign",
    "binomial": "binomial", "max": "Max", "min": "Min",
}  # fmt: skip
_BACK = {theirs: ours for ours, theirs in _NAMES.items()}


class Untranslatable(Exception):
    """A node that has no counterpart."""


class Translator:
    """One translation: the symbols it made, with what is known of their domains."""

    def __init__(self, domains: dict[str, Domain]) -> None:
        self.domains = domains
        self.symbols: dict[Expr, Any] = {}
        self.trees: dict[Any, Expr] = {}

    def to(self, tree: Expr) -> Any:
        """The SymPy expression of a tree; raises `Untranslatable`."""
        import sympy as sp

        if tree.head in ("number", "decimal"):
            value: Fraction = tree.value if tree.head == "number" else tree.value[0]
            return sp.Rational(value.numerator, value.denominator)
        if tree.head == "constant":
            known = {"pi": sp.pi, "e": sp.E, "oo": sp.oo, "i": sp.I}
            if tree.value in known:
                return known[tree.value]
        if tree.head == "symbol" and tree.kind in ("scalar", "integer"):
            return self._symbol(tree)
        args = [self.to(a) for a in tree.args]
        if tree.head in ("add", "mul", "pow"):
            return {"add": sp.Add, "mul": sp.Mul, "pow": sp.Pow}[tree.head](*args)
        if tree.head == "call" and tree.value in _NAMES:
            return getattr(sp, _NAMES[tree.value])(*args)
        if tree.head == "call" and tree.value == "log":
            return sp.log(args[0]) / sp.log(args[1])
        raise Untranslatable(tree.head)

    def _symbol(self, tree: Expr) -> Any:
        import sympy as sp

        found = self.symbols.get(tree)
        if found is None:
            known = _known(self.domains.get(str(tree.value)), tree.kind == "integer")
            found = self.symbols[tree] = sp.Symbol(f"s{len(self.symbols)}", **known)
            self.trees[found] = tree
        return found

    def back(self, found: Any) -> Expr:
        """The tree of a SymPy expression; raises `Untranslatable`."""
        import sympy as sp

        if found in self.trees:
            return self.trees[found]
        if found.is_Rational and found.is_finite:
            return number(Fraction(int(found.p), int(found.q)))
        simple = {
            sp.oo: constant("oo"),
            -sp.oo: mul(number(-1), constant("oo")),
            sp.pi: PI,
            sp.E: E,
            sp.I: constant("i"),
        }
        if found in simple:
            return simple[found]
        if isinstance(found, sp.Piecewise):
            return self._restricted(found)
        args = [self.back(a) for a in found.args]
        if found.is_Add or found.is_Mul or found.is_Pow:
            return add(*args) if found.is_Add else (mul(*args) if found.is_Mul else power(*args))
        name = type(found).__name__
        if name in _BACK and args:
            return call(_BACK[name], *args)
        if name == "erfc":
            return add(ONE, mul(number(-1), call("erf", args[0])))
        raise Untranslatable(name)

    def _restricted(self, found: Any) -> Expr:
        """The first case, under its condition, where the others are not worked out."""
        import sympy as sp

        value, condition = found.args[0]
        if condition is sp.true:
            return self.back(value)
        if not isinstance(condition, sp.StrictLessThan | sp.LessThan):
            raise Untranslatable("a condition")
        sides = tuple(self.back(side) for side in condition.args)
        operator = "<" if isinstance(condition, sp.StrictLessThan) else "<="
        return node("cases", (self.back(value), chain(sides, (operator,))), None, "scalar")


def _known(domain: Domain | None, integer: bool) -> dict[str, bool]:
    """What SymPy may assume of a symbol."""
    found = {"real": True}
    if integer or (domain is not None and domain.integer):
        found = {"integer": True}
    if domain is None:
        return found
    if domain.low is not None and domain.low >= 0:
        strict = domain.low > 0 or domain.open_low
        found["positive" if strict else "nonnegative"] = True
    elif domain.high is not None and domain.high <= 0:
        strict = domain.high < 0 or domain.open_high
        found["negative" if strict else "nonpositive"] = True
    return found
