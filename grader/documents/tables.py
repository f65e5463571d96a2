"""The borders between the cells of a Markdown table, which are neither prose nor bars of a formula."""

from __future__ import annotations

import re

from grader.documents.layout import Layout, Span, Spans

_ROW = re.compile(r"^[ \t>]*\|[^\n]*\|[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"[ \t>]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*")
_SPACED = re.compile(r"[ \t>]*\|[ \t][^\n]*[ \t]\|[ \t]*")
_BORDER = re.compile(r"[ \t]*(?<!\\)\|[ \t]*")
_WORD = re.compile(r"[A-Za-z]{3}|[$]")


def borders(text: str, layout: Layout) -> list[Span]:
    """The ranges of `text` that are borders of a table: bars outside formulas, and the rule below its head.

    A line is a row if it begins and ends with a bar and either stands in a table with a rule or has
    blanks inside its outer bars and words between them, so that `|x| = |y|` stays a formula.
    """
    if "|" not in text:
        return []
    formulas = Spans([*((f.start, f.end) for f in layout.formulas), *layout.quiet])
    found: list[Span] = []
    for block in _blocks(text):
        ruled = any(_RULE.fullmatch(text, *row) for row in block)
        for row in block:
            if _RULE.fullmatch(text, *row):
                found.append(row)
            elif ruled or (_SPACED.fullmatch(text, *row) and _WORD.search(text, *row)):
                bars = [bar.span() for bar in _BORDER.finditer(text, *row)]
                found += [part for bar in bars for part in formulas.without(*bar)]
    return found


def _blocks(text: str) -> list[list[Span]]:
    """The lines between bars, those that follow each other together."""
    blocks: list[list[Span]] = []
    for match in _ROW.finditer(text):
        if blocks and blocks[-1][-1][1] + 1 == match.start():
            blocks[-1].append(match.span())
        else:
            blocks.append([match.span()])
    return blocks
