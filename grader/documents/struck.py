"""Crossed-out work: ``~~..~~``, ``<del>``, ``\\sout{..}``, and formulas that are cancelled as a whole."""

from __future__ import annotations

import re

from grader.documents.inline import closing_brace, line_start
from grader.documents.layout import Span

TAGS = frozenset({"del", "s", "strike"})
COMMANDS = frozenset({"sout", "st", "xout", "cancel", "xcancel", "bcancel", "hcancel"})

_WHOLE = re.compile(r"\s*\\(?:sout|st|x?cancel|bcancel|hcancel|enclose\{[a-z]*strike\})\s*\{")


def tilde_pairs(text: str, offsets: list[int]) -> list[Span]:
    """The ranges between the ``~~`` at `offsets`: from one with text after it to one with text before it.

    >>> tilde_pairs("a ~~b~~ c ~~ d", [2, 5, 10])
    [(4, 5)]
    """
    pairs: list[Span] = []
    opened = -1
    for offset in offsets:
        if opened < 0:
            opened = offset + 2 if not text[offset + 2 : offset + 3].isspace() or _alone(text, offset) else -1
        elif not text[offset - 1].isspace() or _alone(text, offset):
            pairs.append((opened, offset))
            opened = -1
    return pairs


def cancelled(text: str, start: int, end: int) -> bool:
    """Is all of a formula inside one ``\\cancel{..}`` or ``\\sout{..}``?"""
    match = _WHOLE.match(text, start, end)
    if match is None:
        return False
    close = closing_brace(text, match.end(), end)
    return close >= 0 and not text[close + 1 : end].strip(" \n\t.,")


def _alone(text: str, offset: int) -> bool:
    """A ``~~`` on a line of its own."""
    return not text[line_start(text, offset) : offset].strip() and text[offset + 2 : offset + 3] in ("", "\n")
