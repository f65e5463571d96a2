"""A LaTeX formula with the document's own macros written out, so that it can be read without the document."""

from __future__ import annotations

import re

from grader.expressions.symbols import SymbolTable
from grader.notation.errors import Problem
from grader.notation.latex_reader import MAX_EXPANSIONS, Macros, Reader
from grader.notation.tokens import MAX_SOURCE

_COMMAND = re.compile(r"\\(?:([A-Za-z]+)|[\s\S])")
_NAME_AT_END = re.compile(r"\\[A-Za-z]+\Z")
_NO_SYMBOLS = SymbolTable()


def expanded(source: str, macros: Macros) -> str:
    r"""The formula without the macros; as it stands where there are none, or where they have no end.

    >>> expanded(r"\half{x} + 1", {"half": (1, r"\frac{#1}{2}")})
    '\\frac{x}{2} + 1'
    """
    known = {name.lstrip("\\"): definition for name, definition in macros.items()}
    text, at = source, 0
    for _ in range(MAX_EXPANSIONS + 1):
        found = _first(text, at, known)
        if found is None:
            return text
        try:
            body, end = _body(text, found, known)
        except Problem:
            return source
        text, at = text[: found.start()] + _apart(body, text[end : end + 1]) + text[end:], found.start()
        if len(text) > MAX_SOURCE:
            return source
    return source


def _first(text: str, at: int, known: Macros) -> re.Match[str] | None:
    """The first command from a place on that is a macro."""
    if not known:
        return None
    return next((found for found in _COMMAND.finditer(text, at) if found.group(1) in known), None)


def _body(text: str, found: re.Match[str], known: Macros) -> tuple[str, int]:
    """What stands for a macro at its place, and where its arguments end. Raises Problem without them."""
    count, body = known[found.group(1)]
    reader = Reader(text, _NO_SYMBOLS, known)
    reader.at = found.end()
    for number in range(1, count + 1):
        body = body.replace(f"#{number}", reader.group(found.start(), found.group()))
    return body, reader.at


def _apart(body: str, following: str) -> str:
    """A body whose last command would swallow the letter behind it is kept apart from it."""
    return f"{body} " if following.isalpha() and _NAME_AT_END.search(body) else body
