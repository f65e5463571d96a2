"""`x^{(i)}` under a sum over i: a member of a family, and then `x^{(1)}` is one too."""

from __future__ import annotations

import re
from fractions import Fraction

from grader.equivalence.features import features
from grader.expressions.build import number, symbol
from grader.expressions.nodes import Expr, node, walk
from grader.expressions.rewrite import transform

_ABOVE = re.compile(r"(.+)\^\{\((\w+)\)\}")
_SUMS = ("sum", "product")


def with_members(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """Both trees with names that bear a bound letter in a bracketed superscript as members of families."""
    families = {name for t in (left, right) for name in _families(t)}
    if not families:
        return left, right
    return _indexed(left, families), _indexed(right, families)


def _families(tree: Expr) -> set[str]:
    """The names whose superscript is the variable of a sum or product that they stand in."""
    if features(tree).heads.isdisjoint(_SUMS):
        return set()
    found = set()
    for part in (p for p in walk(tree) if p.head in _SUMS):
        for leaf in (p for p in walk(part.args[0]) if p.head == "symbol"):
            above = _ABOVE.fullmatch(str(leaf.value))
            if above is not None and above[2] == part.args[1].value:
                found.add(above[1])
    return found


def _indexed(tree: Expr, families: set[str]) -> Expr:
    def change(part: Expr) -> Expr:
        if part.head == "index" and part.args[0].head == "index":  # x_k^{(i)}
            (family, *places), below = part.args[0].args, part.args[1:]
            return node("index", (family, *below, *places), None, part.kind)
        above = _ABOVE.fullmatch(str(part.value)) if part.head == "symbol" else None
        if above is None or above[1] not in families or part.kind == "function":
            return part
        place = number(Fraction(above[2])) if above[2].isdigit() else symbol(above[2])
        return node("index", (symbol(f"{above[1]}^{{()}}", part.kind), place), None, part.kind)

    return transform(tree, change)
