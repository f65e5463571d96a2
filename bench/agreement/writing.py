"""Writes the rows of one answer in a dialect, and remembers the line of each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bench.agreement.dialects import DIALECTS, Dialect
from bench.agreement.records import Row, Sheet, Style
from bench.agreement.spelling import fill, spellings
from bench.agreement.totext import to_text

MACROS = {r"\mathbf{w}": r"\w", r"\phi(x)": r"\feat", r"\sigma": r"\s"}


class Writer:
    """Writes formulas and prose as one student does."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.dialect: Dialect = DIALECTS[style.kind]
        self.table = spellings(style)[self.dialect.syntax]

    def formula(self, text: str) -> str:
        if self.dialect.syntax != "latex":
            return fill(to_text(text, self.dialect.syntax, self.style.stars), self.table)
        text = fill(text, self.table)
        if self.style.kind == "tex-sections":
            text = _with_macros(text)
        return text

    def prose(self, text: str) -> str:
        opening, closing = self.dialect.inline
        pieces = text.split("$")
        return "".join(opening + self.formula(p) + closing if at % 2 else p for at, p in enumerate(pieces))

    def answer(self, sheet: Sheet, rows: Iterable[Row], prefix: str = "") -> None:
        """Appends the rows; `prefix` (a question's mark) stands before the first of them, on its line."""
        for group in _groups(rows, self.style.chains == "aligned" and bool(self.dialect.chain[0])):
            before = len(sheet.lines)
            if len(group) > 1:
                self._chain(sheet, group, prefix)
            else:
                self._single(sheet, group[0], prefix)
            prefix = ""
            if self.dialect.blank and len(sheet.lines) > before:
                sheet.add("")

    def _single(self, sheet: Sheet, row: Row, prefix: str) -> None:
        if row.kind == "display":
            self._display(sheet, row, prefix)
        elif row.kind == "hidden":
            sheet.add(
                prefix + self.dialect.comment[0] + self.prose(row.text) + self.dialect.comment[1], row.tag
            )
        elif row.kind == "struck":
            sheet.add(prefix + self._struck(row.text), row.tag)
        else:
            sheet.add(prefix + self.prose(row.text), row.tag)

    def _struck(self, text: str) -> str:
        opening, closing = self.dialect.strike
        if self.style.kind.startswith("tex") and re.fullmatch(r"\$[^$]+\$", text):
            return rf"$\cancel{{{self.formula(text.strip('$'))}}}$"
        return opening + self.prose(text) + closing

    def _display(self, sheet: Sheet, row: Row, prefix: str) -> None:
        opening, closing = self.dialect.display
        text = self._boxed(row, whole=len(row.text) % 2 == 0)
        if self.dialect.one_line or not opening:
            sheet.add(prefix + opening + text + closing, row.tag)
            return
        sheet.add((prefix + opening).rstrip())
        sheet.add(text, row.tag)
        sheet.add(closing)

    def _chain(self, sheet: Sheet, group: list[Row], prefix: str) -> None:
        opening, closing = self.dialect.chain
        rows = [self._boxed(row, whole=False).replace("=", "&=", 1) for row in group]
        if not self.dialect.chain_lines:
            sheet.add(prefix + opening + r" \\ ".join(rows) + closing, *(row.tag for row in group))
            return
        sheet.add((prefix + opening).rstrip())
        for at, (text, row) in enumerate(zip(rows, group, strict=True)):
            sheet.add(text + (r" \\" if at < len(rows) - 1 else ""), row.tag)
        sheet.add(closing)

    def _boxed(self, row: Row, whole: bool) -> str:
        text = self.formula(row.text)
        if not (row.box and self.dialect.syntax == "latex") or r"\boxed" in text:
            return text
        head, equals, last = text.rpartition("= ")
        if whole and not text.startswith("="):
            return rf"\boxed{{{text}}}"
        return head + equals + rf"\boxed{{{last}}}"


def _groups(rows: Iterable[Row], chains: bool) -> list[list[Row]]:
    """Rows that are written together: a formula and the rows that continue it."""
    groups: list[list[Row]] = []
    for row in rows:
        continues = (
            row.kind == "display" and row.text.startswith("=") and groups and groups[-1][-1].kind == "display"
        )
        if chains and continues:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _with_macros(text: str) -> str:
    for long, short in MACROS.items():
        text = text.replace(long, short + " ")
    text = re.sub(r"\\lVert (.*?)\\rVert", r"\\norm{\1}", text)
    return re.sub(r" +(?=[(_'^)}]|$)", "", text)


def plain(row: Row) -> Row:
    """The row without its box."""
    return replace(row, box=False)
