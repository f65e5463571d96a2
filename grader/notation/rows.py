"""`read_rows`: the inside of one math piece cut into rows, columns and statements, each read by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from grader.expressions.nodes import Expr
from grader.expressions.symbols import SymbolTable
from grader.notation.phrases import connector_of, is_name
from grader.notation.reader_core import is_latex, lex, parse
from grader.notation.tokens import CLOSERS, OPENERS, Token
from grader.records import NotationError, Remark, Syntax


@dataclass(frozen=True, slots=True)
class Segment:
    """One statement of a math piece.

    `offset` and `end` say where it stands in the piece. `leading` and `trailing` are relations that it
    begins or ends with: `= x` continues an open chain. `connector` says how it is joined to the segment
    before; `words` are the phrases beside it that are prose and not names.
    """

    offset: int
    end: int
    source: str
    row: int
    column: int
    connector: str = ""
    leading: str | None = None
    trailing: str | None = None
    tree: Expr | None = None
    errors: tuple[NotationError, ...] = ()
    remarks: tuple[Remark, ...] = ()
    boxed: bool = False
    struck: bool = False
    words: tuple[str, ...] = ()


@dataclass(slots=True)
class _Part:
    """A run of tokens that becomes a segment."""

    row: int
    column: int
    connector: str = ""
    tokens: list[Token] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    word_spans: list[Token] = field(default_factory=list)
    comma: Token | None = None


def read_rows(
    source: str,
    table: SymbolTable,
    syntax: Syntax = "latex",
    macros: Mapping[str, tuple[int, str]] | None = None,
) -> tuple[Segment, ...]:
    """The statements of a math piece, in order; nothing raises, what cannot be read is in `errors`.

    >>> from grader.expressions.symbols import table
    >>> [s.leading for s in read_rows("a &= b \\\\\\\\ &= c", table())]
    [None, '=']
    """
    latex = is_latex(source, syntax)
    lexed = lex(source, table, latex, macros or {}, rows=True)
    errors = sorted(lexed.errors, key=lambda e: e.offset)
    fatal = [e for e in errors if e.cause == "too-large"]
    if fatal:
        return (Segment(0, len(source), source, 0, 0, errors=tuple(fatal)),)
    tokens, boxes, strikes = _unwrap(lexed.tokens)
    parts = _join(_split(tokens, table, latex))
    segments = [_segment(part, source, table, latex, boxes, strikes) for part in parts]
    return _with_loose_ends(segments, source, errors, lexed.remarks)


# -- \boxed and \cancel -------------------------------------------------------------------------------

_EDGES = frozenset(
    ["rel", ",", ";", "quad", "&", "\\\\", "logic", "rows", "endrows", "word", "boxed", "cancel", "."]
)


def _unwrap(tokens: list[Token]) -> tuple[list[Token], list[tuple[int, int]], list[tuple[int, int]]]:
    """The tokens without the braces of boxes around whole members, and where boxes and strikes are."""
    boxes: list[tuple[int, int]] = []
    strikes: list[tuple[int, int]] = []
    drop: set[int] = set()
    for place, tok in enumerate(tokens):
        if tok.kind not in ("boxed", "cancel") or place + 1 >= len(tokens) or tokens[place + 1].kind != "{":
            continue
        stop = _closing(tokens, place + 1)
        end = tokens[stop].end if stop < len(tokens) else tokens[-1].end
        before = tokens[place - 1].kind if place else "rel"
        after = tokens[stop + 1].kind if stop + 1 < len(tokens) else "rel"
        whole = (before in _EDGES or place - 1 in drop) and (after in _EDGES or after == "}")
        if tok.kind == "boxed":
            boxes.append((tok.start, end))
        elif whole:
            strikes.append((tok.start, end))
        drop.add(place)
        if whole:
            drop |= {place + 1, stop}
    return [t for i, t in enumerate(tokens) if i not in drop], boxes, strikes


def _closing(tokens: list[Token], place: int) -> int:
    depth = 0
    for i in range(place, len(tokens)):
        if tokens[i].kind == "{":
            depth += 1
        elif tokens[i].kind == "}":
            depth -= 1
            if depth == 0:
                return i
    return len(tokens)


# -- splitting ----------------------------------------------------------------------------------------

_HARD_OPEN = frozenset(["{", "lset", "begin", "rows"])
_HARD_CLOSE = frozenset(["}", "rset", "end_env", "endrows"])


class _Splitter:
    """Walks the tokens of a piece and cuts at depth 0."""

    __slots__ = ("latex", "nested", "open", "parts", "table", "tokens")

    def __init__(self, tokens: list[Token], table: SymbolTable, latex: bool) -> None:
        self.tokens = tokens
        self.table = table
        self.latex = latex
        self.parts = [_Part(0, 0)]
        self.open: list[
            bool
        ] = []  # the open brackets; True for braces and environments, which hold across rows
        self.nested = 0  # row environments inside brackets

    @property
    def hard(self) -> bool:
        return True in self.open

    @property
    def part(self) -> _Part:
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
        self.parts.append(_Part(last.row + row, 0 if row else last.column + column, connector))

    def run(self) -> list[_Part]:
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
                self.parts.append(_Part(self.part.row, self.part.column, "list" if kind == "," else "list;"))
                self.part.comma = tok
            return True
        if kind == "." and self._ends(place):
            return True
        if kind == "logic" and tok.text not in ("and", "or"):
            self.cut(tok.text)
            self.part.connector = tok.text
            return True
        if kind == "forall" and self.part.tokens:
            self.cut("for")
            return True
        return kind == "word" and self._word(place, tok)

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

    def _prose(self, tok: Token, after: Token | None) -> bool:
        if (
            self.part.tokens
            and after is not None
            and after.kind not in ("\\\\", "endrows", "&", "quad", ",", ".", ";")
        ):
            self.cut("words")
        self.part.words.append(tok.text)
        self.part.word_spans.append(tok)
        return True


def _split(tokens: list[Token], table: SymbolTable, latex: bool) -> list[_Part]:
    return _Splitter(tokens, table, latex).run()


# -- joining what belongs together --------------------------------------------------------------------


def _relates(part: _Part) -> bool:
    depth = 0
    for tok in part.tokens:
        if tok.kind in OPENERS:
            depth += 1
        elif tok.kind in CLOSERS:
            depth -= 1
        elif tok.kind in ("rel", "not=") and depth <= 0:
            return True
    return False


def _join(parts: list[_Part]) -> list[_Part]:
    """Lists `1, 2` stay together, statements `x = 1, y = 2` do not; a row that begins with + goes on."""
    out: list[_Part] = []
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
        elif last is not None and _continues(last, part):
            last.tokens += part.tokens
            last.words += part.words
            continue
        if part.connector.startswith("list"):
            part.connector = "comma"
        out.append(part)
    return [p for p in out if p.tokens or p.words]


_OPERATORS = ("+", "cdot", "times", "*", "/", "pm")


def _continues(last: _Part, part: _Part) -> bool:
    if part.row == last.row or part.connector or not part.tokens or not last.tokens:
        return False
    if last.tokens[-1].kind in (*_OPERATORS, "-"):
        return True
    first = part.tokens[0].kind
    return first in _OPERATORS or (first == "-" and _relates(last) and not _relates(part))


# -- reading one part ---------------------------------------------------------------------------------


def _segment(
    part: _Part,
    source: str,
    table: SymbolTable,
    latex: bool,
    boxes: list[tuple[int, int]],
    strikes: list[tuple[int, int]],
) -> Segment:
    spans = [*part.tokens, *part.word_spans]
    start = min(t.start for t in spans)
    end = max(t.end for t in spans)
    tokens, leading, trailing = _ends_of(part.tokens)
    tree: Expr | None = None
    errors: list[NotationError] = []
    remarks: list[Remark] = []
    if tokens:
        if tokens[0].kind == "forall" and part.connector and not any(t.kind in (",", ":") for t in tokens):
            tokens, part.connector = tokens[1:], "for"
        stop = Token("end", "", end, end)
        tree, errors, remarks = parse([*tokens, stop], table, latex)
    middle = part.tokens[0].start if part.tokens else start
    boxed = any(a < end and middle < b for a, b in boxes)
    struck = any(a <= middle < b for a, b in strikes)
    start = min([start, *(a for a, b in boxes if a < end and middle < b)])
    end = max([end, *(b for a, b in boxes if a < end and middle < b)])
    return Segment(
        start, end, source[start:end].strip(), part.row, part.column, part.connector, leading, trailing, tree,
        tuple(errors), tuple(remarks), boxed, struck, tuple(part.words),
    )  # fmt: skip


def _ends_of(tokens: list[Token]) -> tuple[list[Token], str | None, str | None]:
    """The tokens without a relation at either end, and those relations."""
    leading = trailing = None
    if tokens and tokens[0].kind == "rel":
        leading, tokens = tokens[0].text, tokens[1:]
    elif len(tokens) > 1 and tokens[0].kind == "not=" and tokens[1].kind == "rel":
        leading, tokens = "!=" if tokens[1].text == "=" else "notin", tokens[2:]
    if tokens and tokens[-1].kind == "rel":
        trailing, tokens = tokens[-1].text, tokens[:-1]
    return tokens, leading, trailing


def _with_loose_ends(
    segments: list[Segment], source: str, errors: list[NotationError], remarks: list[Remark]
) -> tuple[Segment, ...]:
    """Errors and remarks of the tokenizer go to the segment in which they stand."""
    if not segments and (errors or remarks):
        return (Segment(0, len(source), source, 0, 0, errors=tuple(errors), remarks=tuple(remarks)),)
    for error in errors:
        home = max((i for i, s in enumerate(segments) if s.offset <= error.offset), default=0)
        own = [e for e in segments[home].errors if e.offset != error.offset or e.cause != "unreadable"]
        ordered = sorted((error, *own), key=lambda e: e.offset)
        segments[home] = replace(segments[home], tree=None, errors=tuple(ordered))
    for remark in remarks:
        home = max((i for i, s in enumerate(segments) if s.offset <= remark.offset), default=0)
        segments[home] = replace(segments[home], remarks=(*segments[home].remarks, remark))
    return tuple(segments)
