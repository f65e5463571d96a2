"""What an expansion leaves out, in a line: `O(x^4)`, and the dots of `1 + x + x^2 + ...`."""

from __future__ import annotations

import re
from dataclasses import replace

from grader.expressions.build import symbol
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, transform
from grader.expressions.symbols import Symbol
from grader.notation import read
from grader.working.geometric import total_of
from grader.working.knowledge import Knowledge
from grader.working.records import Line

ORDERS = ("O", "o", "cal(O)")
REST = symbol("the rest")
_DOTS = r"(?:\\[cl]?dots\b|\.\.\.|…)"
_TRAILING = re.compile(rf"([+\-])\s*{_DOTS}(?=\s*(?:&?=|[.,;]?\s*$|\\approx|\\right\b|[)\]]))")


def orders_in(tree: Expr) -> list[Expr]:
    """The terms `O(x^4)` of a tree."""
    applied = (part for part in walk(tree) if part.head == "apply" and len(part.args) == 2)
    return list(dict.fromkeys(part for part in applied if part.args[0].value in ORDERS))


def with_rest(line: Line, known: Knowledge) -> Line:
    """A line that cannot be read for the dots behind a sum of powers, with a name for what they leave out."""
    source = line.segment.source
    dotted = _TRAILING.sub(r"\1 therest ", source)
    if line.segment.tree is not None or dotted == source or re.search(_DOTS, dotted):
        return line
    if line.piece.syntax == "latex":
        dotted = dotted.replace("therest", r"\operatorname{therest}")
    table = known.table.with_symbols([Symbol(str(REST.value), spellings=("therest",))])
    tree = read(dotted.replace("&", " "), table, syntax=line.piece.syntax).tree
    tree = transform(tree, _summed_up) if tree is not None else None
    if tree is None or (REST in walk(tree) and tree.head != "chain" and line.segment.leading is None):
        return line
    sides = tree.args if tree.head == "chain" else (tree,)
    if not all(_is_expansion(side) for side in sides if REST in walk(side)):
        return line
    return replace(line, segment=replace(line.segment, tree=tree))


def _summed_up(part: Expr) -> Expr:
    """`1 + 1/3 + 1/9 + ...` as its sum."""
    if part.head != "add" or REST not in (part.args[-1], *part.args[-1].args):
        return part
    total = total_of(part.args[:-1])
    return part if total is None else total


def _is_expansion(side: Expr) -> bool:
    """Whether powers of something are added up before the dots, and not just numbers."""
    sums = (part for part in walk(side) if part.head == "add" and REST in walk(part))
    return all(any(p.head == "pow" and free_symbols(p) - {REST} for p in walk(part)) for part in sums)
