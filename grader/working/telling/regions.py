"""Regions that words describe: "the area between $y = x$ and $y = x^2$", "... rotated about the $x$-axis"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from grader.expressions.build import PI, TWO, ZERO, mul, power, sub, symbol
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, readings
from grader.notation import read
from grader.records import Piece
from grader.working.knowledge import Knowledge

_VARIABLE = symbol("x")
_REGION = re.compile(r"\b(between|bounded|enclosed|under|below|beneath)\b")
_TURNED = re.compile(
    r"\b(?:rotat\w+|revol\w+|turn\w+)\b[^.]*?\b(?:about|around|round) the \$?(?P<axis>[xy])\$?[- ]*axis"
)
_AXIS = re.compile(r"\$?x\$?[- ]*axis")
_OTHER = re.compile(r"\b(volume|length|perimeter|surface|polar|centroid|cross[- ]section)\b")


def with_region(pieces: Sequence[Piece], known: Knowledge) -> Knowledge:
    """What is known, with the integrand that gives the area or the volume which a task describes."""
    first = list(_first_paragraph(pieces))
    said = " ".join(f"${p.text}$" if p.kind == "math" else p.text.lower() for p in first)
    text = " ".join(said.split())
    turned = _TURNED.search(text)
    if not _REGION.search(text) or (turned is None and (_OTHER.search(text) or "area" not in text)):
        return known
    bounds = _TURNED.sub(" ", text)
    curves = [curve for piece in first if piece.kind == "math" for curve in _curves(piece, known)]
    flat = bool(_AXIS.search(bounds)) or bool(re.search(r"\b(under|below|beneath)\b", bounds))
    if len(curves) + flat != 2 or (turned is not None and turned["axis"] != "x"):
        return known
    one, other = (*curves, ZERO)[:2]
    body = sub(one, other) if turned is None else mul(PI, sub(power(one, TWO), power(other, TWO)))
    return replace(known, told=replace(known.told, region=body))


def _first_paragraph(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The task, as far as the first empty line or the first displayed formula."""
    for piece in pieces:
        head, mark, _ = piece.text.partition("\n\n")
        if piece.kind == "math" and piece.display:
            return
        yield replace(piece, text=head) if mark and piece.kind != "math" else piece
        if mark:
            return


def _curves(piece: Piece, known: Knowledge) -> Iterator[Expr]:
    """f of `y = f(x)`."""
    for part in piece.text.split(","):
        tree = read(part, known.table, syntax=piece.syntax).tree
        tree = readings(tree, 1)[0] if tree is not None else None
        if tree is None or tree.head != "chain" or tree.value != ("=",) or tree.args[0] is not symbol("y"):
            continue
        if free_symbols(tree.args[1]) <= {_VARIABLE}:
            yield tree.args[1]
