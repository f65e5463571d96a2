"""Letters that stand for matrices and vectors of an open size: X of `X^T X w = X^T y`, and w and y.

A capital letter that is transposed, where no matrix of the text is written out, is one; small letters behind
it, and small letters that are transposed themselves, are vectors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from grader.expressions.identity import identity
from grader.expressions.symbols import Symbol
from grader.notation import read
from grader.records import Piece
from grader.working.knowledge import Knowledge

_T = r"\s*\^\s*(?:T|\\top\b|\\intercal\b|\{\s*(?:T|\\top|\\intercal|\\math(?:sf|rm)\{T\})\s*\})"
_TURNED = re.compile(rf"(?<![A-Za-z\\_])(?P<letter>[A-Za-z]){_T}")
_WRITTEN_OUT = re.compile(r"\\begin\{\w*(?:matrix|array)\}|\[\s*\[|;\s*-?\d")
# What is said of matrices in words makes more equal than holds of all of them.
_SPECIAL = re.compile(
    r"\b(symmetric|orthogonal|orthonormal|idempotent|diagonal\w*|projection|unitary|commut\w*|definite)\b"
)
_SIZE = re.compile(r"(?<!\d)([2-9]|n)\s*(?:\\times|×|x)\s*\1(?!\d)")
_BARRED = re.compile(r"\|\s*(?P<letter>[A-Z])\s*\|")
_NO_VECTOR = frozenset("deijkntT")


def with_abstract_matrices(pieces: Sequence[Piece], known: Knowledge) -> Knowledge:
    """What is known, with the letters declared that can only be matrices and vectors."""
    texts = [piece.text for piece in pieces if piece.kind == "math"]
    if any(_WRITTEN_OUT.search(text) for text in texts):
        return known
    if any(_SPECIAL.search(piece.text.lower()) for piece in pieces if piece.kind != "math"):
        return known
    turned = {m["letter"] for text in texts for m in _TURNED.finditer(text)}
    matrices = {letter for letter in turned if letter.isupper() and letter != "T"} | _measured(pieces)
    if not matrices:
        return known
    vectors = {letter for letter in turned if letter.islower()} | _behind(matrices, texts)
    made = [_declared(letter, "matrix", known) for letter in sorted(matrices)]
    made += [_declared(letter, "vector", known) for letter in sorted(vectors - _NO_VECTOR)]
    if "I" not in matrices and "I" not in known.table.symbols:
        made.append(Symbol("I", "matrix", definition=identity()))
    return replace(known, table=known.table.with_symbols([one for one in made if one is not None]))


def _measured(pieces: Sequence[Piece]) -> set[str]:
    """The capital letters between bars where a text gives the size of matrices: `|A| = 2`, both `3 x 3`."""
    if not any(_SIZE.search(piece.text) for piece in pieces):
        return set()
    return {m["letter"] for piece in pieces if piece.kind == "math" for m in _BARRED.finditer(piece.text)}


def _behind(matrices: set[str], texts: Sequence[str]) -> set[str]:
    """The small letters behind a matrix or its transpose, and those beside such a product: y of `Xw - y`."""
    inverse = r"\s*\^\s*\{\s*-\s*(?:1|T|\\top)\s*\}"
    matrix = rf"(?<![A-Za-z\\_])[{''.join(sorted(matrices))}](?:{_T}|{inverse})?"
    product = rf"{matrix}\s*[a-z]"
    patterns = (
        rf"{matrix}\s*(?P<letter>[a-z])(?![A-Za-z(])",
        rf"{product}\s*&?[-+=]\s*(?P<letter>[a-z])(?![A-Za-z^_(\d])",
        rf"(?<![A-Za-z\\_^])(?P<letter>[a-z])\s*&?[-+=]\s*{product}(?![A-Za-z(])",
    )
    return {m["letter"] for one in patterns for text in texts for m in re.finditer(one, text)}


def _declared(letter: str, kind: str, known: Knowledge) -> Symbol | None:
    tree = read(letter, known.table).tree
    free = tree is not None and tree.head == "symbol" and tree.value not in known.table.symbols
    return Symbol(letter, "matrix" if kind == "matrix" else "vector") if free else None
