"""Relations where a number is needed: `y^{x=2}`, `\\sin(x=2)`."""

from __future__ import annotations

from collections.abc import Sequence

from grader.expressions.nodes import Expr, walk
from grader.notation.errors import Problem
from grader.notation.tokens import Token

_OF_NUMBERS = frozenset(["add", "mul", "pow", "call", "norm", "dot", "cross", "transpose"])
_OF_A_BODY = frozenset(["integral", "sum", "product"])


def check_relations(tree: Expr, tokens: Sequence[Token]) -> None:
    """Raises `Problem` where something is reckoned with a statement as if it were a number."""
    signs = [tok for tok in tokens if tok.kind == "rel"]
    if signs and any(_holds_statement(part) for part in walk(tree)):
        message = "a relation stands inside, where a number is needed"
        raise Problem(signs[-1].start, "relation", message, "close the bracket before the relation sign")


def _holds_statement(part: Expr) -> bool:
    if part.head in _OF_A_BODY:
        return part.args[0].kind == "truth"
    return part.head in _OF_NUMBERS and any(a.kind == "truth" for a in part.args)
