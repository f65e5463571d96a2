"""Differentials: `du` is one name, whatever `u` is declared as, and u' dx where u is known in x."""

from __future__ import annotations

import re

from grader.expressions.build import mul, symbol
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, rebuild
from grader.working.knowledge import Knowledge

_NAME = re.compile(r"d(?!elta)[A-Za-z]\w*$")


def is_differential(tree: Expr) -> bool:
    """Whether a tree is the name of a differential."""
    return tree.head == "symbol" and _NAME.match(str(tree.value)) is not None


def with_differentials(tree: Expr, known: Knowledge) -> Expr:
    """`d u` as one name, or as u' dx where u is defined in x."""
    if tree.head == "chain" and (name := _named(tree.args[0])) is not None:
        return with_differentials(rebuild(tree, (symbol(f"d{name.value}"), *tree.args[1:])), known)
    if tree.head == "call" and len(tree.args) == 1 and tree.args[0].head == "mul":
        *inside, sign, name = tree.args[0].args
        if _is_sign(sign) and name.head == "symbol" and inside:
            return with_differentials(mul(rebuild(tree, (mul(*inside),)), sign, name), known)
    args = tuple(with_differentials(part, known) for part in tree.args)
    if tree.head != "mul" or "d" in known.table.symbols:
        return rebuild(tree, args)
    factors: list[Expr] = []
    index = 0
    while index < len(args):
        following = args[index + 1] if index + 1 < len(args) else None
        plain = following is not None and following.head == "symbol" and following.kind == "scalar"
        if _is_sign(args[index]) and following is not None and plain:
            factors.append(_differential(following, known))
            index += 2
            continue
        factors.append(args[index])
        index += 1
    return mul(*factors) if tuple(factors) != tree.args else tree


def _is_sign(tree: Expr) -> bool:
    return tree.head == "symbol" and tree.value == "d"


def _differential(name: Expr, known: Knowledge) -> Expr:
    body = _meaning(name, known)
    if body is not None:
        free = [s for s in free_symbols(body) if s.kind == "scalar"]
        slope = differentiate(body, free[0]) if len(free) == 1 else None
        if slope is not None:
            return mul(slope, symbol(f"d{free[0].value}"))
    return symbol(f"d{name.value}")


def _named(tree: Expr) -> Expr | None:
    """v of `dv = ...`, where another question declares v to be a vector."""
    if tree.head != "mul" or len(tree.args) != 2 or not _is_sign(tree.args[0]):
        return None
    name = tree.args[1]
    return name if name.head == "symbol" and name.kind == "vector" and len(str(name.value)) == 1 else None


def _meaning(name: Expr, known: Knowledge) -> Expr | None:
    """What a name is defined as, or set to by a line before: `t = 2x` where t is declared."""
    declared = known.table.symbols.get(name.value)
    if declared is not None and declared.definition is not None:
        return None if declared.parameters else known.coordinates(declared.definition)
    for fact in reversed(known.facts):
        relation = fact.relation
        if relation.head == "chain" and relation.value == ("=",) and relation.args[0] is name:
            body = known.coordinates(relation.args[1])
            return body if name not in free_symbols(body) else None
    return None
