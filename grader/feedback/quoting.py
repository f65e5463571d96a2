"""A student's own words inside feedback: quoted so that they can never become markup."""

from __future__ import annotations


def quoted(source: str, limit: int = 200) -> str:
    """A line as code, with a fence longer than any run of backticks in it.

    >>> quoted("a `b` c")
    '`` a `b` c ``'
    """
    text = " ".join(source.split())
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    run = longest = 0
    for character in text:
        run = run + 1 if character == "`" else 0
        longest = max(longest, run)
    fence = "`" * (longest + 1)
    pad = " " if longest else ""
    return f"{fence}{pad}{text}{pad}{fence}"
