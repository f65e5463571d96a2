"""The state of one tokenization of plain text."""

from __future__ import annotations

from grader.expressions.symbols import SymbolTable
from grader.notation.tokens import Lexed, Token


class TextReader:
    """Where it stands, the tokens so far, and the table of declared names.

    `gap` says that blanks stand before the next token; `closers` are the places of `>` that close an angle
    bracket; with `rows`, a new line is a token.
    """

    __slots__ = ("at", "closers", "gap", "out", "rows", "source", "table")

    def __init__(self, source: str, table: SymbolTable, rows: bool) -> None:
        self.source = source
        self.table = table
        self.rows = rows
        self.at = 0
        self.gap = False
        self.closers: set[int] = set()
        self.out = Lexed()

    def put(self, kind: str, text: str, start: int, end: int | None = None) -> None:
        """Appends a token from `start` to `end`, or to where the reader stands."""
        self.out.tokens.append(Token(kind, text, start, self.at if end is None else end, self.gap))
        self.gap = False

    def declared(self, word: str) -> bool:
        """Whether a word is a declared name, perhaps with other capitals."""
        if word in self.table.by_spelling:
            return True
        return len(word) > 2 and any(
            w in self.table.by_spelling for w in (word.lower(), word.capitalize(), word.upper())
        )

    def accented(self, accent: str, letter: str, start: int) -> None:
        """ŷ and yhat as \\hat{y}."""
        for kind, text in (("accent", accent), ("{", "{"), ("name", letter), ("}", "}")):
            self.put(kind, text, start)
