"""Expansions: `O(x^4)`, where O is no factor, and the place about which functions are expanded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from grader.expressions.build import ZERO
from grader.expressions.rewrite import free_symbols
from grader.expressions.symbols import Symbol
from grader.notation import read
from grader.records import Piece
from grader.working.knowledge import Knowledge

_EXPANDS = re.compile(
    r"\b(taylor|maclaurin|(?:series|binomial) expansion|power series|(?:linear|quadratic|cubic) approximation"
    r"|small (?:values of )?x|expan\w+ (?:of|up to|to order))\b",
    re.IGNORECASE,
)
_PLACE = r"\s+(?:the point )?[a-z]\s*=\s*(?P<place>-?\d+(?![\d.])|-?\\pi(?:/\d)?)"
_ABOUT = re.compile(rf"\b(?:about|around|near|(?:centred|centered) at){_PLACE}", re.IGNORECASE)
_AT = re.compile(rf"\bat{_PLACE}", re.IGNORECASE)
_ORDER = re.compile(
    r"[+\-=]\s*(?:\\mathcal\s*\{?\s*)?(?P<name>[Oo])\s*\}?\s*(?:\\left|\\[bB]igg?l?)?\s*\(\s*[^\s\d),]"
)
# `O(x^3)`, `\mathcal{O}(h^2)`: what is left out.
_REMAINDER = re.compile(r"(?<![A-Za-z\\])[Oo]\s*\}?\s*(?:\\left|\\big|\\Big)?\s*\(")


def with_orders(pieces: Iterable[Piece], known: Knowledge) -> Knowledge:
    """What is known, with O a function of its own where formulas end in `+ O(x^4)`."""
    found = {m["name"] for p in pieces if p.kind == "math" for m in _ORDER.finditer(p.text)}
    new = [Symbol(name, "function") for name in sorted(found) if name not in known.table.symbols]
    return replace(known, table=known.table.with_symbols(new)) if new else known


def with_centre(pieces: Iterable[Piece], known: Knowledge) -> Knowledge:
    """What is known, with the place about which a text expands functions, if it does."""
    text = " ".join(piece.text for piece in pieces)
    if not _EXPANDS.search(text):
        return known
    found = list(_ABOUT.finditer(text)) or list(_AT.finditer(text))
    places = set() if "maclaurin" in text.lower() else {one["place"] for one in found}
    centre = read(places.pop(), known.table).tree if len(places) == 1 else ZERO
    closed = centre if centre is not None and not free_symbols(centre) else None
    return replace(known, told=replace(known.told, centre=closed))


def leaves_out(pieces: Iterable[Piece]) -> bool:
    """Whether a formula writes `O(x^3)` for what it leaves out."""
    return any(_REMAINDER.search(piece.text) for piece in pieces if piece.kind == "math")
