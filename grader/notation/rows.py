"""`read_rows`: the inside of one math piece cut into rows, columns and statements, each read by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from grader.expressions.nodes import Expr
from grader.expressions.symbols import SymbolTable
from grader.notation.errors import not_mathematics
from grader.notation.reader_core import is_latex, lex, parse
from grader.notation.splitting import Part, join, split
from grader.notation.strikes import unwrap
from grader.notation.tokens import Token
from grader.records import NotationError, Remark, Syntax


@dataclass(frozen=True, slots=True)
class Segment:
    """One statement of a math piece.

    `offset` and `end` say where it stands in the piece. `leading` and `trailing` are relations that it
    begins or ends with: `= x` continues an open chain. `connector` says how it is joined to the segment
    before; `words` are the phrases beside it that are prose and not names,
    of which the last `behind` stand after it.
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
    behind: int = 0


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
    tokens, boxes, strikes = unwrap(lexed.tokens)
    parts = join(split(tokens, table, latex))
    segments = [_segment(part, source, table, latex, boxes, strikes) for part in parts]
    return _with_loose_ends(segments, source, errors, lexed.remarks)


# -- reading one part ---------------------------------------------------------------------------------


def _segment(
    part: Part,
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
    if part.refused is not None:
        tree, errors = None, [not_mathematics(part.refused.text, part.refused.start).error]
    middle = part.tokens[0].start if part.tokens else start
    boxed = any(a < end and middle < b for a, b in boxes)
    struck = any(a <= middle < b for a, b in strikes)
    start = min([start, *(a for a, b in boxes if a < end and middle < b)])
    end = max([end, *(b for a, b in boxes if a < end and middle < b)])
    return Segment(
        start, end, source[start:end].strip(), part.row, part.column, part.connector, leading, trailing, tree,
        tuple(errors), tuple(remarks), boxed, struck, tuple(part.words), part.behind,
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
