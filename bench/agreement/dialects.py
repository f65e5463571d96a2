"""How the eight kinds of file write inline formulas, displays, chains, crossed-out and hidden text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialect:
    """One kind of file. `syntax` names the spelling of formulas; the pairs open and close."""

    syntax: str  # "latex", "ascii", "unicode"
    inline: tuple[str, str] = ("$", "$")
    display: tuple[str, str] = ("$$", "$$")
    one_line: bool = True  # is a display written on one line?
    chain: tuple[str, str] = ("", "")  # opens and closes an aligned block, delimiters included
    chain_lines: bool = True  # one row of a chain a line?
    strike: tuple[str, str] = ("", "")
    comment: tuple[str, str] = ("", "")
    blank: bool = True  # a blank line between paragraphs?
    extension: str = "md"


def _dollars(opening: str = "aligned") -> tuple[str, str]:
    return (f"$$\n\\begin{{{opening}}}", f"\\end{{{opening}}}\n$$")


_HTML = ("<!-- ", " -->")
DIALECTS = {
    "scanner": Dialect(
        "latex",
        chain=("$$\\begin{aligned}", "\\end{aligned}$$"),
        chain_lines=False,
        strike=("~~", "~~"),
        comment=_HTML,
    ),
    "markdown": Dialect("latex", one_line=False, chain=_dollars(), strike=("~~", "~~"), comment=_HTML),
    "brackets": Dialect(
        "latex",
        inline=(r"\(", r"\)"),
        display=(r"\[", r"\]"),
        chain=("\\[\n\\begin{aligned}", "\\end{aligned}\n\\]"),
        strike=("~~", "~~"),
        comment=_HTML,
    ),
    "tex-items": Dialect(
        "latex",
        display=(r"\[", r"\]"),
        chain=(r"\begin{align*}", r"\end{align*}"),
        strike=(r"\sout{", "}"),
        comment=("% ", ""),
        blank=False,
        extension="tex",
    ),
    "tex-sections": Dialect(
        "latex",
        display=(r"\begin{gather*}", r"\end{gather*}"),
        one_line=False,
        chain=(r"\begin{align}", r"\end{align}"),
        strike=(r"\sout{", "}"),
        comment=("% ", ""),
        blank=False,
        extension="tex",
    ),
    "notebook": Dialect(
        "latex", chain=_dollars("align*"), strike=("~~", "~~"), comment=_HTML, extension="ipynb"
    ),
    "ascii": Dialect("ascii", inline=("", ""), display=("", ""), blank=False, extension="txt"),
    "unicode": Dialect("unicode", inline=("", ""), display=("", ""), strike=("~~", "~~"), comment=_HTML),
}
KINDS = tuple(DIALECTS)
