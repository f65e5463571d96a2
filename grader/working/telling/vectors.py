"""Letters that are set to tuples of numbers and reckoned with, as vectors: `a = (1, 2)`, `2a`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from grader.expressions.symbols import Symbol
from grader.notation import read
from grader.records import Piece
from grader.working.knowledge import Knowledge

_ENTRY = r"[^(),;=<>.]*(?:\([^(),=]*\)[^(),;=<>.]*|\.\d[^(),;=<>.]*)*"
_SET = re.compile(
    r"(?:^|[,;&\n]|\\\\|\\q?quad|\\text\{[^{}]*\}|\band\b|\}|[.:])\s*"
    r"(?P<name>\\?[A-Za-z]+(?:_(?:\w|\{\w+\}))?|[A-Za-z]\d)\s*&?=\s*(?:\\left|\\big)?\("
    rf"{_ENTRY}(?:,{_ENTRY})+(?:\\right|\\big)?\)(?P<power>\s*\^)?"
)
_OPEN = re.compile(r"\\[lcv]?dots|\.\.\.|…|\\infty|\boo\b|∞")


def with_vectors(pieces: Sequence[Piece], known: Knowledge) -> Knowledge:
    """What is known, with the letters that are set to tuples of numbers, and reckoned with, as vectors."""
    texts = [piece.text for piece in pieces if piece.kind == "math"]
    names = [read(name, known.table).tree for name in _named(texts)]
    found = [n for n in names if n is not None and n.head == "symbol" and n.kind == "scalar"]
    new = [Symbol(n.value, "vector") for n in found if n.value not in known.table.symbols]
    return replace(known, table=known.table.with_symbols(new)) if new else known


def _named(texts: Sequence[str]) -> Iterator[str]:
    for match in (m for text in texts for m in _SET.finditer(text)):
        name = match["name"]
        if not (_OPEN.search(match.group()) or match["power"]) and _is_vector(name, texts):
            yield name


def _is_vector(name: str, texts: Sequence[str]) -> bool:
    """Small letters are vectors, but no sets; capital ones are points."""
    member = rf"(?:\\in|∈|\bin|\\cup|∪)\s*{re.escape(name)}(?![A-Za-z_])"
    return not name[:1].isupper() and not any(re.search(member, text) for text in texts)
