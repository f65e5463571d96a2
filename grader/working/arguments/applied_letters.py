"""`y(0) = A = 1` of a solution y: a letter before a number in brackets, which is no product."""

from __future__ import annotations

from grader.expressions.build import ZERO
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols
from grader.working.knowledge import Knowledge


def applies_letter(relation: Expr, known: Knowledge) -> bool:
    """Whether a letter stands before 0 in brackets, or one of whose slope the text speaks before a number."""
    moving = {name for name, _ in known.told.moving} | known.told.primed
    for part in walk(relation):
        if part.head != "mul" or len(part.args) < 2:
            continue
        pairs = zip(part.args, part.args[1:], strict=False)
        letters = [(one, other) for one, other in pairs if one.head == "symbol" and not free_symbols(other)]
        if any(other is ZERO or str(one.value) in moving for one, other in letters):
            return True
    return False
