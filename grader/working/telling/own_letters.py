"""Letters that a text takes for itself: `e = 3`, the d of `cx + d`, y beside y'."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from grader.expressions.symbols import Symbol
from grader.records import Piece
from grader.working.knowledge import Knowledge
from grader.working.spellings import D

_OWN_E = re.compile(r"\s*e\s*:?=")
_POWER_OF_E = re.compile(r"(?<![a-zA-Z\\])e\s*\^\s*(?!2|\{2\})|\\exp|\\ln|\bexp\b|\bln\b")
_OWN_D = re.compile(r"(?<![A-Za-z\\{])d\s*(?=[-=+)},;.<>]|$)", re.MULTILINE)
_BEHIND_D = re.compile(r"(?<![A-Za-z\\])d[a-z](?![a-z])")
_CALCULUS = re.compile(r"\\int|∫|frac\s*\{\s*d|d\w?\s*/\s*d|\\partial|'")


def with_own_e(pieces: Iterable[Piece], known: Knowledge) -> Knowledge:
    """What is known, with `e` a name where a formula says what it is, and none is a power of e."""
    formulas = [p.text for p in pieces if p.kind == "math"]
    own = any(_OWN_E.match(text) for text in formulas) and not any(_POWER_OF_E.search(t) for t in formulas)
    return replace(known, table=known.table.with_symbols([Symbol("e")])) if own else known


def with_own_d(pieces: Iterable[Piece], known: Knowledge) -> Knowledge:
    """What is known, with `d` a letter where it stands by itself and nothing is differentiated or integrated.

    `b - dy` is then a product, beside `cx + d`.
    """
    text = "\n".join(p.text for p in pieces if p.kind == "math")
    own = _OWN_D.search(text) and _BEHIND_D.search(text) and not _CALCULUS.search(text)
    return replace(known, table=known.table.with_symbols([Symbol("d")])) if own else known


def with_letters(pieces: Iterable[Piece], known: Knowledge) -> Knowledge:
    """What is known, with a declared function as a letter where no formula says of what it is one.

    `y' + 2y = 6` with y declared a function: there y and y' stand for their values.
    """
    functions = [s for s in known.table.symbols.values() if s.kind == "function" and len(s.name) == 1]
    bare = {s.name for s in functions if s.definition is None and s.inverse is None}
    if not bare:
        return known
    text = "\n".join(p.text for p in pieces if p.kind == "math")
    bare = {name for name in bare if _slope_of(name).search(text) and not _applied(name).search(text)}
    if not bare:
        return known
    kept = [s for s in known.table.symbols.values() if s.name not in bare]
    table = replace(known.table, symbols={}, by_spelling={}).with_symbols(kept)
    return replace(known, table=table, declared=known.declared - bare)


def _slope_of(name: str) -> re.Pattern[str]:
    """`y'` without a bracket behind it, or dy/dx."""
    return re.compile(
        rf"(?<![\\A-Za-z]){name}'+(?!'|\s*(\\left)?\()"
        rf"|{D}\s*{name}\s*/\s*{D}|\{{\s*{D}\s*{name}\s*\}}\s*\{{\s*{D}"
    )


def _applied(name: str) -> re.Pattern[str]:
    """`y(x)`: the function of a letter."""
    return re.compile(rf"(?<![\\A-Za-z]){name}'*\s*(\\left)?\(\s*\\?[A-Za-z]")
