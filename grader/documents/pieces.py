"""A layout to pieces: every piece is a slice of the text, at its place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from grader.documents import formulas, struck
from grader.documents.inline import line_start
from grader.documents.layout import Formula, Layout, Span, Spans
from grader.documents.places import Source
from grader.records import Finding, Piece

# Markdown's backslash before a sign in a formula without delimiters: `2\*(p - y)`.
_ESCAPE = re.compile(r"\\(?=[^A-Za-z\s])")
_CARET = re.compile(r"\\\^\{\}")
_PARAGRAPHS = re.compile(r"\n[ \t>]*(?=\n)")


def assemble(source: Source, layout: Layout, start: int = 0, end: int | None = None) -> tuple[Piece, ...]:
    """The pieces of ``source.text[start:end]``: what is no formula and no markup is prose.

    Prose is cut at blank lines and around formulas; what holds no character but spaces is left
    out. Formulas lose the spaces at their ends.
    """
    text = _blanked(source.text, Spans(layout.blanks + layout.hidden))
    end = len(text) if end is None else end
    ranges = _Ranges(layout)
    struck_out = Spans(layout.struck)
    runs = sorted(_runs(text, layout.formulas, ranges, start, end), key=lambda run: run[1].start)
    made = (_piece(source, text, struck_out, kind, formula) for kind, formula in runs)
    return tuple(piece for piece in made if piece is not None)


def findings_of(source: Source, layout: Layout) -> tuple[Finding, ...]:
    """The troubles of a layout, in order, at their places."""
    ordered = sorted(layout.troubles, key=lambda trouble: trouble.offset)
    return tuple(Finding(t.severity, t.message, source.place(t.offset), t.hint, t.id) for t in ordered)


_Run = tuple[str, Formula]


class _Ranges:
    """The ranges of a layout that decide what becomes of prose."""

    def __init__(self, layout: Layout) -> None:
        self.hidden = Spans(layout.hidden)
        self.gone = Spans(layout.cuts + layout.hidden)
        self.quiet = Spans(layout.quiet)
        self.marks = sorted(layout.marks)

    def marks_in(self, start: int, end: int) -> list[Span]:
        return self.marks[bisect_left(self.marks, (start, 0)) : bisect_left(self.marks, (end, 0))]


def _runs(text: str, found: list[Formula], ranges: _Ranges, start: int, end: int) -> Iterator[_Run]:
    position = start
    for formula in found:
        yield from _prose(text, ranges, position, formula.start)
        position = max(position, formula.end)
        if not ranges.hidden.covers(formula.start, formula.end):
            yield "math", formula
    yield from _prose(text, ranges, position, end)


def _prose(text: str, ranges: _Ranges, start: int, end: int) -> Iterator[_Run]:
    for low, high in ranges.gone.without(start, end):
        marks = [(start, min(end, high)) for start, end in ranges.marks_in(low, high)]
        for mark in marks:
            yield "prose", Formula(*mark)
        for part in Spans(marks).without(low, high):
            quiet = ranges.quiet.covers(*part)
            for paragraph in _paragraphs(text, *part):
                yield from _mixed(text, *paragraph, [] if quiet else formulas.find(text, *paragraph))


def _mixed(text: str, start: int, end: int, found: list[Formula]) -> Iterator[_Run]:
    position = start
    for formula in found:
        yield "prose", Formula(position, formula.start)
        yield "math", formula
        position = formula.end
    yield "prose", Formula(position, end)


def _paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    for found in _PARAGRAPHS.finditer(text, start, end):
        yield start, found.start()
        start = found.end()
    yield start, end


def _piece(source: Source, text: str, struck_out: Spans, kind: str, run: Formula) -> Piece | None:
    start, end = (_stripped if kind == "math" else _prose_ends)(text, run.start, run.end)
    if start >= end:
        return None
    crossed = struck_out.covers(start, end)
    if kind == "prose":
        return Piece("prose", text[start:end], source.place(start), struck=crossed)
    crossed = crossed or struck.cancelled(text, start, end)
    inside = text[start:end]
    if run.syntax == "text":
        inside = _ESCAPE.sub(" ", _CARET.sub("   ^", inside))
    return Piece("math", inside, source.place(start), run.display, run.syntax, crossed)


def _stripped(text: str, start: int, end: int) -> Span:
    inside = text[start:end]
    start += len(inside) - len(inside.lstrip())
    return start, max(start, end - (len(inside) - len(inside.rstrip())))


def _prose_ends(text: str, start: int, end: int) -> Span:
    """Prose keeps the spaces beside a formula, but not blank lines or the indentation of a line."""
    low, high = _stripped(text, start, end)
    if low >= high:
        return low, low
    line = line_start(text, low)
    if line > start or not text[line:low].strip():
        start = low
    newline = text.find("\n", high, end)
    return min(start, low), high if newline >= 0 else end


def _blanked(text: str, spans: Spans) -> str:
    """Blanks stand for what a formula hides and for comments in it, so that offsets stay places."""
    parts, position = [], 0
    for start, end in spans:
        parts += [text[position:start], re.sub(r"[^\n]", " ", text[start:end])]
        position = end
    return "".join([*parts, text[position:]])
