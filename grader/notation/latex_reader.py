"""The state of one tokenization of LaTeX: where it stands, and arguments that are read as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from grader.expressions.symbols import SymbolTable
from grader.notation.commands import BARE_WORDS, COMMANDS
from grader.notation.errors import Problem
from grader.notation.tokens import MAX_SOURCE, MAX_TOKENS, SUBSCRIPTS, SUPERSCRIPTS, Lexed, Token
from grader.records import Remark

Macros = Mapping[str, tuple[int, str]]
MAX_EXPANSIONS = 200

_SCRIPTS = "".join([*SUPERSCRIPTS, *SUBSCRIPTS])
_SPACED = r"(?:\{,\}|,\\!|\\!,|\\,|\\\ |\\;|\\:|~|\ |\{\\,\})"
_GROUPED = rf"[1-9]\d{{0,2}}(?:{_SPACED}\d{{3}})+(?!\d)(?:\.\d+)?"
_NUMBER = rf"{_GROUPED}|\d+(?:\.\d+)?(?:E[-+]?\d+|e\d+)?|\.\d+(?:E[-+]?\d+)?"
_PAIR = r"\.\.\.|:=|=:|<=|>=|!=|\*\*|\|\||[-=]>|<-|//"
PIECE = re.compile(
    rf"(?P<ws>[\s~]+)|(?P<command>\\(?:[A-Za-z]+\*?|[\s\S]))|(?P<num>{_NUMBER})|(?P<letter>[A-Za-z]+)"
    rf"|(?P<prime>['′’]+)|(?P<script>[{_SCRIPTS}]+)|(?P<pair>{_PAIR})|(?P<any>[\s\S])"
)

_SPREAD = re.compile(r"[A-Za-z](?: [A-Za-z](?![A-Za-z]))+")
BARE = {word: COMMANDS[word] for word in BARE_WORDS}


class Reader:
    """The state of one tokenization: where it stands, and the side that `\\left` or `\\right` announced."""

    __slots__ = ("anchor", "at", "budget", "gap", "macros", "out", "side", "source", "table")

    def __init__(self, source: str, table: SymbolTable, macros: Macros) -> None:
        self.source = source
        self.at = 0
        self.table = table
        self.macros = macros
        self.out = Lexed()
        self.gap = 0
        self.side: str | None = None
        self.anchor: tuple[int, int] | None = None
        self.budget = [MAX_EXPANSIONS, MAX_SOURCE]

    def run(self) -> None:
        match = PIECE.match
        tokens = self.out.tokens
        source = self.source
        stop = len(source)
        while self.at < stop:
            start = self.at
            found = match(source, start)
            assert found is not None
            self.at = found.end()
            kind = found.lastgroup
            text = source[start : self.at]
            if kind == "ws":
                self.gap = self.gap or 1
            elif kind == "letter":
                apart = len(text) == 1 and source.startswith(" ", self.at)
                spread = self._spread_name(start) if apart else None
                if spread is not None:
                    self.at += len(spread) * 2 - 2
                    self.put(*BARE.get(spread, ("word", spread)), start)
                elif len(text) == 1:
                    self.put("name", text, start)
                else:
                    HANDLERS["letter"](self, text, start)
            else:
                HANDLERS[kind or "any"](self, text, start)
            if len(tokens) > MAX_TOKENS:
                raise Problem(
                    start, "too-large", "this formula has too many parts to be read", "split it into parts"
                )
        self.side = None

    def _spread_name(self, start: int) -> str | None:
        """The name that letters with blanks between them spell, as scanners give it: `L o s s`."""
        found = _SPREAD.match(self.source, start)
        letters = found.group().replace(" ", "") if found is not None else ""
        for length in range(len(letters), 2, -1):
            name = letters[:length]
            bare = name in BARE and not all(self.table.find(letter) for letter in name)
            if bare or self.table.find(name) is not None:
                message = f"`{' '.join(name)}` read as `{name}`"
                self.out.remarks.append(Remark("scanner-repair", message, self.place(start)))
                return name
        return None

    def put(self, kind: str, text: str, start: int) -> None:
        if self.side is not None:
            kind, text = _sided(kind, text, self.side)
            self.side = None
        begin, end = self.anchor or (start, self.at)
        self.out.tokens.append(Token(kind, text, begin, end, self.gap))
        self.gap = 0

    def place(self, start: int) -> int:
        return self.anchor[0] if self.anchor else start

    # -- arguments that are read as text ------------------------------------------------------------

    def blanks(self) -> None:
        while self.at < len(self.source) and self.source[self.at].isspace():
            self.at += 1

    def group(self, start: int, command: str) -> str:
        """The raw text of the next argument, without its braces."""
        self.blanks()
        source = self.source
        if self.at >= len(source):
            raise Problem(self.place(start), "missing-argument", f"`{command}` has no argument")
        if source[self.at] != "{":
            found = PIECE.match(source, self.at)
            assert found is not None
            letters = found.lastgroup == "letter"
            self.at = self.at + 1 if letters else found.end()
            return found.group()[0] if letters else found.group()
        open_at = self.at
        depth = 0
        while self.at < len(source):
            letter = source[self.at]
            if letter == "\\":
                self.at += 1
            elif letter in "{}":
                depth += 1 if letter == "{" else -1
                if depth == 0:
                    self.at += 1
                    return source[open_at + 1 : self.at - 1]
            self.at += 1
        self.at = len(source)
        raise Problem(self.place(open_at), "unclosed", "a `{` opened here is never closed", "add a `}`")

    def option(self) -> str | None:
        """The raw text in square brackets, if they come next."""
        self.blanks()
        if self.source.startswith("[", self.at):
            end = self.source.find("]", self.at)
            if end >= 0:
                inside = self.source[self.at + 1 : end]
                self.at = end + 1
                return inside
        return None

    def splice(self, text: str, start: int, anchor: tuple[int, int] | None) -> None:
        """Tokens of other text put here: the inside of an argument, or the body of a macro."""
        outer = (self.source, self.at, self.anchor)
        base = len(self.out.tokens)
        self.source, self.at = text, 0
        if anchor is not None:
            self.anchor = anchor
        self.run()
        if anchor is None and self.anchor is None:
            for token in self.out.tokens[base:]:
                token.start += start
                token.end += start
        self.source, self.at, self.anchor = outer


def _sided(kind: str, text: str, side: str) -> tuple[str, str]:
    if kind in ("|", "||"):
        return ("mid", "|") if side == "m" else (kind, side)
    if kind == ".":
        return ("left." if side == "l" else "right.", "")
    if kind == "rel" and text in "<>":
        return ("langle", "<") if text == "<" else ("rangle", ">")
    return (kind, text)


Handler = Callable[[Reader, str, int], None]
HANDLERS: dict[str, Handler] = {}  # by the group of `PIECE` that matched
