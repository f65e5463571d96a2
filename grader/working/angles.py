"""`sin 45` where words say that angles are "in degrees"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from grader.expressions.build import MINUS_ONE, PI, call, mul, number, power
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, transform
from grader.records import Piece
from grader.working.records import Line

_IN_DEGREES = re.compile(r"\b(all|angles?|working|calculator|everything|measured|are)( \w+)? in degrees?\b")
_TURNS = frozenset(["sin", "cos", "tan", "cot", "sec", "csc"])


def speaks_of_degrees(pieces: Sequence[Piece]) -> bool:
    """Whether words say that angles are "in degrees"."""
    return any(piece.kind != "math" and _IN_DEGREES.search(piece.text.lower()) for piece in pieces)


def in_degrees(line: Line) -> Line:
    """The line with plain numbers in its sines and cosines as degrees: `sin 45`."""
    tree = line.segment.tree
    made = transform(tree, _of_degrees) if tree is not None else None
    return line if made is tree else replace(line, segment=replace(line.segment, tree=made))


def _of_degrees(tree: Expr) -> Expr:
    if tree.head != "call" or tree.value not in _TURNS or any(part is PI for part in walk(tree)):
        return tree
    (angle,) = tree.args
    return tree if free_symbols(angle) else call(tree.value, mul(angle, power(number(180), MINUS_ONE), PI))
