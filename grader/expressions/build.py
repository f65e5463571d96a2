"""Constructors, one per head: the only place that says what a node of each head looks like.

| head | value | args |
|---|---|---|
| number | Fraction | |
| decimal | (Fraction, places) | a number written with a decimal point |
| constant | "pi", "e", "i", "oo", a set ("emptyset", "reals", "integers" ...), "true", "false" | |
| symbol | name | |
| add, mul | | terms, factors (mul keeps the order: matrices do not commute) |
| pow | | base, exponent (a/b is mul(a, pow(b, -1)); sqrt(x) is pow(x, 1/2)) |
| call | name of a built-in function | arguments |
| apply | | function, arguments (function: symbol, inverse, derived or compose of kind function) |
| inverse | | a function |
| derived | order | a function (f', f'' ...; derivative in its one argument) |
| compose | | functions, outermost first |
| plusminus | sign "+-" or "-+" | operand |
| dot, cross | | two vectors |
| norm | order: "2", "1", "oo", "F" ... | vector or matrix |
| transpose | | matrix or vector |
| matrix | (rows, columns) | entries by rows; a column vector has one column |
| tuple, set | | elements |
| interval | ("[" or "(", "]" or ")") | ends |
| setbuilder | | element, condition |
| union, intersection, difference | | sets |
| chain | operators, one fewer than args | members: a = b < c |
| and, or, not, implies, iff | | truths |
| forall, exists | | bound symbol, [set], truth |
| partial | argument numbers (from 0) | arguments of `apply`: an unknown function's partial derivative |
| derivative | | expression, variables (repeated for the order) |
| gradient | | expression, [variable] |
| at | | expression, variable, point |
| integral | | body, variable, [low, high] |
| limit | "+", "-" or "" | body, variable, point |
| sum, product | | body, variable, low, high (or body, variable alone) |
| cases | | value, condition, value, condition, ... (a last condition "true" is otherwise) |
| index | | family, indices (x_i with i not a plain label) |
| choice | tag | readings of ambiguous notation, the preferred one first |
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from grader.expressions.nodes import Expr, Kind, node


@lru_cache(maxsize=2048)  # the same small numbers come again and again, and a Fraction is slow to hash
def number(value: int | Fraction) -> Expr:
    """An exact rational: `number(Fraction(1, 2))`."""
    return node("number", (), Fraction(value))


def decimal(value: Fraction, places: int) -> Expr:
    """A number written with a decimal point; `places` digits stand after it (0.296 has 3)."""
    return node("decimal", (), (value, places))


def constant(name: str) -> Expr:
    """A named constant; infinity is "oo", the imaginary unit "i"."""
    kind: Kind = "scalar"
    if name in {"emptyset", "reals", "integers", "naturals", "rationals", "complexes"}:
        kind = "set"
    elif name in {"true", "false"}:
        kind = "truth"
    elif name == "i":
        kind = "complex"
    return node("constant", (), name, kind)


def symbol(name: str, kind: Kind = "scalar") -> Expr:
    """A name: a variable, an abstract vector or matrix, or a function (kind "function")."""
    return node("symbol", (), name, kind)


MINUS_ONE = number(-1)
ZERO = number(0)
ONE = number(1)
TWO = number(2)
HALF = number(Fraction(1, 2))
INFINITY = constant("oo")
PI = constant("pi")
E = constant("e")


def _spread(head: str, parts: tuple[Expr, ...]) -> tuple[Expr, ...]:
    flat: list[Expr] = []
    for part in parts:
        flat.extend(part.args if part.head == head else (part,))
    return tuple(flat)


def _widest(parts: tuple[Expr, ...]) -> Kind:
    kinds = {p.kind for p in parts}
    for kind in ("tuple", "matrix", "vector", "set", "function", "truth", "complex"):
        if kind in kinds:
            return kind
    return "integer" if kinds == {"integer"} else "scalar"


def add(*terms: Expr) -> Expr:
    """A sum; nested sums are flattened, one term is itself, none is 0."""
    flat = _spread("add", terms)
    if len(flat) < 2:
        return flat[0] if flat else ZERO
    return node("add", flat, None, _widest(flat))


def mul(*factors: Expr) -> Expr:
    """A product in the order written; nested products are flattened, none is 1."""
    flat = _spread("mul", factors)
    if len(flat) < 2:
        return flat[0] if flat else ONE
    return node("mul", flat, None, _product_kind(flat))


def _product_kind(factors: tuple[Expr, ...]) -> Kind:
    arrays = [f for f in factors if f.kind in ("matrix", "vector")]
    if arrays and arrays[-1].kind == "vector" and len(arrays) > 1:
        return "vector"
    return _widest(factors)


def neg(term: Expr) -> Expr:
    """-term; a literal number takes the sign itself."""
    if term.head == "number":
        return number(-term.value)
    if term.head == "decimal":
        return decimal(-term.value[0], term.value[1])
    return mul(MINUS_ONE, term)


def sub(left: Expr, right: Expr) -> Expr:
    """left - right."""
    return add(left, neg(right))


def power(base: Expr, exponent: Expr) -> Expr:
    """base^exponent."""
    kind: Kind = base.kind if base.kind in ("matrix", "complex", "set") else "scalar"
    return node("pow", (base, exponent), None, kind)


def div(top: Expr, bottom: Expr) -> Expr:
    """top / bottom, as top * bottom^-1."""
    return mul(top, power(bottom, MINUS_ONE))


def sqrt(radicand: Expr) -> Expr:
    """The square root, as a power 1/2."""
    return power(radicand, HALF)


def call(name: str, *args: Expr, kind: Kind = "scalar") -> Expr:
    """A built-in function (see `grader.expressions.functions`)."""
    return node("call", args, name, kind)


def apply(function: Expr, *args: Expr, kind: Kind = "scalar") -> Expr:
    """A declared or unknown function at its arguments; `kind` is what it returns."""
    return node("apply", (function, *args), None, kind)


def inverse(function: Expr) -> Expr:
    """The inverse function f^-1 (not the reciprocal)."""
    return node("inverse", (function,), None, "function")


def derived(function: Expr, order: int = 1) -> Expr:
    """f', f'' ...: the derivative of a function of one argument."""
    return node("derived", (function,), order, "function")


def dot(left: Expr, right: Expr) -> Expr:
    """The scalar product of two vectors."""
    return node("dot", (left, right))


def cross(left: Expr, right: Expr) -> Expr:
    """The vector product."""
    return node("cross", (left, right), None, "vector")


def norm(vector: Expr, order: str = "2") -> Expr:
    """A norm; order "2" unless a subscript says otherwise."""
    return node("norm", (vector,), order)


def transpose(array: Expr) -> Expr:
    """The transpose."""
    return node("transpose", (array,), None, "matrix")


def matrix(rows: int, columns: int, *entries: Expr) -> Expr:
    """Entries by rows; one column makes a column vector."""
    return node("matrix", entries, (rows, columns), "vector" if columns == 1 and rows > 1 else "matrix")


def sequence(*items: Expr) -> Expr:
    """An ordered tuple."""
    return node("tuple", items, None, "tuple")


def finite_set(*items: Expr) -> Expr:
    """A set by its elements."""
    return node("set", items, None, "set")


def interval(low: Expr, high: Expr, left: str = "[", right: str = "]") -> Expr:
    """An interval; "(" and ")" leave the end out."""
    return node("interval", (low, high), (left, right), "set")


def chain(members: tuple[Expr, ...], operators: tuple[str, ...]) -> Expr:
    """Relations in a row: `chain((a, b, c), ("=", "<"))` is a = b < c."""
    return node("chain", members, operators, "truth")


def equation(left: Expr, right: Expr) -> Expr:
    """left = right."""
    return chain((left, right), ("=",))


def derivative(body: Expr, *variables: Expr) -> Expr:
    """The derivative, one variable for each order."""
    return node("derivative", (body, *variables), None, body.kind)


def gradient(body: Expr, variable: Expr | None = None) -> Expr:
    """The gradient, with respect to a vector (or a matrix) if one is named."""
    kind: Kind = "vector" if variable is None or variable.kind != "matrix" else "matrix"
    return node("gradient", (body,) if variable is None else (body, variable), None, kind)


def hessian(body: Expr, variable: Expr) -> Expr:
    """The matrix of the second slopes with respect to a vector."""
    return node("gradient", (body, variable, variable), None, "matrix")


def choice(tag: str, *readings: Expr) -> Expr:
    """Notation with several readings, the preferred one first; evidence picks (see `readings`)."""
    return node("choice", readings, tag, readings[0].kind)
