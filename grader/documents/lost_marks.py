"""Signs that some questions are answered under marks that were not recognized."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from statistics import median

from grader.records import Finding, Piece

_SAYS = re.compile(r"[-=<>+*/^≤≥≠∇∂√]|\\(?:frac|sqrt|cdot|nabla|partial|le|ge|ne|boxed|in|to)(?![A-Za-z])|\d")
_LEAST_MISSING = 2
# A section with at least this many formulas, and this many times as many as the usual one, is too long.
_LONG, _TIMES = 9, 3


def lost_marks(parts: Mapping[int | None, Sequence[Piece]]) -> list[Finding]:
    """A warning if two or more questions have no part, and their answers may stand elsewhere.

    `parts` has the pieces by the number of the question, under None what stands before the first mark.
    """
    counts = {number: _formulas(pieces) for number, pieces in parts.items() if number is not None}
    missing = sorted(number for number, pieces in parts.items() if number is not None and not pieces)
    if len(missing) < _LEAST_MISSING or len(missing) == len(counts):
        return []
    home = parts.get(None, ()) if _formulas(parts.get(None, ())) else _too_long(parts, counts)
    if not home:
        return []
    listed = ", ".join(str(number) for number in missing[:-1]) + f" and {missing[-1]}"
    message = (
        f"No mark was found for questions {listed}; their answers may stand here, with marks not recognized."
    )
    hint = "Begin each answer with its number on a line of its own, such as `Question 2` or `(2)`."
    return [Finding("warning", message, home[0].place, hint, "question-marks-missing")]


def _formulas(pieces: Sequence[Piece]) -> int:
    """How many formulas there are that say more than a name."""
    return sum(p.kind == "math" and not p.struck and _SAYS.search(p.text) is not None for p in pieces)


def _too_long(parts: Mapping[int | None, Sequence[Piece]], counts: Mapping[int, int]) -> Sequence[Piece]:
    """The part that is far longer than the others, if one is."""
    longest = max(counts, key=lambda number: counts[number])
    others = [count for number, count in counts.items() if number != longest and count]
    usual = median(others) if others else 1
    return parts[longest] if counts[longest] >= max(_LONG, _TIMES * usual) else ()
