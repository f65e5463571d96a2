"""What people have said of all equal answers at once: what another such word would set aside."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256

from grader.marking.overrides import Change


def said_of(standing: Iterable[Change], question: str, group: Collection[str]) -> tuple[Change, ...]:
    """The words for every equal answer that were said of one of a group, the earliest first."""
    return tuple(
        change
        for change in standing
        if change.equal and change.question == question and change.submission in group
    )


def seen_of(said: Sequence[Change]) -> str:
    """A text that is another one as soon as something else is said; nothing where nothing is.

    >>> seen_of(())
    ''
    """
    told = " ".join(f"{change.command}.{change.mark}" for change in said)
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16] if told else ""
