"""`on $[0, \\pi]$`, `0 <= x <= 2`: the interval in which the text looks for something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from grader.expressions.build import INFINITY, chain, neg
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols
from grader.expressions.symbols import SymbolTable
from grader.notation import read
from grader.records import Piece

Interval = tuple[Expr, str, str, Expr]  # low, its sign, the sign of the other, high

_INSIDE = re.compile(r"\b(?:on|over|in|within|interval|range|between)\b[\s\w:]{0,24}$", re.IGNORECASE)
_BRACKETS = re.compile(
    r"^\s*(?:\\left)?(?P<open>[\[(])(?P<low>[^,\[\]]+),(?P<high>[^,\[\]]+?)(?:\\right)?(?P<close>[\])])\s*$"
)
_END = r"\s*-?[\w./ π]+"
_IN_WORDS = re.compile(
    rf"\b(?:on|over|in|interval|range)\b[^.;=]{{0,16}}?(?P<open>[\[(])(?P<low>{_END}),(?P<high>{_END})(?P<close>[\])])"
)


def told_intervals(pieces: Sequence[Piece], table: SymbolTable) -> tuple[Interval, ...]:
    """The intervals of numbers to which words lead."""
    found = (one for match in _matches(pieces) for one in _interval(match, table))
    return tuple(dict.fromkeys(found))


def bounds(letter: Expr, interval: Interval) -> tuple[Expr, ...]:
    """That a letter lies in an interval."""
    low, below, above, high = interval
    sides = (chain((low, letter), (below,)), chain((letter, high), (above,)))
    ends = ((low, sides[0]), (high, sides[1]))
    return tuple(side for end, side in ends if end not in (INFINITY, neg(INFINITY)))


def _matches(pieces: Iterable[Piece]) -> Iterator[tuple[re.Match[str], Piece]]:
    before = ""
    for piece in pieces:
        if piece.kind == "math":
            match = _BRACKETS.match(piece.text) if _INSIDE.search(before) else None
            if match is not None:
                yield match, piece
        else:
            yield from ((match, piece) for match in _IN_WORDS.finditer(piece.text))
        before = piece.text if piece.kind != "math" else f"{before} "


def _interval(found: tuple[re.Match[str], Piece], table: SymbolTable) -> Iterator[Interval]:
    match, piece = found
    syntax = piece.syntax if piece.kind == "math" else "text"
    ends = [read(match[end], table, syntax=syntax).tree for end in ("low", "high")]
    low, high = ends
    if low is None or high is None or low.kind != "scalar" or high.kind != "scalar":
        return
    if not free_symbols(low) | free_symbols(high):
        yield low, "<=" if match["open"] == "[" else "<", "<=" if match["close"] == "]" else "<", high
