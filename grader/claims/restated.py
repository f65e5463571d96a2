"""The question's own words, copied into an answer: they claim nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.claims.items import Item
from grader.expressions.nodes import Expr
from grader.records import Piece, Place

Signature = tuple[str | Expr, ...]

_MATHS = re.compile(r"(\$\$.*?\$\$|\$.*?\$|\\\(.*?\\\))", re.DOTALL)


def pieces_of(text: str) -> list[Piece]:
    """A question's text as pieces of a document."""
    out: list[Piece] = []
    for part in _MATHS.split(text):
        inner = part.removeprefix("\\(").removesuffix("\\)") if part.startswith("\\(") else part.strip("$")
        if inner:
            kind = "math" if part.startswith(("$", "\\(")) else "prose"
            out.append(Piece("math" if kind == "math" else "prose", inner, Place("", 1)))
    return out


def signatures(sentences: Sequence[Sequence[Item]]) -> frozenset[Signature]:
    """What the sentences of a question look like, each whole and from each of its commas on."""
    found: set[Signature] = set()
    for items in sentences:
        cuts = [0, *(at + 1 for at, item in enumerate(items) if item.kind == "comma")]
        found.update(_signature(items[at:]) for at in cuts)
    return frozenset(s for s in found if len(s) > 2)


def is_restated(items: Sequence[Item], known: frozenset[Signature]) -> bool:
    """Whether a sentence stands in the question, word for word."""
    return bool(known) and _signature(items) in known


def _signature(items: Sequence[Item]) -> Signature:
    out: list[str | Expr] = []
    for item in items:
        if item.kind in ("comma", "stop"):
            continue
        out.extend(item.trees if item.trees else (item.lemma,))
        out.extend(item.operators)
    return tuple(out)
