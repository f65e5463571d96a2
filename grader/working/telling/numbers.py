"""Numbers that only words tell: `the foot slides away at 2 m/s` is dx/dt = 2, and no formula says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from grader.expressions.build import PI, ZERO, mul, neg, number
from grader.expressions.nodes import Expr
from grader.records import Piece

_NUMBER = re.compile(
    r"(?<![\w.^_{])\d+(?:[.,]\d+)?(?:\s*/\s*[1-9]\d*(?![\w.]))?(?P<pi>\s?(?:π|\\?pi\b))?(?![\w^])"
)
_UNIT = r"\\(?:text|mathrm|operatorname)\s*\{[^{}]*\}|[A-Za-z°%³²]|\^\{?-?\d\}?"
# `100`, `12\ \mathrm{cm}^3/s`: a number alone, with its unit.
_PLAIN = re.compile(rf"\s*\d[\d.,]*(?:\\[,;:! ]|\\pi|π|~|\s|/|{_UNIT})*")
# What falls or shrinks has a rate below 0, and words give its size.
_FALLS = re.compile(
    r"\b(?:decreas|shrink|fall|drop|leak|drain|los|cool|melt|empt|descend|toward|sink|deflat|evaporat"
    r"|approach|pull|reel|lower|contract|flow\w* out|down|reduc|evacuat|discharg|diminish)",
    re.IGNORECASE,
)
_MOST = 8


def told_numbers(pieces: Iterable[Piece]) -> tuple[Expr, ...]:
    """The numbers that stand in words, or in formulas that say nothing else; below 0 where words speak so."""
    parts = tuple(pieces)
    texts = [p.text for p in parts if p.kind != "math" or ("=" not in p.text and _PLAIN.fullmatch(p.text))]
    found = dict.fromkeys(_value(n) for text in texts for n in _NUMBER.finditer(text))
    sizes = tuple(size for size in found if size is not ZERO)[:_MOST]
    falls = any(_FALLS.search(p.text) for p in parts if p.kind != "math")
    return (*sizes, *(neg(size) for size in sizes)) if falls else sizes


def _value(found: re.Match[str]) -> Expr:
    text = found.group().removesuffix(found["pi"] or "")
    top, _, bottom = text.replace(",", ".").partition("/")
    size = number(Fraction(top.strip()) / (int(bottom) if bottom else 1))
    return mul(size, PI) if found["pi"] else size
