"""What can be wrong with a formula: one `Problem` per cause, with a place, plain words and a hint."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from grader.records import NotationError


class Problem(Exception):
    """Stops the reading of one formula; readers turn it into a `NotationError`."""

    def __init__(self, offset: int, cause: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.error = NotationError(offset, cause, message, hint)


def suggestion(word: str, known: Iterable[str], mark: str = "") -> str:
    """A hint that names the known spelling nearest to `word` with its first letter, or nothing.

    >>> suggestion("lnn", ["ln", "sin"], chr(92))
    'did you mean `\\\\ln`?'
    """
    alike = sorted(name for name in known if name[:1] == word[:1])
    near = get_close_matches(word, alike, n=1, cutoff=0.7)
    return f"did you mean `{mark}{near[0]}`?" if near else ""


def not_mathematics(words: str, offset: int) -> Problem:
    """Words that may change what a formula says: they are not passed over."""
    message = f"I can't read the words `{words}` as mathematics"
    return Problem(offset, "words", message, "write it in signs, or leave the words out")


def too_large(what: str, offset: int = 0) -> NotationError:
    """The formula is over one of the caps."""
    return NotationError(
        offset, "too-large", f"this formula is too large to be read ({what})", "split it into parts"
    )
