"""Letters that move with the variable of a derivative: y in `d/dx (x^2 + y^2)`, where y' or dy/dx stands too.

They are differentiated as unknown functions of that variable, and then are letters and rates again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from grader.equivalence.features import features
from grader.expressions.build import apply, derivative, derived, symbol
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, replace, transform
from grader.expressions.symbols import SymbolTable

_PRIMED = re.compile(r"(.+?)('+)")
_DOTTED = re.compile(r"(d*)dot\((.+)\)")
Moving = dict[str, frozenset[str]]  # by variable: the letters that move with it
Name = Callable[[Expr], Expr]


def flattened(tree: Expr) -> Expr:
    """`d/dx (dy/dx)` as the second derivative of y."""

    def change(part: Expr) -> Expr:
        inner = part.args[0] if part.head == "derivative" else part
        if inner is part or inner.head != "derivative":
            return part
        return derivative(inner.args[0], *inner.args[1:], *part.args[1:])

    return transform(tree, change) if "derivative" in features(tree).heads else tree


def carried_out(
    trees: tuple[Expr, Expr], table: SymbolTable, still: frozenset[str], name: Name
) -> list[Expr]:
    """The trees with every derivative of what moves carried out; `still` are letters that are constants.

    `name` gives the name of a rate `derivative(y, x)`.
    """
    parts = {p for t in trees if "derivative" in features(t).heads for p in walk(t) if p.head == "derivative"}
    moving = {v: letters for v in _variables(parts) if (letters := _moving(trees, parts, v, table) - still)}
    done = {p: found for p in parts if (found := _worked_out(p, moving, name)) is not None}
    return [replace(t, done) for t in trees]


def _variables(parts: Iterable[Expr]) -> set[str]:
    single = (p.args[1] for p in parts if len(set(p.args[1:])) == 1)
    return {str(v.value) for v in single if v.head == "symbol" and v.kind == "scalar"}


def _moving(
    trees: tuple[Expr, Expr], parts: Iterable[Expr], variable: str, table: SymbolTable
) -> frozenset[str]:
    names = {str(s.value) for t in trees for s in free_symbols(t)}
    found = {_PRIMED.sub(r"\1", n) for n in names if _PRIMED.fullmatch(n)}
    if variable == "t":
        found |= {m[2] for n in names if (m := _DOTTED.fullmatch(n))}
    rates = (p for p in parts if p.args[0].head == "symbol" and str(p.args[1].value) == variable)
    found |= {str(p.args[0].value) for p in rates}
    plain = (
        n for n in found if n not in table.symbols and not _PRIMED.fullmatch(n) and not _DOTTED.fullmatch(n)
    )
    return frozenset(n for n in plain if n != variable)


def _worked_out(part: Expr, moving: Moving, name: Name) -> Expr | None:
    """The derivative of what moves, in letters and rates; None where nothing moves in it."""
    body, *variables = part.args
    variable = variables[0]
    letters = moving.get(str(variable.value), frozenset()) if len(set(variables)) == 1 else frozenset()
    if not letters or (body.head == "symbol" and body.value in letters):
        return None
    there = {s: f for s in free_symbols(body) if (f := _function(s, variable, letters)) is not None}
    found: Expr | None = replace(body, there)
    for _ in variables:
        found = differentiate(found, variable) if found is not None else None
    return _in_letters(found, variable, name) if there and found is not None else None


def _function(leaf: Expr, variable: Expr, letters: frozenset[str]) -> Expr | None:
    """y, y' and `\\dot y` as functions of the variable."""
    text = str(leaf.value)
    if leaf.kind != "scalar":
        return None
    primed, dotted = _PRIMED.fullmatch(text), _DOTTED.fullmatch(text)
    letter, order = text, 0
    if primed:
        letter, order = primed[1], len(primed[2])
    elif dotted and variable.value == "t":
        letter, order = dotted[2], len(dotted[1]) + 1
    function = symbol(letter, "function")
    return apply(derived(function, order) if order else function, variable) if letter in letters else None


def _in_letters(tree: Expr, variable: Expr, name: Name) -> Expr:
    def change(part: Expr) -> Expr:
        if part.head != "apply" or part.args[1:] != (variable,):
            return part
        function, order = part.args[0], 0
        if function.head == "derived":
            function, order = function.args[0], function.value
        letter = symbol(str(function.value))
        return name(derivative(letter, *[variable] * order)) if order else letter

    return transform(tree, change)
