"""`Let $A$ and $B$ be symmetric matrices`: letters that words call matrices, and what they say of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from grader.expressions.build import chain, symbol, transpose
from grader.expressions.symbols import Symbol
from grader.records import Piece
from grader.working.knowledge import Knowledge

_LETTERS = r"(?P<letters>\$\s*[A-Z](?:\s*,\s*[A-Z])*\s*\$(?:(?:,| and|, and| or)\s*\$\s*[A-Z]\s*\$)*)"
_SIZE = r"\$[^$]{1,20}\\times[^$]{1,20}\$"
_OF_MATRICES = r"(?:square|invertible|non-?singular|singular|skew-symmetric|symmetric|idempotent|orthogonal)"
_FILL = rf"(?:(?:an?|any|two|three|both|real|all|the|some|{_OF_MATRICES}|{_SIZE}|and|,)\s*)*"
_CALLED = (
    re.compile(rf"{_LETTERS}\s*(?:be|is|are|denotes?)\s+{_FILL}matri(?:x|ces)\b"),
    re.compile(rf"{_LETTERS}\s*(?:be|is|are)\s+(?:both )?{_OF_MATRICES}\b"),
    re.compile(rf"\bmatri(?:x|ces)\s+{_LETTERS}"),
)
_SYMMETRIC = re.compile(rf"{_LETTERS}\s*(?:be|is|are)\s+{_FILL}symmetric\b")
# Laws that are said in words alone: what does not follow for all matrices may follow for these.
_LAWS = re.compile(
    r"\b(idempotent|orthogonal|commut\w*|nilpotent|diagonal|involut\w*|hermitian|unitary|projection|triangular"
    r"|skew|scalar matri|permutation|stochastic|rank)"
)


def with_matrices(pieces: Sequence[Piece], known: Knowledge) -> Knowledge:
    """What is known, with the letters that words call matrices, and those that they call symmetric."""
    text = "".join(f"${p.text}$" if p.kind == "math" else p.text.lower() for p in pieces)
    letters = {name for pattern in _CALLED for name in _named(pattern, text)}
    new = [Symbol(n, "matrix") for n in sorted(letters) if n not in known.table.symbols]
    if not new:
        return known
    prose = " ".join(p.text.lower() for p in pieces if p.kind != "math")
    told = replace(known.told, lawful=known.told.lawful or bool(_LAWS.search(prose)))
    known = replace(known, table=known.table.with_symbols(new), told=told)
    for name in sorted(set(_named(_SYMMETRIC, text)) & letters):
        letter = symbol(name, "matrix")
        known = known.learn(chain((transpose(letter), letter), ("=",)), pieces[0].place, side=True)
    return known


def _named(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for found in pattern.finditer(text):
        yield from re.findall(r"[A-Z]", found["letters"])
