"""How each node is evaluated at a point, in ball arithmetic."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache, reduce
from typing import Any

from flint import acb, arb, fmpq

from grader.equivalence import arrays as A
from grader.equivalence import scalars as S
from grader.equivalence.ball_functions import FUNCTIONS
from grader.equivalence.ball_relations import WHOLE_SETS, holds, is_whole
from grader.equivalence.quadrature import NotIntegrable, check_integrand, integrated
from grader.equivalence.scalars import Unclear, Undefined
from grader.equivalence.tape import Compiler, Environment, Maker, Step, Tape, Unsupported, of_values
from grader.equivalence.unknowns import SEED, Event, event_of, unknown_value
from grader.expressions.build import E
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols

MAX_TERMS = 400
MAX_NESTED_TERMS = 2000
TERMS = "terms"


@lru_cache(maxsize=2048)
def compile_tape(tree: Expr, complexes: bool = False) -> Tape:
    """The tape of a tree; raises `Unsupported`."""
    return Compiler(complexes, _MAKERS).tape(tree)


def _number(c: Compiler, tree: Expr) -> Step:
    value = tree.value if tree.head == "number" else tree.value[0]
    return c.fixed(fmpq(value.numerator, value.denominator))


# Balls are worked out at the precision of the moment.
_BALLS: dict[str, Callable[[Environment], Any]] = {
    "pi": lambda _environment: arb.pi(),
    "e": lambda _environment: arb(1).exp(),
}
_FIXED: dict[str, Any] = {"i": acb(0, 1), "true": True, "false": False}


def _constant(c: Compiler, tree: Expr) -> Step:
    if tree.value in _BALLS:
        return c.with_environment(_BALLS[tree.value])
    if tree.value in _FIXED:
        return c.fixed(_FIXED[tree.value])
    raise Unsupported(tree.value)


def _symbol(c: Compiler, tree: Expr) -> Step:
    if tree.kind == "function":
        raise Unsupported("a function by itself")
    return c.looked_up(tree)


_NUMBERS = frozenset(["scalar", "integer", "complex"])
_KEEPING = frozenset(
    ["add", "mul", "pow"]
)  # what is made of arrays is one, whatever kind it was written with


def _are_numbers(trees: tuple[Expr, ...]) -> bool:
    return all(map(_is_number, trees))


@lru_cache(maxsize=1 << 14)
def _is_number(tree: Expr) -> bool:
    """Whether it is one, also where a definition was written out, with an array put for a number."""
    return tree.kind in _NUMBERS and (tree.head not in _KEEPING or all(map(_is_number, tree.args)))


def _add(c: Compiler, tree: Expr) -> Step:
    if not _are_numbers(tree.args):
        return c.plain(A.add, tree)
    return c.plain(operator.add if len(tree.args) == 2 else S.add, tree)


def _mul(c: Compiler, tree: Expr) -> Step:
    if not _are_numbers(tree.args):
        return c.plain(A.mul, tree)
    return c.plain(S.times if len(tree.args) == 2 else S.mul, tree)


def _pow(c: Compiler, tree: Expr) -> Step:
    base, exponent = tree.args
    if base is E:
        exp = S.exp if _are_numbers((exponent,)) else lambda x: S.exp(_scalar(x))
        return of_values(exp, (c.place(exponent),))
    odd, complexes = not free_symbols(exponent), c.complexes
    if exponent.head == "number" and _are_numbers((base,)):
        return of_values(_fixed_power(exponent.value, complexes), (c.place(base),))

    def run(x: Any, e: Any) -> Any:
        if type(x) is A.Array:
            return A.power(x, e)
        return S.power(x, _scalar(e), odd, complexes)

    return c.plain(run, tree)


def _fixed_power(exponent: Fraction, complexes: bool) -> Callable[[Any], Any]:
    p, q = exponent.numerator, exponent.denominator
    if exponent == -1:
        return S.reciprocal
    if q == 1:
        return lambda x: S.int_power(x, p)
    e = fmpq(p, q)
    return lambda x: S.power(x, e, True, complexes)


_ON_ARRAYS = {"det": A.det, "tr": A.trace, "rank": A.rank}


def _call(c: Compiler, tree: Expr) -> Step:
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
    if _are_numbers(tree.args):
        return c.plain(function, tree)
    return c.plain(lambda *xs: function(*[_scalar(x) for x in xs]), tree)


def _scalar(x: Any) -> Any:
    if type(x) is A.Array:
        raise A.ShapeError
    return x


def _apply(c: Compiler, tree: Expr) -> Step:
    return c.with_environment(
        lambda environment, *values: unknown_value(environment, tree, values), *tree.args[1:]
    )


def _matrix(c: Compiler, tree: Expr) -> Step:
    rows, columns = tree.value
    return c.plain(lambda *xs: A.Array(rows, columns, tuple(_scalar(x) for x in xs)), tree)


def _norm(c: Compiler, tree: Expr) -> Step:
    order = tree.value
    return c.plain(lambda x: A.norm(x, order), tree)


def _chain(c: Compiler, tree: Expr) -> Step:
    operators = tree.value
    if operators in (("in",), ("notin",)) and tree.args[1].value in WHOLE_SETS:
        kind, wanted = tree.args[1].value, operators == ("in",)
        return of_values(lambda x: is_whole(_scalar(x), kind) is wanted, (c.place(tree.args[0]),))
    return c.plain(
        lambda *xs: all(holds(o, a, b) for o, a, b in zip(operators, xs, xs[1:], strict=False)), tree
    )


def _cases(c: Compiler, tree: Expr) -> Step:
    tapes = [compile_tape(a, c.complexes) for a in tree.args]

    def run(environment: Environment) -> Any:
        for value, condition in zip(tapes[::2], tapes[1::2], strict=True):
            if condition.run(environment):
                return value.run(environment)
        raise Undefined

    return c.with_environment(run)


def _fold(c: Compiler, tree: Expr) -> Step:
    if len(tree.args) == 2:
        return _fold_over_all(c, tree)
    if len(tree.args) != 4:
        raise Unsupported(tree.head)
    body, bound = compile_tape(tree.args[0], c.complexes), tree.args[1]
    combine, start = (A.add, S.ZERO) if tree.head == "sum" else (A.mul, S.ONE)

    def run(environment: Environment, low: Any, high: Any) -> Any:
        first, last = _integer(low), _integer(high)
        if last < first - 1:
            raise Unclear  # nobody has agreed on what a sum from 3 to 1 is
        inner = _within(environment, last - first + 1)
        terms = [body.run({**inner, bound: fmpq(k)}) for k in range(first, last + 1)]
        return combine(*terms) if terms else start

    return c.with_environment(run, tree.args[2], tree.args[3])


def _within(environment: Environment, terms: int) -> Environment:
    """The environment of the terms of a sum, with how many sums around it come to; a budget of terms."""
    total = environment.get(TERMS, 1) * max(1, terms)
    if terms > MAX_TERMS or total > MAX_NESTED_TERMS:
        raise Unclear
    return {**environment, TERMS: total}


def _fold_over_all(c: Compiler, tree: Expr) -> Step:
    """A sum over a range that is not said: over 1, 2, 3 everywhere in the comparison (or 1, 2 ...)."""
    body, bound = compile_tape(tree.args[0], c.complexes), tree.args[1]
    combine = A.add if tree.head == "sum" else A.mul

    def run(environment: Environment) -> Any:
        count = 2 + environment.get(SEED, 0) % 3
        return combine(*(body.run({**environment, bound: fmpq(k)}) for k in range(1, count + 1)))

    return c.with_environment(run)


def _integer(x: Any) -> int:
    if type(x) is not fmpq:
        raise Unclear
    if x.denominator != 1:
        raise Undefined
    return int(x.numerator)


def _truth(function: Callable[..., bool]) -> Callable[[Compiler, Expr], Step]:
    return lambda c, tree: c.plain(function, tree)


def _index(c: Compiler, tree: Expr) -> Step:
    family, *places = tree.args
    if family.kind in ("function", "scalar") or tree.kind == "vector":
        return c.with_environment(
            lambda environment, *values: unknown_value(environment, tree, values), *places
        )
    return c.plain(lambda v, *ks: _entry(v, ks), tree)


def _entry(array: Any, places: tuple[Any, ...]) -> Any:
    numbers = [_integer(k) for k in places]
    if type(array) is not A.Array or not numbers:
        raise Undefined
    row, column = (numbers[0], 1) if len(numbers) == 1 else (numbers[0], numbers[1])
    if len(numbers) > 2 or not (1 <= row <= array.rows and 1 <= column <= array.columns):
        raise Undefined
    return array.entries[(row - 1) * array.columns + column - 1]


def _integral(c: Compiler, tree: Expr) -> Step:
    if len(tree.args) != 4:
        raise Unsupported(tree.head)
    try:
        check_integrand(tree)
    except NotIntegrable as bad:
        raise Unsupported(str(bad)) from None
    return c.with_environment(
        lambda environment, low, high: integrated(tree, environment, _scalar(low), _scalar(high)),
        *tree.args[2:],
    )


def _events(name: str) -> Maker:
    """Union and the like of events: of symbols in the argument of an unknown function."""
    join = {"union": operator.or_, "intersection": operator.and_, "difference": lambda a, b: a & ~b}[name]

    def make(c: Compiler, tree: Expr) -> Step:
        if any(a.kind == "set" and a.head not in ("union", "intersection", "difference") for a in tree.args):
            raise Unsupported(tree.head)
        return c.plain(lambda *xs: Event(reduce(join, (event_of(x).bits for x in xs))), tree)

    return make


_MAKERS: dict[str, Maker] = {
    "number": _number,
    "decimal": _number,
    "constant": _constant,
    "symbol": _symbol,
    "add": _add,
    "mul": _mul,
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
    "integral": _integral,
    "union": _events("union"),
    "intersection": _events("intersection"),
    "difference": _events("difference"),
    "index": _index,
}
