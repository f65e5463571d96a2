"""Declared quantities that are written with the variables they depend on: Loss(x, y, w)."""

from __future__ import annotations

from grader.expressions import build
from grader.expressions.nodes import Expr, node
from grader.expressions.symbols import Symbol
from grader.notation.brackets import read_list
from grader.notation.errors import Problem
from grader.notation.lookup import variable_name
from grader.notation.parser import Parser
from grader.notation.tokens import CLOSERS, OPENERS


def read_quantity(p: Parser, symbol: Symbol) -> Expr:
    """A declared quantity, perhaps written with the variables that it depends on: Loss(x, y, w)."""
    if p.tok.kind != "(":
        return symbol.expr
    width = width_of_call(p)
    if width < 2 and not _names_parameter(p, symbol):
        return symbol.expr  # a product
    start = p.tok.start
    arguments = read_arguments(p)
    if all(a in symbol.parameters for a in arguments):
        return symbol.expr
    if len(arguments) == len(symbol.parameters):
        out = symbol.expr
        for parameter, argument in zip(symbol.parameters, arguments, strict=True):
            if parameter is not argument:
                out = node("at", (out, parameter, argument), None, symbol.kind)
        return out
    if all(a.head == "symbol" for a in arguments):
        return symbol.expr
    raise Problem(start, "arguments", f"`{symbol.name}` does not take these {len(arguments)} arguments")


def read_slope(p: Parser, symbol: Symbol, order: int) -> Expr | None:
    """`L'(w)`: the derivative of a quantity by the one variable in brackets, by a vector its gradient."""
    if p.tok.kind != "(" or not _names_parameter(p, symbol):
        return None
    start = p.pos
    (variable,) = read_arguments(p)
    if variable.kind == "vector":
        if order == 1 and symbol.kind != "vector":
            return build.gradient(symbol.expr, variable)
        p.seek(start)
        return None
    return build.derivative(symbol.expr, *[variable] * order)


def width_of_call(p: Parser) -> int:
    """How many arguments the bracket that opens here holds."""
    depth = 0
    commas = 0
    for tok in p.toks[p.pos :]:
        if tok.kind in OPENERS:
            depth += 1
        elif tok.kind in CLOSERS:
            depth -= 1
            if depth == 0:
                break
        elif depth == 1 and tok.kind in (",", ";"):
            commas += 1
    return commas + 1


def _names_parameter(p: Parser, symbol: Symbol) -> bool:
    """`Loss(w)`: the bracket holds one name, and it is a variable of the quantity."""
    start = p.pos
    p.advance()
    found: Expr | None = None
    if p.tok.kind in ("name", "accent") and symbol.parameters:
        try:
            found = variable_name(p)
        except Problem:
            found = None
    closes = p.tok.kind == ")"
    p.seek(start)
    return closes and found in symbol.parameters


def read_arguments(p: Parser) -> tuple[Expr, ...]:
    """The arguments in the bracket that opens here."""
    opener = p.advance()
    return read_list(p, opener, ")")
