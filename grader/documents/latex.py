"""LaTeX files to a layout: the body of the document, its formulas, its outline, its macros.

Comments are blanked first, so that nothing in them opens or closes anything. Commands that
only dress text are cut out of the prose; those that give the outline stay, as pieces of
their own, for `sections` to see.
"""

from __future__ import annotations

import re

from grader.documents import hidden, inline, latex_macros, struck, structure
from grader.documents.formula_words import COMMANDS
from grader.documents.latex_macros import Macros
from grader.documents.layout import Layout
from grader.documents.scanner import Scanner

_TOKEN = re.compile(
    r"""
      (?P<verb>\\(?:verb|lstinline)\*?(?P<stop>[^A-Za-z\s*]).*?(?P=stop))(?P<verbatim>)
    | \\begin\s*\{(?P<code>verbatim\*?|Verbatim|lstlisting|minted|tikzpicture)\}
    | \\begin\s*\{(?P<environment>"""
    + inline.ENVIRONMENT
    + r""")\}
    | (?P<open>\\[\[(])
    | (?P<newline>\\\\\*?(?:\[[^\]\n]*\])?)
    | (?P<command>\\[A-Za-z]+\*?)
    | (?P<escape>\\[^A-Za-z])
    | (?P<dollars>\$+)
    | (?P<brace>[{}])
    """,
    re.VERBOSE,
)
_COMMENT = re.compile(
    r"\\begin\{(?:verbatim\*?|Verbatim|lstlisting|minted)\}.*?(?:\\end\{(?:verbatim\*?|Verbatim|lstlisting|minted)\}|\Z)"
    r"|(?P<comment>\\begin\{comment\}.*?(?:\\end\{comment\}|\Z)|\\iffalse(?![A-Za-z]).*?(?:\\fi(?![A-Za-z])|\Z)|%[^\n]*)"
    r"|\\.",
    re.DOTALL,
)
_CARET = re.compile(
    r"(?P<sign>\\\^\{\}|\\textasciicircum(?:\{\}|(?![A-Za-z])))(?:\{(?P<raised>[^{}$\n]+)\})?"
)
_ARGUMENTS = re.compile(r"\s?\*?(?:[ \t]*\[[^\]\n]*\])*")

# Commands whose arguments are no part of the text, by the number of brace groups that they take.
_ONE = """
author begin bibliography bibliographystyle cfoot chead cite color colorbox cref date documentclass end eqref
geometry graphicspath href hspace hypersetup hyphenation include includegraphics index input label lfoot lhead
pagestyle parbox ref rfoot rhead textcolor theoremstyle thispagestyle title todo url usepackage vspace
"""
_TWO = "addtocounter addtolength fcolorbox fontsize newtheorem numberwithin rule setcounter setlength"
_THREE = "definecolor newenvironment renewenvironment"
_DROPPED = {name: n for n, names in ((1, _ONE), (2, _TWO), (3, _THREE)) for name in names.split()}
_SIZED = frozenset({"tabular", "minipage", "tabularx", "multicols", "array", "wrapfigure"})
_CIRCLED = frozenset({"textcircled", "circled", "circlednum", "circnum"})
_TEXTUAL = "text underline quad qquad ldots dots displaystyle left right big Big bigg Bigg limits nolimits"
_MATHS = COMMANDS - frozenset(_TEXTUAL.split())


def scan(text: str) -> tuple[str, Layout, Macros, tuple[int, int]]:
    """The text with its comments blanked, its layout, its macros, and the range of its body."""
    clean, comments = _uncommented(text)
    clean = _CARET.sub(_caret, clean)
    macros, definitions = latex_macros.collect(clean)
    start, end = _body(clean)
    scanner = _Latex(clean, macros, definitions, start, end)
    layout = scanner.run()
    layout.cuts += [*comments, *definitions]
    layout.blanks += definitions
    return clean, layout, macros, (start, end)


def _uncommented(text: str) -> tuple[str, list[tuple[int, int]]]:
    spans = [m.span() for m in _COMMENT.finditer(text) if m.group("comment")]
    parts, position = [], 0
    for start, end in spans:
        parts += [text[position:start], re.sub(r"[^\n]", " ", text[start:end])]
        position = end
    return "".join([*parts, text[position:]]), spans


def _caret(match: re.Match[str]) -> str:
    r"""``x\^{}{-2}`` in running text as ``x^(-2)``, without moving what stands behind it."""
    sign = match["sign"]
    raised = match["raised"]
    return " " * (len(sign) - 1) + "^" + (f"({raised})" if raised else "")


def _body(text: str) -> tuple[int, int]:
    begin = re.search(r"\\begin\s*\{document\}", text)
    start = begin.end() if begin else 0
    end = re.compile(r"\\end\s*\{document\}").search(text, start)
    return start, end.start() if end else len(text)


class _Latex(Scanner):
    token = _TOKEN

    def __init__(
        self, text: str, macros: Macros, definitions: list[tuple[int, int]], start: int, end: int
    ) -> None:
        super().__init__(text, start, end)
        self.definitions = dict(definitions)
        self.openers = {name: body for name, (_, body) in macros.items() if _OPENER.fullmatch(body)}
        self.closers = {body: name for name, (_, body) in macros.items() if _CLOSER.fullmatch(body)}

    def _verbatim(self, match: re.Match[str]) -> None:
        inside = self.text.index(match.group("stop"), match.start() + 1) + 1
        self.layout.cuts += [(match.start(), inside), (match.end() - 1, match.end())]
        if not self._code_formula(inside, match.end() - 1):
            self.layout.quiet.append((inside, match.end() - 1))

    def _code(self, match: re.Match[str]) -> None:
        name = match.group("code")
        close = inline.closing_environment(self.text, name, match.end(), self.end) or (self.end, self.end)
        start = match.end()
        if name != "verbatim" and (
            options := re.compile(r"(?:\[[^\]\n]*\]|\{\w*\})+").match(self.text, start)
        ):
            start = options.end()
        if name == "tikzpicture":
            self.layout.cuts.append((match.start(), close[1]))
        else:
            self.layout.cuts += [(match.start(), start), close]
            self.layout.quiet.append((start, close[0]))
        self.position = close[1]

    def _newline(self, match: re.Match[str]) -> None:
        self.layout.cuts.append(match.span())

    def _brace(self, match: re.Match[str]) -> None:
        self.layout.cuts.append(match.span())

    def _command(self, match: re.Match[str]) -> None:
        name = match.group()[1:].rstrip("*")
        if match.start() in self.definitions:
            self.position = self.definitions[match.start()]
        elif name in self.openers:
            self._own_delimiter(match, self.openers[name])
        elif self._outline(match):
            return
        elif self._stays(match, name):
            self.position = self._groups_end(match.end(), 4)
        else:
            super()._command(match)
            means = name in struck.COMMANDS or name in hidden.COMMANDS
            if not means or (self.position == match.end() and not self._was_cut(match)):
                self._drop(match, name)

    def _outline(self, match: re.Match[str]) -> bool:
        found = structure.PATTERN.match(self.text, match.start(), self.end)
        if not found or not structure.matters(found):
            return False
        self.layout.marks.append(found.span())
        self.position = found.end()
        return True

    def _drop(self, match: re.Match[str], name: str) -> None:
        """Cuts a command that only dresses the text, with those of its arguments that are no text."""
        arguments = _ARGUMENTS.match(self.text, match.end(), self.end) if name in _DROPPED else None
        end = arguments.end() if arguments else match.end()
        count = _DROPPED.get(name, 0)
        inside = self.text[end : end + 30]
        if name == "begin" and any(inside.startswith(f"{{{sized}") for sized in _SIZED):
            count = 2
        end = self._groups_end(end, count)
        if name == "begin" and (options := re.compile(r"\[[^\]\n]*\]").match(self.text, end, self.end)):
            end = options.end()
        self.layout.cuts.append((match.start(), end))
        self.position = end

    def _own_delimiter(self, match: re.Match[str], body: str) -> None:
        r"""``\be`` where the document says ``\def\be{\begin{equation}}``."""
        closer = self.closers.get(_closing(body), "")
        found = (
            re.compile(rf"\\{closer}(?![A-Za-z])").search(self.text, match.end(), self.end)
            if closer
            else None
        )
        if found is None:
            self._unclosed(match.start(), match.group(), f"\\{closer}" if closer else _closing(body))
            return
        self._close(match.start(), match.end(), found.start(), found.end(), display=True)

    def _was_cut(self, match: re.Match[str]) -> bool:
        return any(cut[0] == match.start() for cut in self.layout.cuts[-2:])

    def _stays(self, match: re.Match[str], name: str) -> bool:
        """A question's mark, or a formula without dollars, stays in the prose with its arguments."""
        if name in _CIRCLED:
            return True
        return name in _MATHS and "$" not in self.text[match.end() : self._groups_end(match.end(), 4)]

    def _groups_end(self, position: int, count: int) -> int:
        for _ in range(count):
            group = re.compile(r"\s*\{").match(self.text, position, self.end)
            close = self._brace_end(group.end()) if group else -1
            if close < 0:
                break
            position = close + 1
        return position


_OPENER = re.compile(rf"\\begin\{{(?:{inline.ENVIRONMENT})\}}|\\\[")
_CLOSER = re.compile(rf"\\end\{{(?:{inline.ENVIRONMENT})\}}|\\\]")


def _closing(opener: str) -> str:
    return opener.replace(r"\begin", r"\end") if opener != r"\[" else r"\]"
