"""The places to which a text lets letters go, and what holds near them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from grader.expressions.build import chain, number, symbol
from grader.expressions.nodes import Expr
from grader.records import Piece

_ARROW = (
    r"(?:\\to(?![a-z])|\\(?:long)?rightarrow|-+>|→|(?:tends?|goes|going|tending)\s+to|approach(?:es|ing))"
)
_GOES = re.compile(
    rf"(?<![A-Za-z\\_\d])(?P<turned>(?<=[=(\s])[-−]\s*)?(?P<name>[A-Za-z])\$?\s*{_ARROW}\s*\$?\s*(?P<sign>[-+−]?)\s*"
    r"(?:(?P<far>\\infty|∞|oo\b|inf(?:inity)?\b)|(?P<place>\d+)(?![\d.]*\s*\\?[A-Za-z/]))"
    r"\s*(?:\^?\s*\{?\s*(?P<side>[-+−])(?!\s*[\dA-Za-z\\]))?"
)
FAR = number(1000)
_NEAR = Fraction(1, 1000)
_MINUS = ("-", "−")


def places_of_limits(pieces: Iterable[Piece]) -> tuple[tuple[Expr, ...], ...]:
    """For each place to which the text lets a letter go, the inequalities that hold near it."""
    texts = (piece.text for piece in pieces)
    found = (tuple(_bounds(match)) for text in texts for match in _GOES.finditer(text))
    return tuple(dict.fromkeys(found))


def _bounds(found: re.Match[str]) -> Iterator[Expr]:
    name, negative = symbol(found["name"]), found["sign"] in _MINUS
    if found["far"]:
        negative = negative != bool(found["turned"])
        yield chain((name, number(-1000)), ("<",)) if negative else chain((name, FAR), (">",))
        return
    place = Fraction(-int(found["place"]) if negative else int(found["place"]))
    below = 0 if found["side"] == "+" else _NEAR
    above = 0 if found["side"] in _MINUS else _NEAR
    yield chain((name, number(place - below)), (">",))
    yield chain((name, number(place + above)), ("<",))
