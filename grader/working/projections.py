"""`proj_b a`: the projection of a vector onto another one that is known."""

from __future__ import annotations

import re

from grader.expressions.build import div, dot, mul
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import transform
from grader.expressions.symbols import SymbolTable

_NAME = re.compile(r"proj_\{?(?:vec)?\(?(?P<onto>[A-Za-z])\)?\}?$")


def with_projections(tree: Expr, table: SymbolTable) -> Expr:
    """The tree with projections written out."""
    return transform(tree, lambda part: _written_out(part, table))


def _written_out(part: Expr, table: SymbolTable) -> Expr:
    for index, factor in enumerate(part.args[:-1] if part.head == "mul" else ()):
        onto = _onto(factor, table)
        vector = part.args[index + 1]
        if onto is not None and vector.kind == "vector":
            made = mul(div(dot(vector, onto), dot(onto, onto)), onto)
            return mul(*part.args[:index], made, *part.args[index + 2 :])
    return part


def _onto(factor: Expr, table: SymbolTable) -> Expr | None:
    """The vector b of the name `proj_b`."""
    found = _NAME.match(str(factor.value)) if factor.head == "symbol" else None
    if found is None:
        return None
    for name in (found["onto"], f"vec({found['onto']})"):
        declared = table.symbols.get(name)
        if declared is not None and declared.kind == "vector":
            return declared.expr
    return None
