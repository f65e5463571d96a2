"""Answers in words alone, where a formula is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.answers.described import describes_a_value
from grader.records import Piece

_NOTHING = re.compile(
    r"\W*(?:(?:do\s*n[o'’]?t|did\s*n[o'’]?t|could\s*n[o'’]?t|cannot|can't|not|no|ran|out|of|skip\w*|n/?a|none|"
    r"nothing|blank|empty|left|todo|sorry|help|time|know\w*|idea|answer\w*|attempt\w*|done|do|solve|finish\w*|it|"
    r"this|the|question|problem|to|have|enough|how|was|is|i|am|had|any|yet|unfortunately|get|here)\b\W*)+",
    re.IGNORECASE,
)
# "I tried to differentiate this but did not get anywhere": what was tried is told, and nothing found.
_GAVE_UP = re.compile(
    r"\W*(?:i|we)(?: have)? (?:tried|attempted|wanted|started|began|meant)(?: [^\W\d_]+){1,10}?,?"
    r" (?:but|and)(?: i| we)?(?: then)?"
    r" (?:(?:did|could|can|was|do)(?: ?not|n[o'’]?t)|got stuck|am stuck|gave up|ran out|failed)"
    r"(?: [^\W\d_]+){0,6}\W*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_WORD = re.compile(r"[^\W\d_]{2,}")


_VALUE = re.compile(
    r"\b(?:is|are|be|at|and|or|equals?|gives?|get|to|[,:=])\W*(?:(?:-|minus )?[1-9]"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten|a half|a third|a quarter)\b)"
    r"|\b(?:nowhere|never|no (?:\w+ )?(?:solutions?|roots?|points?|values?|such))\b",
    re.IGNORECASE,
)


def says_a_value(pieces: Sequence[Piece]) -> bool:
    """Whether the words of an answer hold a number or say that there is none: `the roots are 1 and 3`.

    >>> from grader.records import Place
    >>> [says_a_value([Piece("prose", t, Place("hw.md", 1))]) for t in ("at 1 and 3", "nowhere", "as above")]
    [True, True, False]
    """
    prose = [p.text for p in pieces if p.kind == "prose" and not p.struck]
    return any(_VALUE.search(text) or describes_a_value(text) for text in prose)


def in_words_only(pieces: Sequence[Piece]) -> bool:
    """Whether an answer holds words and no formula, and more than words that say that there is none.

    >>> from grader.records import Place
    >>> said = ["The log-odds of y.", "I ran out of time, sorry.", "I tried to solve it, but got stuck."]
    >>> [in_words_only([Piece("prose", text, Place("hw.md", 1))]) for text in said]
    [True, False, False]
    """
    if any(piece.kind == "math" and not piece.struck for piece in pieces):
        return False
    prose = " ".join(p.text for p in pieces if p.kind == "prose" and not p.struck)
    return len(_WORD.findall(prose)) > 1 and not _tells_nothing(prose)


def _tells_nothing(prose: str) -> bool:
    """Whether every sentence only says that nothing was found."""
    sentences = (" ".join(part.split()) for part in _SENTENCE.split(prose.strip()))
    return all(_NOTHING.fullmatch(s) or _GAVE_UP.fullmatch(s) for s in sentences if s)
