"""An equation solved for one thing in it, one operation after the other, and what one writes next."""

from __future__ import annotations

from collections.abc import Iterator

from grader.diagnosis.families.parts import exact, exchanged, inverted, negated, over_and_under
from grader.expressions.build import (
    MINUS_ONE,
    ONE,
    E,
    add,
    apply,
    call,
    div,
    equation,
    inverse,
    mul,
    number,
    power,
    sub,
)
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import contains, replace
from grader.expressions.symbols import SymbolTable

Sides = tuple[Expr, Expr]
_BACK = {"exp": "ln", "ln": "exp"}


def solved(relation: Expr, thing: Expr, table: SymbolTable) -> Iterator[Expr]:
    """What an equation says that a part of it is, in the ways that people write it.

    >>> from grader.expressions.build import equation, symbol
    >>> from grader.notation import to_text
    >>> x, y = symbol("x"), symbol("y")
    >>> [to_text(tree) for tree in solved(equation(mul(number(2), x), y), x, SymbolTable())]
    ['y/2']
    """
    for left, right in stages(relation, thing, table):
        if left is thing:
            yield right


def stages(relation: Expr, thing: Expr, table: SymbolTable) -> Iterator[Sides]:
    """The equation itself, and what is left of it after each operation that is undone on the thing's side."""
    left, right = relation.args
    if contains(right, thing):
        left, right = right, left
    if contains(left, thing) and not contains(right, thing):
        yield from _undone(left, right, thing, table)


def _undone(left: Expr, right: Expr, thing: Expr, table: SymbolTable) -> Iterator[Sides]:
    yield left, right
    if left is not thing:
        for inner, value in _one_operation(left, right, thing, table):
            yield from _undone(inner, value, thing, table)


def _one_operation(left: Expr, right: Expr, thing: Expr, table: SymbolTable) -> Iterator[Sides]:
    """What is left after one operation is taken to the other side; of a function in both ways."""
    moving = [index for index, part in enumerate(left.args) if contains(part, thing)]
    if len(moving) != 1:
        return
    at = moving[0]
    inner = left.args[at]
    if left.head == "add":
        yield inner, sub(right, add(*exchanged(left.args, at)))
    elif left.head == "mul" and left.kind == "scalar":
        others = tuple(factor for factor in exchanged(left.args, at) if factor is not ONE)
        whole = right if not others else div(right, mul(*others))
        yield inner, negated(right) if others == (MINUS_ONE,) else whole
    elif left.head == "pow":
        yield from _without_power(left, right, at)
    elif left.head == "call" and left.value in _BACK:
        yield inner, call(_BACK[left.value], right)
    elif left.head == "apply" and len(left.args) == 2:
        yield from _without_function(left, right, table)


def _without_power(left: Expr, right: Expr, at: int) -> Iterator[Sides]:
    base, exponent = left.args
    value = exact(exponent)
    if at == 1:
        yield exponent, call("ln", right) if base is E else div(call("ln", right), call("ln", base))
    elif value == -1:
        yield base, inverted(right)
    elif value is not None and value != 0:
        yield base, power(right, number(1 / value))


def _without_function(left: Expr, right: Expr, table: SymbolTable) -> Iterator[Sides]:
    """By the inverse as it is named, as it is declared, and by undoing what defines the function."""
    function, inner = left.args
    declared = table.symbols.get(str(function.value)) if function.head == "symbol" else None
    if declared is None or len(declared.parameters) != 1:
        return
    name = declared.parameters[0]
    if declared.inverse is not None:
        yield inner, replace(declared.inverse, {name: right})
        yield inner, apply(inverse(function), right, kind=left.kind)
    if declared.definition is not None:
        yield replace(declared.definition, {name: inner}), right


def rewritten(relation: Expr, wrong: Expr) -> Iterator[Expr]:
    """An equation without a denominator, and with logarithms of its sides where the next line has some."""
    for one, other in (relation.args, relation.args[::-1]):
        parts = over_and_under(one) if one.kind == "scalar" else None
        if parts is not None:
            yield equation(parts[0], mul(other, parts[1]))
    if any(part.head == "call" and part.value == "ln" for part in walk(wrong)):
        yield equation(*(call("ln", side) for side in relation.args))
