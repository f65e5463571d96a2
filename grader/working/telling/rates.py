"""Letters that change: of a derivative and a value at a place the text speaks, or of a rate."""

from __future__ import annotations

import re
from collections.abc import Iterable

from grader.records import Piece
from grader.working.spellings import FRACTION, D

VALUE = re.compile(
    r"(?<![\\A-Za-z])(?P<name>[A-Za-z])(?P<primes>'*)\s*(?:\\left)?\("
    r"\s*-?(?:[\d./{}\s]|\\pi|\\d?frac)+(?:\\right)?\)"
)
_RATE = re.compile(
    rf"{FRACTION}\s*\{{\s*{D}\s*(?P<over>[A-Za-z])\s*\}}\s*\{{\s*{D}\s*(?P<under>[A-Za-z])\s*\}}"
    rf"|{D}\s*(?P<of>[A-Za-z])\s*/\s*{D}\s*(?P<by>[A-Za-z])(?![A-Za-z])"
)
_PRIMED = re.compile(r"(?P<of>[A-Za-z])'")
_ONE_PRIME = re.compile(r"(?P<of>\\[A-Za-z]+|[A-Za-z])'(?!\s*['(])")


def moving_names(pieces: Iterable[Piece]) -> dict[str, str]:
    """The letters with a derivative and a value at a place, each with its variable ('' after y').

    >>> # `dy/dx = 2y, y(0) = 3` -> {"y": "x"}
    """
    text = "\n".join(piece.text for piece in pieces if piece.kind == "math")
    if "'" not in text and not _RATE.search(text):
        return {}
    valued = {found["name"] for found in VALUE.finditer(text)}
    moving = {found["of"]: "" for found in _PRIMED.finditer(text) if found["of"] in valued}
    for found in _RATE.finditer(text):
        of, by = found["over"] or found["of"], found["under"] or found["by"]
        if of in valued or of_variable(of, by).search(text):
            moving[of] = by
    return moving


def changing_names(pieces: Iterable[Piece]) -> frozenset[str]:
    """The letters of whose rate of change the text speaks: of `dV/dt = 100` V, also before that line."""
    texts = (piece.text for piece in pieces if piece.kind == "math")
    found = (rate for text in texts for rate in _RATE.finditer(text))
    return frozenset(rate["over"] or rate["of"] for rate in found)


def primed_names(pieces: Iterable[Piece]) -> frozenset[str]:
    """The letters with a prime that are applied to nothing: h and phi of `h' = 3 sec^2(phi) phi'`."""
    texts = (piece.text for piece in pieces if piece.kind == "math" and "'" in piece.text)
    return frozenset(found["of"].lstrip("\\") for text in texts for found in _ONE_PRIME.finditer(text))


def of_variable(of: str, by: str) -> re.Pattern[str]:
    """`T(t)` beside dT/dt."""
    return re.compile(rf"(?<![\\A-Za-z]){of}\s*(?:\\left)?\(\s*{by}\s*(?:\\right)?\)")
