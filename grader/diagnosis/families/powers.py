"""Powers: a square forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from grader.diagnosis.malrule import MalRule
from grader.expressions.build import number
from grader.expressions.nodes import Expr


def _square_dropped(part: Expr) -> Iterator[Expr]:
    """a for a^2."""
    if part.head == "pow" and part.args[1] is number(2):
        yield part.args[0]


RULES = (MalRule("missing-square", "square-dropped", _square_dropped),)
