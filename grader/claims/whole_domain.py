"""`convex on $(0, \\infty)$`, `increasing for all $x > 0$`: where a name lives anyway is no restriction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from grader.expressions.build import INFINITY, neg, number
from grader.expressions.domains import Domain
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import readings
from grader.expressions.symbols import Symbol, SymbolTable
from grader.notation import read
from grader.records import Piece

_LEADS = re.compile(r"[\s,]*\b(?:on|over|in|throughout|for|whenever|when)(?: (?:all|every|each|any))?\s*$")


def without_whole_domain(pieces: Sequence[Piece], table: SymbolTable) -> list[Piece]:
    """The pieces without the words and formulas that only repeat a declared domain."""
    bound = [s for s in table.symbols.values() if s.domain is not None]
    found: list[Piece] = []
    for piece in pieces:
        before = found[-1] if found and found[-1].kind == "prose" else None
        leads = _LEADS.search(before.text) if before is not None and piece.kind == "math" else None
        if before is not None and leads is not None and any(_repeats(piece, s, table) for s in bound):
            found[-1] = replace(before, text=before.text[: leads.start()])
        else:
            found.append(piece)
    return found


def _repeats(piece: Piece, name: Symbol, table: SymbolTable) -> bool:
    """Whether a formula is the domain of a name, as an interval or as what is said of the name."""
    tree = read(piece.text, table, piece.syntax).tree
    domain = name.domain
    if tree is None or domain is None:
        return False
    ends = (_end(domain.low, neg(INFINITY)), _end(domain.high, INFINITY))
    if any(one.head == "interval" and one.args == ends for one in readings(tree)):
        return True
    return tree.head == "chain" and (tree.args, tree.value) in _said(name.expr, domain, ends)


def _end(value: Fraction | None, missing: Expr) -> Expr:
    return number(value) if value is not None else missing


def _said(
    name: Expr, domain: Domain, ends: tuple[Expr, Expr]
) -> list[tuple[tuple[Expr, ...], tuple[str, ...]]]:
    """`x > 0`, `0 < x`, `0 < x < 1`: the ways to say that a name is in its domain."""
    low, high = ends
    above, below = ("<" if domain.open_low else "<="), ("<" if domain.open_high else "<=")
    if domain.low is not None and domain.high is not None:
        return [((low, name, high), (above, below))]
    if domain.low is not None:
        return [((low, name), (above,)), ((name, low), (above.replace("<", ">"),))]
    return [((name, high), (below,)), ((high, name), (below.replace("<", ">"),))]
