"""Accents as characters of their own, behind their letter: x̄ typed as x and a bar, and ẋ as one character."""

from __future__ import annotations

import unicodedata

from grader.notation.errors import Problem
from grader.notation.mathematical_letters import BOLD_LETTERS
from grader.notation.tokens import Token

# Combining characters, as the accents that LaTeX calls so.
MARKS = {
    "\u0302": "hat", "\u0304": "bar", "\u0305": "bar", "\u0303": "tilde", "\u0307": "dot", "\u0308": "ddot",
    "\u20d7": "vec", "\u20d1": "vec", "\u0306": "breve", "\u030c": "check", "\u0332": "underline",
    "\u030a": "ring",
}  # fmt: skip
SOLIDUS = "\u0338"  # strikes out the sign before it: = as ≠
_STRUCK = {"=": "!=", "in": "notin", "<": ">=", ">": "<=", "<=": ">", ">=": "<"}
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Letters of languages, which are names of their own where they stand alone.
_OF_WORDS = frozenset("äëïöüÄËÏÖÜÿåÅůŮ")
ONE_CHARACTER: dict[str, tuple[str, str]] = {
    composed: (accent, letter)
    for mark, accent in MARKS.items()
    for letter in _LETTERS
    for composed in [unicodedata.normalize("NFC", letter + mark)]
    if len(composed) == 1 and composed not in _OF_WORDS
} | {"ℒ": ("cal", "L"), **BOLD_LETTERS}


def mark_last(tokens: list[Token], mark: str, start: int) -> None:
    """Puts an accent over the letter that was read last, or strikes a relation out.

    >>> tokens = [Token("name", "x", 0, 1)]
    >>> mark_last(tokens, "\\u0304", 1)
    >>> [token.text for token in tokens]
    ['bar', '{', 'x', '}']
    """
    last = tokens[-1] if tokens else None
    if mark == SOLIDUS:
        if last is None or last.kind != "rel" or last.text not in _STRUCK:
            raise Problem(start, "decoration", "this stroke goes through =, < or ∈")
        last.text = _STRUCK[last.text]
        return
    place = _letter(tokens, mark)
    if place is None:
        raise Problem(start, "decoration", f"the {MARKS[mark]} stands over no letter", "put it over a letter")
    first, end = tokens[place], start + 1
    gap, first.gap = first.gap, 0
    tokens[place:] = [
        Token("accent", MARKS[mark], first.start, end, gap), Token("{", "{", first.start, end),
        *tokens[place:], Token("}", "}", first.start, end),
    ]  # fmt: skip


def _letter(tokens: list[Token], mark: str) -> int | None:
    """Where the letter begins that was read last, which may have an accent already."""
    if not tokens:
        return None
    if tokens[-1].kind in ("name", "word"):
        return len(tokens) - 1 - (mark == "\u20d7" and _is_pair(tokens))
    depth = 0
    for place in range(len(tokens) - 1, -1, -1):
        depth += (tokens[place].kind == "}") - (tokens[place].kind == "{")
        if depth == 0:
            accented = tokens[place].kind == "{" and place > 0 and tokens[place - 1].kind == "accent"
            return place - 1 if accented else None
    return None


def _is_pair(tokens: list[Token]) -> bool:
    """Two points side by side, which an arrow goes over: AB⃗."""
    pair = tokens[-2:]
    capitals = [t.text for t in pair if t.kind == "name" and len(t.text) == 1 and t.text.isupper()]
    return len(capitals) == 2 and not pair[1].gap
