"""`X ~ Bin(5, 1/3)`: what is known of a random variable whose distribution is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from grader.expressions.build import ONE, ZERO, add, call, div, mul, neg, number, power, sub, symbol
from grader.expressions.nodes import Expr
from grader.notation import read
from grader.records import Piece
from grader.working.knowledge import Knowledge
from grader.working.told import Law

_MOST = 30
_NAMED = re.compile(
    r"(?<![A-Za-z])(?P<letter>[A-Z])\s*(?:\\sim|~)\s*(?:\\(?:mathrm|text|operatorname|mathcal)\s*\{)?\s*"
    r"(?P<name>[A-Za-z]+)\s*\}?\s*\(\s*(?P<inside>[^()]*)\)"
)


def _binomial(n: Expr, p: Expr) -> Law:
    def chance(k: Expr) -> Expr:
        return mul(call("binomial", n, k), power(p, k), power(sub(ONE, p), sub(n, k)))

    return Law(chance, mul(n, p), mul(n, p, sub(ONE, p)))


def _poisson(rate: Expr) -> Law:
    def chance(k: Expr) -> Expr:
        return div(mul(call("exp", neg(rate)), power(rate, k)), call("factorial", k))

    return Law(chance, rate, rate)


_LAWS: dict[str, tuple[int, Callable[..., Law]]] = {
    **dict.fromkeys(("Bin", "Binomial", "binomial", "Binom", "B"), (2, _binomial)),
    **dict.fromkeys(("Poisson", "Pois", "Po", "Poi"), (1, _poisson)),
}


def with_laws(pieces: Sequence[Piece], known: Knowledge) -> Knowledge:
    """What is known, with the distributions that a text names; of several for one letter none."""
    found: dict[str, dict[str, int]] = {}
    for match, line in _said(pieces):
        found.setdefault(match["letter"], {}).setdefault(match.group(), line)
    laws = []
    for letter, said in found.items():
        law = _law(*next(iter(said.items())), known) if len(said) == 1 else None
        laws += [(symbol(letter), law)] if law is not None else []
    return replace(known, told=replace(known.told, laws=tuple(laws))) if laws else known


def _said(pieces: Sequence[Piece]) -> Iterator[tuple[re.Match[str], int]]:
    """Where a text names a distribution, and on which line; formulas and prose may share in it."""
    ends = list(accumulate(len(piece.text) + 1 for piece in pieces))
    for match in _NAMED.finditer(" ".join(piece.text for piece in pieces)):
        piece = next(p for p, end in zip(pieces, ends, strict=True) if match.start() < end)
        yield match, piece.place.line


def _law(said: str, line: int, known: Knowledge) -> Law | None:
    match = _NAMED.fullmatch(said)
    count, made = _LAWS.get(match["name"], (0, _poisson)) if match is not None else (0, _poisson)
    inside = match["inside"].split(",") if match is not None else []
    trees = [read(one, known.table).tree for one in inside]
    parameters = [tree for tree in trees if tree is not None and tree.kind == "scalar"]
    if not count or not count == len(parameters) == len(inside):
        return None
    return replace(made(*parameters), line=line)


def chance_of(event: Expr, letter: Expr, law: Law) -> Expr | None:
    """The probability of `X = 2`, `X >= 1`, `X < 3`; None for any other event."""
    if event.head != "chain" or len(event.args) != 2 or event.args[0] is not letter:
        return None
    operator, value = event.value[0], event.args[1]
    if operator == "=":
        return law.chance(value)
    if value.head != "number" or value.value.denominator != 1 or not 0 <= value.value <= _MOST:
        return None
    below = {"<": value.value, "<=": value.value + 1, ">=": value.value, ">": value.value + 1}.get(operator)
    if below is None:
        return None
    rest = add(*(law.chance(number(k)) for k in range(int(below)))) if below else ZERO
    return rest if operator in ("<", "<=") else sub(ONE, rest)
