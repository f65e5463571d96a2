"""A sample `x_1, ..., x_n`: how many there are is a positive number, and the bar over x is their mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from grader.expressions.symbols import Symbol
from grader.notation import read
from grader.records import Piece
from grader.working.knowledge import Knowledge

_SUMMED = re.compile(
    r"\\(?:sum|prod)(?:\\limits)?\s*_\s*\{\s*[ijk]\s*=\s*1\s*\}\s*\^\s*\{?\s*(?P<many>[nmN])\s*\}?"
    r"|[a-zA-Z]_\{?1\}?\s*,.{0,12}?\\[lc]?dots\s*,\s*[a-zA-Z]_\{?(?P<last>[nmN])\}?"
)
_BAR = re.compile(r"\\(?:bar|overline)\s*(?:\{\s*)?(?P<letter>[a-zA-Z])(?![a-zA-Z])")
_SETS_BAR = re.compile(r"\s*&?\s*\\(?:bar|overline)[\s{]*(?P<letter>[a-zA-Z])\s*\}?\s*&?\s*=")


def with_samples(pieces: Iterable[Piece], known: Knowledge) -> Knowledge:
    """What is known, with the number of a sample positive, and means over it spelled out."""
    formulas = [piece.text for piece in pieces if piece.kind == "math"]
    many = {m["many"] or m["last"] for text in formulas for m in _SUMMED.finditer(text)}
    if len(many) != 1:
        return known
    (number,) = many
    name = read(number, known.table).tree
    if name is None or name.head != "symbol" or name.value in known.table.symbols:
        return known
    known = known.with_positive([name])
    means = [_mean(letter, number, known) for letter in _barred(formulas)]
    return replace(known, table=known.table.with_symbols([m for m in means if m is not None]))


def _barred(formulas: Iterable[str]) -> list[str]:
    """The letters with a bar that number something, and of which no line says what the bar is."""
    texts = list(formulas)
    own = {m["letter"] for text in texts for m in [_SETS_BAR.match(text)] if m is not None}
    found = dict.fromkeys(m["letter"] for text in texts for m in _BAR.finditer(text))
    return [x for x in found if x not in own and any(re.search(rf"{x}_\{{?[ijk1]", text) for text in texts)]


def _mean(letter: str, number: str, known: Knowledge) -> Symbol | None:
    bar = read(rf"\bar{{{letter}}}", known.table).tree
    mean = read(rf"\frac{{1}}{{{number}}}\sum_{{i=1}}^{{{number}}} {letter}_i", known.table).tree
    if bar is None or mean is None or bar.head != "symbol" or bar.value in known.table.symbols:
        return None
    return Symbol(str(bar.value), definition=mean)
