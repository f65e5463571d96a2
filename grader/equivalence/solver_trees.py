"""Our trees as z3's: polynomials, quotients, roots, absolute values, min and max of real numbers.

A root is a name of its own, with what it means beside it; pi and e lie between two rational numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from typing import Any

from grader.equivalence.ball import exact_at
from grader.expressions.domains import Domain
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols

_MAX_POWER = 12


class Untranslatable(Exception):
    """It has no counterpart among polynomials."""


class Translator:
    """One question; `side` holds what is always true: domains, and what the names of roots mean."""

    def __init__(self, domains: dict[str, Domain]) -> None:
        self.domains = domains
        self.symbols: dict[str, Any] = {}
        self.side: list[Any] = []
        self.roots: dict[tuple[Expr, int], Any] = {}
        self.conditions: list[Any] = []  # under which what is being translated has a value

    def statement(self, tree: Expr) -> Any:
        """A relation, or relations joined; one is false where a side of it has no value."""
        import z3

        if tree.head == "chain":
            return self._chain(tree)
        if tree.head not in _JOINED:
            raise Untranslatable(tree.head)
        return _JOINED[tree.head](z3, [self.statement(a) for a in tree.args])

    def defined(self, tree: Expr) -> list[Any]:
        """The conditions under which every side in a statement has a value."""
        self.conditions = []
        for side in _sides(tree):
            self.value(side)
        return self.conditions

    def _chain(self, tree: Expr) -> Any:
        import z3

        self.conditions = []
        sides = [self.value(a) for a in tree.args]
        links = [_relation(o, a, b) for o, a, b in zip(tree.value, sides, sides[1:], strict=False)]
        return z3.And(*links, *self.conditions)

    def value(self, tree: Expr) -> Any:
        """A number; raises `Untranslatable`."""
        import z3

        if tree.head in ("number", "decimal"):
            return _exact(tree.value if tree.head == "number" else tree.value[0])
        if tree.head == "constant" and tree.value in _NEAR:
            return self._symbol(tree.value, _NEAR[tree.value])
        if tree.head == "symbol" and tree.kind in ("scalar", "integer"):
            return self._symbol(str(tree.value))
        if tree.head in ("add", "mul"):
            return reduce(_FOLDS[tree.head], [self.value(a) for a in tree.args])
        if tree.head == "pow":
            return self._power(tree)
        if tree.head == "call" and tree.value in _CALLS:
            return _CALLS[tree.value](z3, [self.value(a) for a in tree.args])
        raise Untranslatable(tree.head)

    def _symbol(self, name: str, domain: Domain | None = None) -> Any:
        import z3

        if name not in self.symbols:
            made = self.symbols[name] = z3.Real(name)
            within = domain or self.domains.get(name, Domain())
            if within.low is not None:
                low = _exact(within.low)
                self.side.append(made > low if within.open_low else made >= low)
            if within.high is not None:
                high = _exact(within.high)
                self.side.append(made < high if within.open_high else made <= high)
        return self.symbols[name]

    def _power(self, tree: Expr) -> Any:
        base, exponent = tree.args
        e = None if free_symbols(exponent) else exact_at(exponent, {})
        if e is None or max(abs(e.numerator), e.denominator) > _MAX_POWER:
            raise Untranslatable("pow")
        inside = self.value(base) if e.denominator == 1 else self._root(base, e.denominator)
        raised = _raised(inside, abs(e.numerator))
        if e >= 0:
            return raised
        self.conditions.append(inside != 0)
        return 1 / raised

    def _root(self, base: Expr, degree: int) -> Any:
        """A name r with r^degree = base; of an even degree r >= 0, where the base is not negative."""
        import z3

        inside, even = self.value(base), degree % 2 == 0
        self.conditions += [inside >= 0] if even else []
        if (base, degree) not in self.roots:
            name = self.roots[base, degree] = z3.Real(f"\u221a{len(self.roots)}")
            means = _raised(name, degree) == inside
            self.side += [name >= 0, z3.Or(inside < 0, means)] if even else [means]
        return self.roots[base, degree]


_JOINED: dict[str, Callable[[Any, list[Any]], Any]] = {
    "and": lambda z3, parts: z3.And(*parts),
    "or": lambda z3, parts: z3.Or(*parts),
    "not": lambda z3, parts: z3.Not(parts[0]),
    "implies": lambda z3, parts: z3.Implies(*parts),
    "iff": lambda z3, parts: parts[0] == parts[1],
}
_FOLDS: dict[str, Callable[[Any, Any], Any]] = {"add": lambda a, b: a + b, "mul": lambda a, b: a * b}
_CALLS: dict[str, Callable[[Any, list[Any]], Any]] = {
    "abs": lambda z3, a: z3.If(a[0] >= 0, a[0], -a[0]),
    "min": lambda z3, a: reduce(lambda x, y: z3.If(x <= y, x, y), a),
    "max": lambda z3, a: reduce(lambda x, y: z3.If(x >= y, x, y), a),
}
_RELATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}
# Numbers that the solver does not know: between these they lie.
_NEAR = {
    "pi": Domain(Fraction(314159265358979, 10**14), Fraction(314159265358980, 10**14)),
    "e": Domain(Fraction(271828182845904, 10**14), Fraction(271828182845905, 10**14)),
}


def _relation(operator: str, left: Any, right: Any) -> Any:
    if operator not in _RELATIONS:
        raise Untranslatable(operator)
    return _RELATIONS[operator](left, right)


def _sides(tree: Expr) -> list[Expr]:
    return list(tree.args) if tree.head == "chain" else [s for a in tree.args for s in _sides(a)]


def _raised(base: Any, power: int) -> Any:
    return reduce(_FOLDS["mul"], [base] * power) if power else _exact(Fraction(1))


def _exact(value: Fraction) -> Any:
    import z3

    return z3.RealVal(f"{value.numerator}/{value.denominator}")
