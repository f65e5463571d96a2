"""The derivative of a declared function in terms of the function itself: sigma(1 - sigma) for sigma'."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from grader.diagnosis.isolating import solved
from grader.equivalence import Assumptions
from grader.equivalence.factored import factored
from grader.expressions.build import apply, equation, symbol
from grader.expressions.calculus_rules import differentiate
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, replace
from grader.expressions.symbols import Symbol, SymbolTable

_VALUE = symbol("the function's value")


def in_own_terms(tree: Expr, table: SymbolTable) -> Iterator[Expr]:
    """The tree with the slope of a function of one name worked out in terms of the function."""
    for part in walk(tree):
        function = _differentiated(part)
        declared = table.symbols.get(str(function.value)) if function is not None else None
        if declared is not None and declared.definition is not None and len(declared.parameters) == 1:
            slope = _slope(declared)
            if slope is not None:
                value = apply(declared.expr, part.args[1], kind=declared.returns)
                yield replace(tree, {part: replace(slope, {_VALUE: value})})


def _differentiated(part: Expr) -> Expr | None:
    """The function in f'(z), and in df(z)/dz."""
    if part.head == "apply" and len(part.args) == 2 and part.args[0].head == "derived":
        inner = part.args[0]
        return inner.args[0] if inner.value == 1 and inner.args[0].head == "symbol" else None
    if part.head == "derivative" and len(part.args) == 2 and part.args[0].head == "apply":
        function, *places = part.args[0].args
        return function if places == [part.args[1]] and function.head == "symbol" else None
    return None


@lru_cache(maxsize=256)
def _slope(declared: Symbol) -> Expr | None:
    """f' where an exponential in it can be told from f: e^(-z) is 1/f - 1."""
    assert declared.definition is not None
    slope = differentiate(declared.definition, declared.parameters[0])
    for part in walk(declared.definition) if slope is not None else ():
        if part.head == "call" and part.value == "exp":
            told = next(solved(equation(declared.definition, _VALUE), part, SymbolTable()), None)
            own = slope if slope is None or told is None else replace(slope, {part: told})
            if own is not None and declared.parameters[0] not in free_symbols(own):
                return factored(own, Assumptions())
    return None
