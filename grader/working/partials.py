"""Derivatives of a defined function of several letters: df/dy and its gradient, component by component."""

from __future__ import annotations

import re

from grader.expressions.build import ZERO, apply, derivative, matrix
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, replace
from grader.expressions.symbols import Symbol, SymbolTable

_LABELLED = re.compile(r"(?P<name>[A-Za-z])_\{?(?P<letters>[a-z]{1,3})\}?")


def with_partials(tree: Expr, table: SymbolTable) -> Expr:
    """The tree with each `df/dy` as that of f(x, y), and each gradient as the column of them.

    `u_x` is a slope as well, where u is defined in x and other letters.
    """
    labels = {s: made for s in free_symbols(tree) if (made := _of_name(s, table)) is not None}
    tree = replace(tree, labels) if labels else tree
    # of a gradient that is 0 all components are
    heads = ("derivative",) if tree.head == "chain" and ZERO in tree.args else ("derivative", "gradient")
    found = {part: _written(part, table) for part in walk(tree) if part.head in heads}
    changed = {part: made for part, made in found.items() if made is not None}
    return replace(tree, changed) if changed else tree


def _of_name(label: Expr, table: SymbolTable) -> Expr | None:
    """`v_x` for `v = 2xy`, which stands for a number."""
    found = _LABELLED.fullmatch(str(label.value)) if label.kind == "scalar" else None
    own = table.symbols.get(found["name"]) if found is not None and label.value not in table.symbols else None
    if found is None or own is None or own.definition is None or own.parameters or own.kind != "scalar":
        return None
    letters = {str(s.value): s for s in free_symbols(own.definition)}
    if len(letters) < 2 or not set(found["letters"]) <= set(letters):
        return None
    return derivative(own.expr, *(letters[c] for c in found["letters"]))


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
