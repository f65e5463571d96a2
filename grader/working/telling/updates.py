"""`w \\leftarrow w - 0.1 g`: names that a text gives one value after another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.records import Piece

_ASSIGNED = re.compile(
    r"(?:^|[\s{(&])(?:\\(?:mathbf|vec|boldsymbol|bm)\s*\{?)?(?P<name>\\?[A-Za-z]+)\}?\s*(?:\\leftarrow|\\gets|←|<-(?!\d)|:=)\s*(?P<rest>.*)",
    re.DOTALL,
)


def updated_names(pieces: Sequence[Piece]) -> frozenset[str]:
    """The names on the left of an arrow that stand in what they are set to.

    >>> from grader.records import Place
    >>> sorted(updated_names([Piece("math", "w \\\\leftarrow w + yx", Place("a.md", 1))]))
    ['w']
    """
    found = (m for piece in pieces if piece.kind == "math" for m in (_ASSIGNED.search(piece.text),) if m)
    return frozenset(
        m["name"].lstrip("\\")
        for m in found
        if re.search(rf"(?<![A-Za-z]){re.escape(m['name'])}(?![A-Za-z])", m["rest"])
    )
