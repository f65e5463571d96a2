"""What words say of an angle: `alpha is acute`, "theta in the second quadrant"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from grader.expressions.build import HALF, PI, ZERO, chain, mul, number
from grader.expressions.nodes import Expr
from grader.expressions.symbols import SymbolTable
from grader.notation import read
from grader.records import Piece
from grader.working.knowledge import Knowledge

_QUARTERS = {"acute": 0, "first": 0, "obtuse": 1, "second": 1, "third": 2, "fourth": 3}
_WHERE = r"(?P<kind>acute|obtuse)\b|in the (?P<quadrant>first|second|third|fourth) quadrant"
_BEHIND = re.compile(rf"\s*(?:is|are|being|lies)?\s*(?:an?\s+)?(?:{_WHERE})", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?P<kind>acute|obtuse) angle\s*$", re.IGNORECASE)
_RELATION = re.compile(r"[=<>]|\\[lg]e|\\ne")
_OF_FIGURES = re.compile(
    r"\b(triangles?|angles? between|(co)?sine rule|law of (co)?sines|(is|are) acute|acute angle|vectors?"
    r"|interior angle|dot product|scalar product|opposite side|hypotenuse)\b"
)
_ACUTE = re.compile(
    r"\b(since|as|because) (the |this |that |it |an? )?(angle )?(is |must be )?acute"
    r"|\bthe acute angle between|right[- ](angled )?triangle|hypotenuse"
)
_ARGUMENT = re.compile(
    r"\\?(?:cos|sin|tan)\s*(?:\^\{?-?\d\}?)?\s*[({]?\s*(\\[a-z]+|[A-Za-zα-ω])(?![A-Za-z])(?=\s*(?:[)}=]|\\approx))"
)


def with_angles(pieces: Sequence[Piece], known: Knowledge) -> Knowledge:
    """What is known, with the quarter of the circle in which words place an angle."""
    for piece, word in _said(pieces):
        angle = read(piece.text, known.table, piece.syntax).tree
        if angle is not None and angle.head == "symbol" and angle.kind == "scalar":
            known = known.learn(_within(angle, _QUARTERS[word.lower()]), piece.place, side=True)
    return known


def angle_bounds(pieces: Sequence[Piece]) -> tuple[Expr, ...]:
    """The bounds of the letters in sines and cosines where words speak of a triangle or of vectors."""
    prose = " ".join(piece.text.lower() for piece in pieces if piece.kind != "math")
    if not _OF_FIGURES.search(prose):
        return ()
    letters = {m[1] for piece in pieces if piece.kind == "math" for m in _ARGUMENT.finditer(piece.text)}
    whole = [read(f"\\cos {letter}", SymbolTable(), "latex").tree for letter in sorted(letters)]
    names = [tree.args[0] for tree in whole if tree is not None and tree.head == "call"]
    high = mul(HALF, PI) if _ACUTE.search(prose) else PI
    return tuple(chain((ZERO, name, high), ("<", "<")) for name in names if name.head == "symbol")


def _said(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, str]]:
    """The names beside which such a word stands, each with the word."""
    for before, after in pairwise(pieces):
        name, match = before, _BEHIND.match(after.text)
        if before.kind != "math":
            name, match = after, _BEFORE.search(before.text)
        if match and name.kind == "math" and not _RELATION.search(name.text):
            yield name, next(word for word in match.groups() if word)


def _within(angle: Expr, quarter: int) -> Expr:
    low, high = (mul(number(Fraction(n, 2)), PI) if n else ZERO for n in (quarter, quarter + 1))
    return chain((low, angle, high), ("<", "<"))
