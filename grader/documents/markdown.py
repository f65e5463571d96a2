"""Markdown, and the Markdown that a scanner of handwriting gives, to a layout of prose and formulas.

Blocks matter little to a grader, so there is one pass over the text with one expression
for everything that changes the meaning of what follows: code, comments, tags, dollars,
``\\(``, ``\\[``, environments, ``~~``. What is none of these is prose.
"""

from __future__ import annotations

import re

from grader.documents import hidden, inline, latex_macros, mark_styles, struck, tables
from grader.documents.latex_macros import Macros
from grader.documents.layout import Layout
from grader.documents.scanner import Scanner

_CLOSED = (
    r"""
    | (?P<open>\\\\?[\[(])
    | \\begin\s*\{(?P<environment>"""
    + inline.ENVIRONMENT
    + r""")\}
    | (?P<command>\\[A-Za-z]+)
    | (?P<escape>\\[^A-Za-z\s])
    | (?P<dollars>\$+)
    | (?P<tag></?[A-Za-z][A-Za-z0-9]*(?=[\s/>])[^<>\n]*>)
    | (?P<strike>~~)
    | (?P<rule>^[ ]{0,3}(?:=+|-{3,}|\*{3,}|_{3,})[ \t]*$)
"""
)
_TOKEN = re.compile(
    r"""
      (?P<fence>^[ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?(?:`{3,}[^\n`]*|~{3,}[^\n~]*)$)
    | (?P<comment><!--|^\[//\]:[^\n]*$)
    | (?P<ticked>\$`[^`\n]+`\$)
    | (?P<code>`+)
    """
    + _CLOSED,
    re.VERBOSE | re.MULTILINE,
)
_PLAIN_TOKEN = re.compile(r"(?P<code>`+)" + _CLOSED, re.VERBOSE | re.MULTILINE)
_TAG_NAMES = """
a b br blockquote center cite code dd del details div dl dt em figure font h1 h2 h3 h4 h5 h6 hr i img
ins kbd li mark ol p pre s samp script section small span strike strong style sub summary sup table
tbody td th thead tr tt u ul var
"""
_TAGS = frozenset(_TAG_NAMES.split())
_VOID = frozenset({"br", "hr", "img"})
_CODE_TAGS = frozenset({"code", "pre", "kbd", "samp", "tt"})
_MATH_FENCES = frozenset({"math", "latex", "tex", "{math}", "katex"})
_DEEPEST = 50
_BLOB = re.compile(r"[A-Za-z0-9+/=]{400,}")
_FENCE = re.compile(r"(?P<mark>`{3,}|~{3,})\s*(?P<info>[^\n`~]*)")
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:[^\n]*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_QUOTE = re.compile(r"\n[ \t]*>[ \t>]*")


_HEADING = re.compile(
    r"^([ \t>]*)(<h([1-6])(?:\s[^<>\n]*)?>)([^\n]*?)(</h\3\s*>)[ \t]*$", re.MULTILINE | re.IGNORECASE
)
# Scanners write headings of a page as LaTeX does.
_SECTION = re.compile(r"\\(?:sub){0,2}section\*?\s*\{[^{}\n]*\}(?=[ \t]*$)", re.MULTILINE)
_BOLD = re.compile(r"\\(?:textbf|textit|emph|underline|textsf|large|Large)\s*\{([^{}$\n]{1,40})\}")


def with_headings(text: str) -> str:
    """`<h2>1</h2>` as a heading with number signs; every offset stays.

    >>> with_headings("<h2>1</h2>")
    '##  1     '
    """
    return _HEADING.sub(_signed, text) if "<h" in text.lower() else text


def _signed(match: re.Match[str]) -> str:
    lead, tag, level, words, _ = match.groups()
    if hidden.hides(tag):
        return match.group()
    rest = len(match.group()) - len(lead) - len(tag) - len(words)
    return lead + ("#" * int(level)).ljust(len(tag))[: len(tag)] + words + " " * rest


def scan(text: str) -> tuple[Layout, Macros]:
    """The layout of a Markdown text, and the macros that its formulas define."""
    text = with_headings(text)
    return _scanned(_Markdown(text), text)


def scan_plain(text: str) -> tuple[Layout, Macros]:
    """The layout of a plain text: as in Markdown, but without fences, comments and front matter."""
    text = with_headings(text)
    return _scanned(_Plain(text), text)


def _scanned(scanner: _Markdown, text: str) -> tuple[Layout, Macros]:
    layout = scanner.run()
    macros, definitions = latex_macros.collect(text)
    layout.blanks += definitions
    layout.cuts += [blob.span() for blob in _BLOB.finditer(text)]  # pictures that are written into the text
    return layout, macros


class _Markdown(Scanner):
    token = _TOKEN

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.tildes: list[int] = []
        self.tags: list[tuple[str, int, str]] = []
        front = _FRONT_MATTER.match(text) if self.token is _TOKEN else None
        if front:
            self.layout.cuts.append(front.span())
            self.position = front.end()

    def run(self) -> Layout:
        super().run()
        self.layout.struck += struck.tilde_pairs(self.text, self.tildes)
        for name, start, tag in self.tags[:_DEEPEST]:
            if hidden.hides(tag):  # never closed: it hides its paragraph
                self._tagged(name, tag, start, inline.paragraph_end(self.text, start, self.end))
        self._unquote()
        self.layout.cuts += tables.borders(self.text, self.layout)
        return self.layout

    def _fence(self, match: re.Match[str]) -> None:
        fence = _FENCE.search(self.text, match.start(), match.end())
        mark, info = (fence.group("mark"), fence.group("info")) if fence else ("```", "")
        closing = re.compile(rf"^[ \t>]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$", re.MULTILINE)
        start = min(match.end() + 1, self.end)
        close = closing.search(self.text, start, self.end)
        stop, self.position = close.span() if close else (self.end, self.end)
        if info.strip().lower() in _MATH_FENCES:
            self._close(match.start(), start, max(start, stop), self.position, display=True)
        else:
            self.layout.cuts += [(match.start(), start), (stop, self.position)]
            self.layout.quiet.append((start, stop))

    def _comment(self, match: re.Match[str]) -> None:
        if match.group() == "<!--":
            close = self.text.find("-->", match.end())
            self.position = close + 3 if close >= 0 else self.end
        self.layout.cuts.append((match.start(), self.position))

    def _ticked(self, match: re.Match[str]) -> None:
        self._close(match.start(), match.start() + 2, match.end() - 2, match.end())

    def _command(self, match: re.Match[str]) -> None:
        r"""``\textbf{Q1.}`` at the start of a line is the mark in it, ``\section*{Q1}`` a heading."""
        line = inline.line_start(self.text, match.start())
        alone = not self.text[line : match.start()].strip(" \t>#-*")
        section = _SECTION.match(self.text, match.start()) if alone else None
        bold = _BOLD.match(self.text, match.start()) if alone else None
        if section:
            self.layout.marks.append(section.span())
            self.position = section.end()
        elif bold is None:
            super()._command(match)
        elif _is_mark(bold.group(1)):
            self.layout.cuts += [(bold.start(), bold.start(1)), (bold.end(1), bold.end())]

    def _code(self, match: re.Match[str]) -> None:
        end = self._paragraph_end(match.end())
        close = re.compile(rf"(?<!`){match.group()}(?!`)").search(self.text, match.end(), end)
        if not close:
            return
        self.layout.cuts += [match.span(), close.span()]
        if not self._code_formula(match.end(), close.start()):
            self.layout.quiet.append((match.end(), close.start()))
        self.position = close.end()

    def _tag(self, match: re.Match[str]) -> None:
        words = re.match(r"</?([A-Za-z][A-Za-z0-9]*)", match.group())
        name = words.group(1).lower() if words else ""
        if name not in _TAGS:
            return
        self.layout.cuts.append(match.span())
        if match.group().startswith("</"):
            self._end_tag(name, match.start())
        elif name not in _VOID and not match.group().endswith("/>"):
            self.tags.append((name, match.end(), match.group()))

    def _strike(self, match: re.Match[str]) -> None:
        self.tildes.append(match.start())
        self.layout.cuts.append(match.span())

    def _rule(self, match: re.Match[str]) -> None:
        self.layout.cuts.append(match.span())

    def _end_tag(self, name: str, end: int) -> None:
        for index in range(len(self.tags) - 1, max(-1, len(self.tags) - _DEEPEST), -1):
            if self.tags[index][0] == name:
                _, start, tag = self.tags.pop(index)
                self._tagged(name, tag, start, end)
                return

    def _tagged(self, name: str, tag: str, start: int, end: int) -> None:
        if hidden.hides(tag):
            hidden.note_hidden(self.layout, (start, end), bool(self.text[start:end].strip()))
        elif name in struck.TAGS:
            self.layout.struck.append((start, end))
        elif name in _CODE_TAGS and not self._code_formula(start, end):
            self.layout.quiet.append((start, end))

    def _unquote(self) -> None:
        """In a block quote every line of a formula begins with ``>``, which is no part of it."""
        for formula in self.layout.formulas:
            line = inline.line_start(self.text, formula.start)
            if self.text[line : formula.start].lstrip(" \t").startswith(">"):
                for quote in _QUOTE.finditer(self.text, formula.start, formula.end):
                    self.layout.blanks.append((quote.start() + 1, quote.end()))


def _is_mark(text: str) -> bool:
    return bool(mark_styles.mark_alone(f"**{text}**") or mark_styles.mark_alone(text))


class _Plain(_Markdown):
    token = _PLAIN_TOKEN
