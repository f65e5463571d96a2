"""Undoing a definition: p = F(T) read as T = F^-1(p)."""

from __future__ import annotations

from collections.abc import Callable

from grader.expressions.build import E, add, apply, call, inverse, mul, neg, number, power
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, replace
from grader.expressions.symbols import Symbol, SymbolTable

_MINUS_ONE = number(-1)
_UNDO: dict[str, Callable[[Expr], Expr]] = {
    "exp": lambda v: call("ln", v),
    "ln": lambda v: call("exp", v),
    "tanh": lambda v: call("artanh", v),
    "artanh": lambda v: call("tanh", v),
    "sinh": lambda v: call("arsinh", v),
    "arsinh": lambda v: call("sinh", v),
    "arctan": lambda v: call("tan", v),
}


def peel(definition: Expr, value: Expr, table: SymbolTable) -> tuple[Expr, Expr]:
    """(T, G) such that `definition = value` says T = G, with T as far inside as can be undone.

    >>> from grader.expressions.build import symbol
    >>> t, v = symbol("t"), symbol("v")
    >>> peel(call("exp", t), v, SymbolTable()) == (t, call("ln", v))
    True
    """
    while True:
        step = _undo(definition, value, table)
        if step is None:
            return definition, value
        definition, value = step


def _undo(tree: Expr, value: Expr, table: SymbolTable) -> tuple[Expr, Expr] | None:
    if tree.head == "apply" and len(tree.args) == 2 and tree.args[0].head == "symbol":
        return _undo_apply(tree, value, table)
    if tree.head == "call" and tree.value in _UNDO:
        return tree.args[0], _UNDO[tree.value](value)
    if tree.head == "pow" and tree.args[0] is E:
        return tree.args[1], call("ln", value)
    if tree.head == "pow" and tree.args[1] is _MINUS_ONE:
        return tree.args[0], power(value, _MINUS_ONE)
    if tree.head in ("add", "mul") and tree.kind not in ("vector", "matrix"):
        moving = [a for a in tree.args if free_symbols(a)]
        if len(moving) == 1 and moving[0].kind not in ("vector", "matrix"):
            rest = [a for a in tree.args if a is not moving[0]]
            if tree.head == "add":
                return moving[0], add(value, *(neg(a) for a in rest))
            return moving[0], mul(value, *(power(a, _MINUS_ONE) for a in rest))
    return None


def _undo_apply(tree: Expr, value: Expr, table: SymbolTable) -> tuple[Expr, Expr] | None:
    function, argument = tree.args
    known = table.symbols.get(function.value)
    if known is None or argument.kind == "vector":
        return None
    if known.inverse is not None and len(known.parameters) == 1:
        return argument, replace(known.inverse, {known.parameters[0]: value})
    if known.definition is not None and len(known.parameters) == 1:
        return replace(known.definition, {known.parameters[0]: argument}), value
    return (argument, apply(inverse(function), value)) if known.inverse else None


def inverse_body(known: Symbol, table: SymbolTable) -> Expr | None:
    """The body of the inverse of a function of one parameter: declared, or by undoing its definition.

    None where neither gives it.
    """
    if len(known.parameters) != 1 or known.inverse is not None or known.definition is None:
        return known.inverse if len(known.parameters) == 1 else None
    inner, value = peel(known.definition, known.parameters[0], table)
    return value if inner is known.parameters[0] else None
