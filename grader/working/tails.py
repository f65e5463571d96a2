"""What can be read of a line that cannot be read whole: `P(I | +) = 0.019/0.117 = 0.16` from a sign on."""

from __future__ import annotations

import re

from grader.expressions.nodes import Expr
from grader.expressions.symbols import SymbolTable
from grader.notation import read
from grader.working.records import Line

_RELATION = re.compile(r"(?P<equal>(?<![<>!:=])=(?!=))|(?P<approx>\\approx(?![A-Za-z])|≈)")
_OPENS, _CLOSES = "{([", "})]"
_MOST = 6


def readable_tail(line: Line, table: SymbolTable) -> tuple[str, Expr] | None:
    """The relation from which on the line can be read, and what stands behind it; None if there is none."""
    source = line.segment.source
    if len(source) > 1000 or "\\begin" in source:
        return None
    signs = [sign for sign in _RELATION.finditer(source) if _is_outside(source[: sign.start()])]
    for sign in signs[:_MOST]:
        tree = read(source[sign.end() :], table, syntax=line.piece.syntax).tree
        if tree is not None and tree.kind in ("scalar", "vector", "matrix", "truth"):
            return ("=" if sign["equal"] else "approx"), tree
    return None


def _is_outside(before: str) -> bool:
    """Whether no bracket is open behind a text."""
    plain = before.replace("\\{", "").replace("\\}", "")
    return all(plain.count(a) == plain.count(b) for a, b in zip(_OPENS, _CLOSES, strict=True))
