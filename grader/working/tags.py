"""Numbers of equations, `x + y = 5 (1)`: they are no factors, and nothing is read of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from grader.records import Piece

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi")
_SPACE = r"(?:\s|\\[,;:!> ]|\\q?quad(?![a-zA-Z])|\\hfill(?![a-zA-Z])|\\hspace\*?\{[^{}]*\}|~|&)"
_DOTS = r"(?:\.{2,}|…+|\\[lc]?dots(?![a-zA-Z]))"
_STARS = r"(?:\*|\\ast|\\star|\\dagger|†|⋆){1,3}\s*"
_NUMBER = rf"(?P<tag>\d{{1,2}}|[ivx]{{1,3}}|{_STARS})"
# A number in brackets behind a gap, at the end of a statement.
_TAG = re.compile(
    rf"(?<=[\w}})\]!|])(?:{_SPACE}|{_DOTS})+(?:\({_NUMBER}\)|\\text\{{\s*\((?P<said>\d{{1,2}})\)\s*\}})"
    r"(?=\s*(?:[,;.]|\\\\|\\end|\n|$|\\q?quad|\\text\b))"
)
_RELATION = re.compile(r"[=<>≤≥≠]|\\[lg]eq?\b|\\neq?\b")
_CALLED = re.compile(r"(?<![A-Za-z\\])([A-Za-z]'*)\s*$")


def without_tags(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces with blanks for the numbers of their equations."""
    found = [match for piece in pieces for match in _tags(piece, pieces)]
    meant = _counted([_name(match) for match in found]) | _cited(found, pieces)
    if not any(_is_meant(match, meant) for match in found):
        return pieces
    return [_blanked(piece, [m for m in _tags(piece, pieces) if _is_meant(m, meant)]) for piece in pieces]


def _is_meant(match: re.Match[str], meant: set[str]) -> bool:
    name = _name(match)
    return name in meant or not name.isalnum()


def _tags(piece: Piece, pieces: Sequence[Piece]) -> Iterator[re.Match[str]]:
    """What may be a number of an equation in a piece: it stands behind a relation and no function."""
    for match in _TAG.finditer(piece.text) if piece.kind == "math" else ():
        before = piece.text[: match.start()]
        called = _CALLED.search(before)
        if _RELATION.search(before) and not (called and _is_called(called[1], pieces)):
            yield match


def _is_called(name: str, pieces: Sequence[Piece]) -> bool:
    """Whether a letter stands before a bracket without a gap anywhere: `f(x)`."""
    call = re.compile(rf"(?<![A-Za-z\\]){re.escape(name)}\(")
    return name[0] in "fgh" or any(call.search(p.text) for p in pieces if p.kind == "math")


def _name(match: re.Match[str]) -> str:
    return str(match["tag"] or match["said"]).strip()


def _counted(names: Sequence[str]) -> set[str]:
    """The names, if they count from one on and there are several."""
    first = list(dict.fromkeys(names))
    for count in (tuple(str(n) for n in range(1, 21)), _ROMAN):
        own = [name for name in first if name in count]
        if len(own) > 1 and own == list(count[: len(own)]):
            return set(own)
    return set()


def _cited(found: Sequence[re.Match[str]], pieces: Sequence[Piece]) -> set[str]:
    """The names that the words refer to: `from (1)`."""
    prose = " ".join(p.text for p in pieces if p.kind != "math" or _TAG.fullmatch(f"1 {p.text.strip()}"))
    return {name for name in map(_name, found) if f"({name})" in prose}


def _blanked(piece: Piece, matches: Sequence[re.Match[str]]) -> Piece:
    text = piece.text
    for match in matches:
        text = text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]
    return replace(piece, text=text) if matches else piece
