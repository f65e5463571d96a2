"""Cuts the tokens of a math piece into rows, columns and statements."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from grader.expressions.symbols import SymbolTable
from grader.notation.phrases import connector_of, is_name, says_nothing
from grader.notation.tokens import CLOSERS, OPENERS, Token


@dataclass(slots=True)
class Part:
    """A run of tokens that becomes a segment."""

    row: int
    column: int
    connector: str = ""
    tokens: list[Token] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    behind: int = 0  # how many of the words stand behind the formula
    word_spans: list[Token] = field(default_factory=list)
    comma: Token | None = None
    refused: Token | None = None  # words in the place of an operand


# -- splitting ----------------------------------------------------------------------------------------

_HARD_OPEN = frozenset(["{", "lset", "begin", "rows"])
_HARD_CLOSE = frozenset(["}", "rset", "end_env", "endrows"])


_STOPS = frozenset([",", ";", "\\\\", "quad", "logic", "word", "&", "end"])


def _is_equals(tok: Token) -> bool:
    return tok.kind == "rel" and tok.text == "="


class _Splitter:
    """Walks the tokens of a piece and cuts at depth 0."""

    __slots__ = ("latex", "nested", "open", "parts", "table", "tokens")

    def __init__(self, tokens: list[Token], table: SymbolTable, latex: bool) -> None:
        self.tokens = tokens
        self.table = table
        self.latex = latex
        self.parts = [Part(0, 0)]
        self.open: list[
            bool
        ] = []  # the open brackets; True for braces and environments, which hold across rows
        self.nested = 0  # row environments inside brackets

    @property
    def hard(self) -> bool:
        return True in self.open

    @property
    def part(self) -> Part:
        return self.parts[-1]

    def cut(self, connector: str, row: int = 0, column: int = 0) -> None:
        """Ends the current part, if there is anything in it, and starts the next."""
        last = self.part
        if not self.hard:
            self.open.clear()
        if not last.tokens and not last.words:
            last.row += row
            last.column = 0 if row else last.column
            last.connector = (
                connector if connector not in ("", "column") or not last.connector else last.connector
            )
            return
        self.parts.append(Part(last.row + row, 0 if row else last.column + column, connector))

    def run(self) -> list[Part]:
        for place, tok in enumerate(self.tokens):
            kind = tok.kind
            if kind in ("rows", "endrows"):
                if not self.open and not self.nested:
                    self._row_environment(tok)
                    continue
                self.nested += 1 if kind == "rows" else -1
            if kind == "&" and self.nested and self._beside_relation(place):
                continue
            self._depth(kind)
            if not self.hard and self._cuts(place, tok):
                continue
            self.part.tokens.append(tok)
        return [p for p in self.parts if p.tokens or p.words]

    def _row_environment(self, tok: Token) -> None:
        if tok.kind == "rows" and self.part.tokens and self.part.tokens[-1].kind != "rel":
            self.cut("", row=1)

    def _beside_relation(self, place: int) -> bool:
        return any(t.kind == "rel" for t in self.tokens[max(0, place - 1) : place + 2])

    def _depth(self, kind: str) -> None:
        if kind in OPENERS:
            self.open.append(kind in _HARD_OPEN)
        elif kind in CLOSERS and self.open:
            if kind in _HARD_CLOSE and True in self.open:
                while not self.open.pop():
                    pass
            elif not self.open[-1] or kind == "right.":
                self.open.pop()
        elif kind == "|" and self.open and self.open[-1] is False and self._closes_null():
            self.open.pop()

    def _closes_null(self) -> bool:
        """A `\\right|` closes the `\\left.` before it."""
        depth = 0
        for tok in reversed(self.part.tokens):
            if tok.kind in CLOSERS:
                depth += 1
            elif tok.kind in OPENERS:
                if depth == 0:
                    return tok.kind == "left."
                depth -= 1
        return False

    def _cuts(self, place: int, tok: Token) -> bool:
        kind = tok.kind
        if kind == "\\\\":
            self.cut("", row=1)
            return True
        if kind == "&":
            self._ampersand(place)
            return True
        if self.open:
            return False
        if kind == "quad":
            if self.part.tokens or self.part.words:
                self.cut("column", column=1)
            return True
        if kind in (",", ";"):
            if self._quantified():
                return False
            if self.part.tokens or self.part.words:
                self.parts.append(Part(self.part.row, self.part.column, "list" if kind == "," else "list;"))
                self.part.comma = tok
            return True
        if kind == "." and self._ends(place):
            return True
        if kind == ":" and self._names_case(place):
            self.cut("case")
            return True
        if kind == "logic" and tok.text not in ("and", "or"):
            self.cut(tok.text)
            self.part.connector = tok.text
            return True
        if kind == "rel" and tok.text == "to" and self._leads_on(place):
            self.cut("implies")
            return True
        if kind == "forall" and self.part.tokens:
            self.cut("for")
            return True
        return kind == "word" and self._word(place, tok)

    def _names_case(self, place: int) -> bool:
        """`y = 1: f = 2`, `x = 3: \\quad ...`: the colon of a case, before another statement or none.

        Behind a lone 0 (`the loss is $0: w = v$`) it is no ratio either.
        """
        nought = [t.text for t in self.part.tokens] == ["0"]
        if not nought and not any(t.kind == "rel" for t in self.part.tokens):
            return False
        if self._ends(place):
            return True
        behind = self.tokens[place + 1 :]
        stop = next((k for k, t in enumerate(behind) if t.kind in _STOPS), len(behind))
        return not self.tokens[place].gap and bool(behind[0].gap) and any(map(_is_equals, behind[:stop]))

    def _leads_on(self, place: int) -> bool:
        """`a = b -> c = d`: an arrow between two equations leads from the one to the other."""
        if not any(_is_equals(t) for t in self.part.tokens):
            return False
        depth = 0
        for tok in self.tokens[place + 1 :]:
            depth += (tok.kind in OPENERS) - (tok.kind in CLOSERS)
            if depth == 0 and (_is_equals(tok) or tok.kind in _STOPS or tok.kind == "rel"):
                return _is_equals(tok)
        return False

    def _quantified(self) -> bool:
        """`\\forall x \\in S, ...`: the first comma belongs to the quantifier."""
        inside = self.part.tokens
        return (
            bool(inside)
            and inside[0].kind in ("forall", "exists")
            and all(t.kind not in (",", ":") for t in inside)
        )

    def _ends(self, place: int) -> bool:
        after = self.tokens[place + 1].kind if place + 1 < len(self.tokens) else "end"
        return after in ("end", "\\\\", "quad", "word", "endrows", "&", "}", ".")

    def _ampersand(self, place: int) -> None:
        """`&` beside a relation, an operator or an edge aligns; elsewhere it separates columns."""
        before = self.tokens[place - 1] if place else None
        after = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        edge = (
            "rel",
            "\\\\",
            "rows",
            "endrows",
            "+",
            "-",
            "logic",
            "quad",
            "not=",
            "word",
            "cdot",
            "times",
            "pm",
        )
        doubled = (after is not None and after.kind == "&") or (before is not None and before.kind == "&")
        if doubled:
            self.cut("column", column=1)
        elif before is None or after is None or before.kind in edge or after.kind in edge:
            return
        elif self.part.tokens:
            self.cut("column", column=1)

    def _word(self, place: int, tok: Token) -> bool:
        before = self.tokens[place - 1] if place else None
        after = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
        if before is not None and self._closes(before):
            before = Token(")", before.text, before.start, before.end)
        connector = connector_of(tok.text)
        if connector is None and is_name(tok, before, after, self.table):
            return False
        if connector is None:
            return self._prose(tok, after)
        self.cut(connector, column=int(bool(self.part.column) and self.part.connector == "column"))
        self.part.connector = connector
        if " " in tok.text:
            self.part.words.append(tok.text)
        self.part.word_spans.append(tok)
        return True

    def _closes(self, tok: Token) -> bool:
        """Whether the bar just read is the second of a pair."""
        return tok.kind in ("|", "||") and sum(t.kind == tok.kind for t in self.part.tokens) % 2 == 0

    def _prose(self, tok: Token, after: Token | None) -> bool:
        if (
            self.part.tokens
            and after is not None
            and after.kind not in ("\\\\", "endrows", "&", "quad", ",", ".", ";")
        ):
            self.cut("words")
        self.part.words.append(tok.text)
        self.part.behind += bool(self.part.tokens)
        self.part.word_spans.append(tok)
        return True


def split(tokens: list[Token], table: SymbolTable, latex: bool) -> list[Part]:
    """The runs of tokens between the cuts: rows, columns, commas, words that join."""
    return _Splitter(tokens, table, latex).run()


# -- joining what belongs together --------------------------------------------------------------------


def _relates(part: Part) -> bool:
    depth = 0
    for tok in part.tokens:
        if tok.kind in OPENERS:
            depth += 1
        elif tok.kind in CLOSERS:
            depth -= 1
        elif tok.kind in ("rel", "not=") and depth <= 0:
            return True
    return False


def join(parts: list[Part]) -> list[Part]:
    """Lists `1, 2` stay together, statements `x = 1, y = 2` do not; a row that begins with + goes on."""
    out: list[Part] = []
    for part in parts:
        last = out[-1] if out else None
        if last is not None and part.connector.startswith("list"):
            split = (_relates(part) and _relates(last)) or part.words or last.words or not part.tokens
            if not split:
                assert part.comma is not None
                last.tokens += [
                    Token(part.comma.kind, part.comma.text, part.comma.start, part.comma.end),
                    *part.tokens,
                ]
                continue
            part.connector = "comma"
        elif last is not None and part.connector == "words" and (_awaits(last) or _is_torn(last, part)):
            last.refused = next((w for w in part.word_spans if not says_nothing(w.text)), last.refused)
            last.tokens += part.tokens
            last.words += part.words
            continue
        elif last is not None and _continues(last, part):
            last.tokens += part.tokens
            last.words += part.words
            continue
        if part.connector.startswith("list"):
            part.connector = "comma"
        out.append(part)
    return [p for p in out if p.tokens or p.words]


_OPERATORS = ("+", "cdot", "times", "*", "/", "pm")


def _awaits(part: Part) -> bool:
    """Whether a relation or an operator stands last: `Loss =`, before words."""
    return bool(part.tokens) and part.tokens[-1].kind in ("rel", "-", *_OPERATORS)


_REASON = re.compile(
    r"\s*[(\[]?\s*(?:by|from|using|use|see|eqn?s?|equations?|lines?|steps?|of|per|in)\b", re.IGNORECASE
)


def _is_torn(last: Part, part: Part) -> bool:
    """`L = 2(p - y) [outer] p(1 - p)`: words that are not understood, between parts of one expression."""
    if last.row != part.row or last.column != part.column or not _relates(last) or _relates(part):
        return False
    label = "".join(t.text if t.kind == "num" else t.kind for t in part.tokens)
    said = [w.text for w in part.word_spans]
    harmless = all(says_nothing(text) or _REASON.match(text) for text in said)
    return bool(part.tokens) and not harmless and not re.fullmatch(r"\(?\d+\)?", label)


def _continues(last: Part, part: Part) -> bool:
    if part.row == last.row or part.connector or not part.tokens or not last.tokens:
        return False
    if last.tokens[-1].kind in (*_OPERATORS, "-"):
        return True
    first = part.tokens[0].kind
    return first in _OPERATORS or (first == "-" and _relates(last) and not _relates(part))
