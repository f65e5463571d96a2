"""The modulus of which a text speaks: `mod 7`, `\\pmod{12}`, "divisible"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.records import Piece

_MODULUS = re.compile(r"\\pmod\s*\{?\s*(\d+)|\bmod(?:ulo)?\s+\$?(\d+)")
_MODULAR = re.compile(r"\\[pb]?mod\b|\bmod(ulo)?\b|\bcongruen|\bremainder|\bdivisible")


def modulus_told(pieces: Sequence[Piece]) -> int:
    """The modulus of which a text speaks; 1 if there are several or none is named, 0 without congruences."""
    text = " ".join(piece.text.lower() for piece in pieces)
    found = {int(m[1] or m[2]) for m in _MODULUS.finditer(text)}
    if len(found) == 1:
        return found.pop()
    return 1 if found or _MODULAR.search(text) else 0
