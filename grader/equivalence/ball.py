"""Evaluation of a tree at a point in ball arithmetic: compiled once to a flat tape, run at many points."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from flint import acb, arb, fmpq

from grader.equivalence import arrays as A
from grader.equivalence import scalars as S
from grader.equivalence.ball_functions import FUNCTIONS
from grader.equivalence.ball_relations import holds
from grader.equivalence.precision import bits
from grader.equivalence.scalars import Unclear, Undefined
from grader.equivalence.unknowns import unknown_value
from grader.expressions.build import E
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols

Environment = Mapping[Any, Any]
_Step = tuple[Callable[..., Any], tuple[int, ...]]
MAX_TERMS = 400


class Unsupported(Exception):
    """There is no evaluation for a node (an integral, a limit ...)."""


@dataclass(frozen=True, slots=True)
class Tape:
    """The steps that evaluate a tree; step k may use the results of the steps before it."""

    steps: tuple[_Step, ...]
    complexes: bool

    def run(self, environment: Environment) -> Any:
        """The value at a point; raises `Undefined` or `Unclear`."""
        values: list[Any] = []
        push = values.append
        for function, places in self.steps:
            if places:
                push(function(environment, *[values[i] for i in places]))
            else:
                push(function(environment))
        return values[-1]


@lru_cache(maxsize=2048)
def compile_tape(tree: Expr, complexes: bool = False) -> Tape:
    """The tape of a tree; raises `Unsupported`."""
    compiler = _Compiler(complexes)
    compiler.place(tree)
    return Tape(tuple(compiler.steps), complexes)


class _Compiler:
    def __init__(self, complexes: bool) -> None:
        self.steps: list[_Step] = []
        self.places: dict[Expr, int] = {}
        self.complexes = complexes

    def place(self, tree: Expr) -> int:
        found = self.places.get(tree)
        if found is None:
            step = self.step(tree)
            self.steps.append(step)
            found = self.places[tree] = len(self.steps) - 1
        return found

    def step(self, tree: Expr) -> _Step:
        make = _MAKERS.get(tree.head)
        if make is None:
            raise Unsupported(tree.head)
        return make(self, tree)

    def plain(self, function: Callable[..., Any], tree: Expr) -> _Step:
        """A step that gives the values of the children to the function."""
        return _without_environment(function), tuple(self.place(a) for a in tree.args)


def _without_environment(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda _environment, *values: function(*values)


def _number(_: _Compiler, tree: Expr) -> _Step:
    value = tree.value if tree.head == "number" else tree.value[0]
    exact = fmpq(value.numerator, value.denominator)
    return (lambda _e: exact), ()


_CONSTANTS: dict[str, Callable[[], Any]] = {
    "pi": arb.pi,
    "e": lambda: arb(1).exp(),
    "i": lambda: acb(0, 1),
    "true": lambda: True,
    "false": lambda: False,
}


def _constant(_: _Compiler, tree: Expr) -> _Step:
    make = _CONSTANTS.get(tree.value)
    if make is None:
        raise Unsupported(tree.value)
    return (lambda _e: make()), ()


def _symbol(_: _Compiler, tree: Expr) -> _Step:
    if tree.kind == "function":
        raise Unsupported("a function by itself")

    def look(environment: Environment) -> Any:
        try:
            return environment[tree]
        except KeyError:
            raise Undefined from None

    return look, ()


def _pow(c: _Compiler, tree: Expr) -> _Step:
    base, exponent = tree.args
    if base is E:
        return _without_environment(S.exp), (c.place(exponent),)
    odd, complexes = not free_symbols(exponent), c.complexes

    def run(x: Any, e: Any) -> Any:
        if type(x) is A.Array:
            return A.power(x, e)
        return S.power(x, e, odd, complexes)

    return c.plain(run, tree)


_ON_ARRAYS = {"det": A.det, "tr": A.trace}


def _call(c: _Compiler, tree: Expr) -> _Step:
    name, complexes = tree.value, c.complexes
    if name == "ln":
        return c.plain(lambda x: S.ln(_scalar(x), complexes), tree)
    if name == "log":
        return c.plain(
            lambda x, b: S.mul(S.ln(_scalar(x), complexes), S.reciprocal(S.ln(b, complexes))), tree
        )
    if name in _ON_ARRAYS:
        return c.plain(_ON_ARRAYS[name], tree)
    function = FUNCTIONS.get(name)
    if function is None:
        raise Unsupported(name)
    if name == "conj":
        return c.plain(lambda x: A.entrywise(function, x), tree)
    return c.plain(lambda *xs: function(*[_scalar(x) for x in xs]), tree)


def _scalar(x: Any) -> Any:
    if type(x) is A.Array:
        raise A.ShapeError
    return x


def _apply(c: _Compiler, tree: Expr) -> _Step:
    places = tuple(c.place(a) for a in tree.args[1:])
    return (lambda environment, *values: unknown_value(environment, tree, values)), places


def _matrix(c: _Compiler, tree: Expr) -> _Step:
    rows, columns = tree.value
    return c.plain(lambda *xs: A.Array(rows, columns, tuple(_scalar(x) for x in xs)), tree)


def _norm(c: _Compiler, tree: Expr) -> _Step:
    order = tree.value
    return c.plain(lambda x: A.norm(x, order), tree)


def _chain(c: _Compiler, tree: Expr) -> _Step:
    operators = tree.value
    return c.plain(
        lambda *xs: all(holds(o, a, b) for o, a, b in zip(operators, xs, xs[1:], strict=False)), tree
    )


def _cases(c: _Compiler, tree: Expr) -> _Step:
    tapes = [compile_tape(a, c.complexes) for a in tree.args]

    def run(environment: Environment) -> Any:
        for value, condition in zip(tapes[::2], tapes[1::2], strict=True):
            if condition.run(environment):
                return value.run(environment)
        raise Undefined

    return run, ()


def _fold(c: _Compiler, tree: Expr) -> _Step:
    if len(tree.args) != 4:
        raise Unsupported(tree.head)
    body, bound = compile_tape(tree.args[0], c.complexes), tree.args[1]
    combine, start = (A.add, S.ZERO) if tree.head == "sum" else (A.mul, S.ONE)

    def run(environment: Environment, low: Any, high: Any) -> Any:
        first, last = _integer(low), _integer(high)
        if last - first > MAX_TERMS:
            raise Unclear
        if last < first - 1:
            raise Undefined
        terms = [body.run({**environment, bound: fmpq(k)}) for k in range(first, last + 1)]
        return combine(*terms) if terms else start

    return run, (c.place(tree.args[2]), c.place(tree.args[3]))


def _integer(x: Any) -> int:
    if type(x) is not fmpq:
        raise Unclear
    if x.denominator != 1:
        raise Undefined
    return int(x.numerator)


def _truth(function: Callable[..., bool]) -> Callable[[_Compiler, Expr], _Step]:
    return lambda c, tree: c.plain(function, tree)


def _index(c: _Compiler, tree: Expr) -> _Step:
    places = tuple(c.place(a) for a in tree.args[1:])
    family = tree.args[0]
    if family.kind == "function" or family.kind == "scalar":
        return (lambda environment, *values: unknown_value(environment, tree, values)), places
    return (lambda environment, v, *ks: _entry(v, ks)), (c.place(family), *places)


def _entry(array: Any, places: tuple[Any, ...]) -> Any:
    numbers = [_integer(k) for k in places]
    if type(array) is not A.Array or not numbers:
        raise Undefined
    row, column = (numbers[0], 1) if len(numbers) == 1 else (numbers[0], numbers[1])
    if len(numbers) > 2 or not (1 <= row <= array.rows and 1 <= column <= array.columns):
        raise Undefined
    return array.entries[(row - 1) * array.columns + column - 1]


_MAKERS: dict[str, Callable[[_Compiler, Expr], _Step]] = {
    "number": _number,
    "decimal": _number,
    "constant": _constant,
    "symbol": _symbol,
    "add": lambda c, t: c.plain(A.add, t),
    "mul": lambda c, t: c.plain(A.mul, t),
    "pow": _pow,
    "call": _call,
    "apply": _apply,
    "partial": _apply,
    "dot": lambda c, t: c.plain(A.dot, t),
    "cross": lambda c, t: c.plain(A.cross, t),
    "norm": _norm,
    "transpose": lambda c, t: c.plain(A.transpose, t),
    "matrix": _matrix,
    "chain": _chain,
    "and": _truth(lambda *xs: all(xs)),
    "or": _truth(lambda *xs: any(xs)),
    "not": _truth(lambda x: not x),
    "implies": _truth(lambda x, y: not x or y),
    "iff": _truth(lambda x, y: x == y),
    "cases": _cases,
    "sum": _fold,
    "product": _fold,
    "index": _index,
}


def enclose(tree: Expr, point: Mapping[Expr, Fraction], precision: int = 64) -> Any | None:
    """A ball (flint `arb`, `acb`) that holds the value at a rational point; an `Array` of them for vectors.

    None where the tree has no value, or none that this evaluation can give.

    >>> from grader.expressions.build import symbol, call
    >>> x = symbol("x")
    >>> enclose(call("ln", x), {x: Fraction(-1)}) is None
    True
    """
    environment = {k: to_scalar(v) for k, v in point.items()}
    try:
        complexes = any(part is _I for part in _leaves(tree))
        with bits(precision):
            return _as_ball(compile_tape(tree, complexes).run(environment))
    except (Undefined, Unclear, Unsupported, A.ShapeError):
        return None


def truth_at(tree: Expr, point: Mapping[Expr, Fraction], precision: int = 128) -> bool | None:
    """Whether a statement is true at a rational point; None where that cannot be told."""
    environment = {k: to_scalar(v) for k, v in point.items()}
    try:
        with bits(precision):
            return bool(compile_tape(tree).run(environment))
    except (Undefined, Unclear, Unsupported, A.ShapeError):
        return None


def exact_at(tree: Expr, point: Mapping[Expr, Fraction]) -> Fraction | None:
    """The value at a rational point where it comes out exact; else None."""
    environment = {k: to_scalar(v) for k, v in point.items()}
    try:
        with bits(64):
            value = compile_tape(tree).run(environment)
    except (Undefined, Unclear, Unsupported, A.ShapeError):
        return None
    return Fraction(int(value.numerator), int(value.denominator)) if type(value) is fmpq else None


def to_scalar(value: Any) -> Any:
    """A Fraction (or tuple of them) as a scalar (or vector)."""
    if isinstance(value, Fraction | int):
        return fmpq(value.numerator, value.denominator)
    if isinstance(value, tuple) and type(value) is not A.Array:
        return A.vector(tuple(to_scalar(v) for v in value))
    return value


def _as_ball(value: Any) -> Any:
    if type(value) is A.Array:
        return A.Array(value.rows, value.columns, tuple(S.to_arb(x) for x in value.entries))
    return S.to_arb(value)


def _leaves(tree: Expr) -> list[Expr]:
    from grader.expressions.nodes import walk

    return [part for part in walk(tree) if not part.args]


def _imaginary() -> Expr:
    from grader.expressions.build import constant

    return constant("i")


_I = _imaginary()
