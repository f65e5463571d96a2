"""Small words on a page: numbers, places, and sentences that quote a formula."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

LIMIT = 4000  # characters of one sentence
_CODE = re.compile(r"(?<!`)(`++)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_HALVES = range(0xD800, 0xE000)  # of characters: no text by themselves
_KEPT = {9: " ", 10: "\n", 13: " "}
_CONTROLS = dict.fromkeys((*range(32), 127, *_HALVES), "\N{REPLACEMENT CHARACTER}") | _KEPT


def number(value: float) -> str:
    """Points without a needless .0.

    >>> number(2.0), number(2.5)
    ('2', '2.5')
    """
    return f"{value:.4g}"


def where(line: int, cell: int | None = None) -> str:
    """A place within a file: "line 17", or in a notebook "cell 1, line 3" (cells counted from 0).

    >>> where(17), where(3, 1)
    ('line 17', 'cell 1, line 3')
    """
    return f"line {line}" if cell is None else f"cell {cell}, line {line}"


def clean(text: str) -> str:
    """A text that can stand in a page: control characters and halves of letters are replaced."""
    return text.translate(_CONTROLS)


def quoted(text: str) -> Markup:
    """A sentence with what stands between backticks as code; everything else is plain text.

    >>> str(quoted("`a<b` could not be read"))
    '<code>a&lt;b</code> could not be read'
    """
    parts: list[Markup] = []
    rest = 0
    line = clean(text if len(text) <= LIMIT else text[: LIMIT - 1] + "…")
    for found in _CODE.finditer(line):
        parts.append(escape(line[rest : found.start()]))
        parts.append(Markup("<code>{}</code>").format(found.group(2).strip()))
        rest = found.end()
    parts.append(escape(line[rest:]))
    return Markup("").join(parts)
