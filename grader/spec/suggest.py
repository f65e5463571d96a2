"""Did you mean? The nearest known word to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

MAX_WORD = 80


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, or None; case is ignored first, then letters are compared.

    >>> nearest("refrence", ["reference", "points"])
    'reference'
    """
    words = list(known)
    if len(word) > MAX_WORD:  # comparing takes as long as both are long
        return None
    folded = {item.casefold(): item for item in reversed(words)}
    same = folded.get(word.casefold())
    if same is not None and same != word:
        return same
    close = get_close_matches(word, words, 1, 0.6)
    return close[0] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint for an unknown word: the nearest one, else what there is."""
    words = list(known)
    near = nearest(word, words)
    if near is not None:
        return f"did you mean `{near}`?"
    return "known are " + ", ".join(f"`{item}`" for item in words) if words else ""
