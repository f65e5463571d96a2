"""The parts of a tree at whose zeros its value or its domain may change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from grader.equivalence.features import features
from grader.expressions.build import MINUS_ONE, ONE, add, call, sub
from grader.expressions.nodes import Expr, walk

How = Literal["pole", "edge", "turn"]
REAL_KINDS = ("scalar", "integer")


@dataclass(frozen=True, slots=True)
class Turn:
    """`part` = 0 is where something changes.

    pole: the tree has no value there; edge: it has a value on one side at most; turn: only its rule changes.
    """

    part: Expr
    how: How


_POLES = {"tan": "cos", "sec": "cos", "cot": "sin", "csc": "sin"}
_EDGES_AT_ONE = frozenset(["arcsin", "arccos", "artanh", "arcoth", "arcsec", "arccsc"])


@lru_cache(maxsize=2048)
def turns(tree: Expr) -> tuple[Turn, ...]:
    """Every such part, each once (a pole before an edge before a turn of the same part)."""
    found: dict[Expr, How] = {}
    for part in walk(tree):
        for turn in _of_node(part):
            before = found.get(turn.part)
            if before is None or _RANK[turn.how] < _RANK[before]:
                found[turn.part] = turn.how
    return tuple(
        Turn(part, how)
        for part, how in found.items()
        if part.kind in (*REAL_KINDS, "complex") and features(part).free
    )


_RANK = {"pole": 0, "edge": 1, "turn": 2}


def _of_node(part: Expr) -> list[Turn]:
    if part.head == "pow":
        return _of_power(part)
    if part.head == "chain":
        pairs = zip(part.args, part.args[1:], strict=False)
        return [Turn(sub(a, b), "turn") for a, b in pairs if a.kind in REAL_KINDS and b.kind in REAL_KINDS]
    if part.head != "call":
        return []
    return _of_call(part.value, part.args)


def _of_power(part: Expr) -> list[Turn]:
    base, exponent = part.args
    if exponent.head != "number":
        if features(exponent).free and features(base).free:
            return [Turn(base, "edge")]
        return [Turn(base, "edge")] if features(base).free else []
    if exponent.value < 0:
        return [Turn(base, "pole")]
    if exponent.value.denominator == 1:
        return []
    return [Turn(base, "turn" if exponent.value.denominator % 2 else "edge")]


def _of_call(name: str, args: tuple[Expr, ...]) -> list[Turn]:
    first = args[0]
    if name in ("abs", "sign"):
        return [Turn(first, "turn")]
    if name in ("floor", "ceil"):
        return [Turn(first, "turn"), Turn(sub(first, ONE), "turn"), Turn(add(first, ONE), "turn")]
    if name == "mod":
        return [Turn(sub(first, args[1]), "turn"), Turn(args[1], "pole")]
    if name in ("min", "max"):
        return [Turn(sub(a, b), "turn") for i, a in enumerate(args) for b in args[i + 1 :]]
    if name in ("ln", "arcsch", "csch", "coth"):
        return [Turn(first, "pole")]
    if name == "log":
        base = args[1]
        return [Turn(first, "pole"), Turn(base, "pole"), Turn(sub(base, ONE), "pole")]
    if name in _POLES:
        return [Turn(call(_POLES[name], first), "pole")]
    if name in _EDGES_AT_ONE:
        how: How = "pole" if name in ("artanh", "arcoth") else "edge"
        more = [Turn(first, "pole")] if name in ("arcoth", "arcsec", "arccsc") else []
        return [Turn(add(first, MINUS_ONE), how), Turn(add(first, ONE), how), *more]
    if name == "arcosh":
        return [Turn(sub(first, ONE), "edge")]
    if name == "arsech":
        return [Turn(first, "pole"), Turn(sub(first, ONE), "edge")]
    return []
