"""`Write $x^2 + 6xy + y^2$ as $v^T A v$`: the form that a text asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from grader.records import Piece
from grader.working.knowledge import Knowledge

_FORM = re.compile(
    r"\b(?:write|express|rewrite|put|writing|expressing)\s+(?:the (?:quadratic form|expression|function) )?"
    r"\$(?P<of>[^$]+)\$ (?:as|in the form) \$(?P<form>[^$]+)\$"
)


def with_forms(pieces: Sequence[Piece], known: Knowledge) -> Knowledge:
    """What is known, with the forms in which something is to be written."""
    text = "".join(f"${p.text.strip()}$" if p.kind == "math" else p.text.lower() for p in pieces)
    found = [(m["of"], m["form"]) for m in _FORM.finditer(re.sub(r"\s+", " ", text))]
    return replace(known, told=replace(known.told, written=tuple(found))) if found else known
