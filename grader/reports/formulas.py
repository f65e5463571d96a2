"""A student's formula on a page: MathML where it is LaTeX that can be set, else its own characters."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from grader.reports.mathml import safe
from grader.reports.wording import clean

if TYPE_CHECKING:
    from math_core import LatexToMathML

LIMIT = 2000  # characters of one formula that are shown
EXPANSIONS = 100  # of commands that a formula defines for itself
_ROWS = "aligned|align\\*?|gather\\*?|gathered|split|eqnarray\\*?|multline\\*?|equation\\*?|alignat\\*?"
_ENDS = re.compile(rf"\\(?:begin|end)\{{(?:{_ROWS})\}}")
_LAYOUT = re.compile(
    r"\\(?:label|tag\*?|textcircled|color|textcolor)\s*\{[^{}]*\}|\\(?:nonumber|notag|[bB]igg?[lrm]?)(?![A-Za-z])"
)
_TRAILING_BREAK = re.compile(r"(?:\\\\(?:\[[^\]]*\])?\s*)+$")
_ALIGNMENT = re.compile(r"(?<!\\)&")
_TYPED = re.compile(r"[A-Za-z]{2}|(?<!\^)\*|[\^_]\s*-?\w\w")


def formula(source: str, file: str = "") -> Markup:
    """A formula as HTML.

    LaTeX becomes MathML; LaTeX that cannot be set is shown as code; what is typed as text
    (`sigma(w . phi(x))`, σ(w·φ(x))) stays text. `file` tells by its ending what is likely.
    """
    text = clean(source).strip()
    if len(text) > LIMIT:
        return Markup('<code class="raw">{}</code>').format(text[: LIMIT - 1] + "…")
    if not is_latex(text, file):
        return Markup('<span class="typed">{}</span>').format(text)
    mathml = _mathml(prepared(text))
    if mathml is None:
        return Markup('<code class="raw">{}</code>').format(text)
    return Markup(mathml)


def is_latex(text: str, file: str = "") -> bool:
    """Whether a formula is meant as LaTeX.

    A backslash says so. Without one, only letters that stand alone and no mark of typed text can
    (`2(p-y)` is set the same either way, `x^10` and `sqrt(2)` are not).

    >>> is_latex("\\\\phi(x)"), is_latex("2(p-y)", "hw3.md"), is_latex("x^10"), is_latex("p*q")
    (True, True, False, False)
    """
    if "\\" in text:
        return True
    typed = not text.isascii() or _TYPED.search(text)
    return not typed and not file.lower().endswith(".txt")


def prepared(text: str) -> str:
    """One row of LaTeX as it can be set alone: without numbering, colour, sizes, or half an environment."""
    text = _LAYOUT.sub("", text.strip().strip("$").strip())
    if text.count(r"\begin{") != text.count(r"\end{"):
        text = _ENDS.sub("", text)
    text = _TRAILING_BREAK.sub("", text)
    if r"\begin{" in text:
        return text
    if r"\\" in text:
        return rf"\begin{{aligned}}{text}\end{{aligned}}"
    return _ALIGNMENT.sub("", text)


def _mathml(text: str) -> str | None:
    """The MathML, or None where the formula cannot be set, or not with harmless elements alone."""
    converter = _converter()
    if converter is None:
        return None
    from math_core import LatexError

    try:
        found = converter.convert_with_local_state(text, displaystyle=True)
    except LatexError:
        return None
    return found if safe(found) else None


@cache
def _converter() -> LatexToMathML | None:
    """The converter; None where it is not to be had on this platform."""
    try:
        from math_core import LatexToMathML
    except ImportError:
        return None
    return LatexToMathML(max_expansions=EXPANSIONS, allow_unreliable_rendering=True, fancy_error=False)
