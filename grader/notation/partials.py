"""Partial derivatives in a subscript: `f_x`, `u_{tt}`, `f_{xy}(a, b)` of a declared function."""

from __future__ import annotations

from grader.expressions import build
from grader.expressions.nodes import Expr, node
from grader.expressions.symbols import Symbol
from grader.notation.parser import Parser
from grader.notation.quantities import read_arguments

_USUAL = frozenset("xyztuvwrs")  # of a function that was declared without its letters


def read_partial(p: Parser, symbol: Symbol, below: str) -> Expr | None:
    """The derivative that a subscript asks for, at its arguments where they follow; None for any other label.

    `below` is the subscript as spelled: `_x`, `_{xy}`.
    """
    letters = below[1:].strip("{}")
    own = [str(q.value) for q in symbol.parameters]
    if not letters or not set(letters) <= (set(own) or _USUAL):
        return None
    if p.tok.kind != "(":
        return node("derivative", (symbol.expr, *(build.symbol(c) for c in letters)), None, symbol.returns)
    start = p.pos
    arguments = read_arguments(p)
    names = own or [str(a.value) for a in arguments]
    if len(arguments) != len(names) or not set(letters) <= set(names):
        p.seek(start)
        return None
    order = tuple(sorted(names.index(c) for c in letters))
    if len(arguments) == 1:
        return build.apply(build.derived(symbol.expr, len(order)), *arguments, kind=symbol.returns)
    return node("partial", (symbol.expr, *arguments), order, symbol.returns)
