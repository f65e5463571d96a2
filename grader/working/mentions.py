"""Formulas that only mention a sign, or say what a letter runs over: nothing is lost if they are not read."""

from __future__ import annotations

import re

from grader.notation import Segment

_SIGN = re.compile(
    r"\\?[A-Za-z]+|\\(?:operatorname|mathrm|text)\s*\{[A-Za-z]+\}|[-+=<>]"
    r"|\\frac\s*\{(?:d|\\partial)\}\s*\{(?:d|\\partial)\s*\\?[A-Za-z]+\}|(?:d|\\partial)\s*/\s*(?:d|\\partial)\s*\\?[A-Za-z]+"
)
_ELLIPSIS = r"(?:\\(?:[lc]|text)?dots[cbmio]?|\.\.\.|…)"
_RANGE = re.compile(
    rf"[a-z]\s*(?:=|\\in)\s*(?:\\?\{{)?\s*\d[\d,\s]*,\s*{_ELLIPSIS}\s*,?\s*[A-Za-z0-9|]+\s*(?:\\?\}})?"
)


def is_mention(segment: Segment) -> bool:
    """Whether a formula that was not read is a bare sign (`\\log`), or a range (`i = 1, \\dots, d`)."""
    source = segment.source.strip().rstrip(".,;")
    if segment.tree is not None or any("unknown" in error.cause for error in segment.errors):
        return False
    return bool(_SIGN.fullmatch(source) or _RANGE.fullmatch(source))
