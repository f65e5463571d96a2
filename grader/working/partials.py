"""Derivatives of a defined function of several letters: df/dy and its gradient, component by component."""

from __future__ import annotations

from grader.expressions.build import ZERO, apply, derivative, matrix
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import replace
from grader.expressions.symbols import Symbol, SymbolTable


def with_partials(tree: Expr, table: SymbolTable) -> Expr:
    """The tree with each `df/dy` as that of f(x, y), and each gradient as the column of them."""
    if tree.head == "chain" and ZERO in tree.args:
        return tree  # all of its components are 0
    found = {part: _written(part, table) for part in walk(tree) if part.head in ("derivative", "gradient")}
    changed = {part: made for part, made in found.items() if made is not None}
    return replace(tree, changed) if changed else tree


def _written(part: Expr, table: SymbolTable) -> Expr | None:
    body = part.args[0]
    name, arguments = (body.args[0], body.args[1:]) if body.head == "apply" else (body, ())
    function = table.symbols.get(name.value) if name.head == "symbol" else None
    if function is None or function.definition is None or function.definition.kind != "scalar":
        return None
    letters = function.parameters
    if part.head == "derivative":
        whole = not arguments and set(part.args[1:]) <= set(letters)
        return derivative(apply(function.expr, *letters), *part.args[1:]) if whole else None
    single = len(letters) < 2 or any(letter.kind != "scalar" for letter in letters)
    if single or len(part.args) > 1 or (arguments and len(arguments) != len(letters)):
        return None
    slopes = [_slope(function, letter, arguments) for letter in letters]
    return matrix(len(slopes), 1, *(s for s in slopes if s is not None)) if None not in slopes else None


def _slope(function: Symbol, letter: Expr, arguments: tuple[Expr, ...]) -> Expr | None:
    """The derivative by one letter, at the arguments if there are any."""
    assert function.definition is not None
    if not arguments or arguments == function.parameters:
        return derivative(apply(function.expr, *function.parameters), letter)
    place = dict(zip(function.parameters, arguments, strict=True))
    slope = differentiate(function.definition, letter)
    return None if slope is None else replace(slope, place)
