"""The gate that MathML passes on its way into a page: known elements with harmless attributes only.

The converter escapes what it is given; this makes the page's safety not depend on it.
"""

from __future__ import annotations

import re

ELEMENTS = (
    r"math|m(?:row|i|n|o|text|space|s|frac|sqrt|root|sub|sup|subsup|under|over|underover"
    r"|table|tr|td|style|padded|phantom|enclose|multiscripts|prescripts)|none"
)
ATTRIBUTES = (
    r"display|mathvariant|stretchy|symmetric|largeop|movablelimits|fence|separator|form|[lr]space"
    r"|minsize|maxsize|accent|accentunder|displaystyle|scriptlevel|linethickness|width|height|depth"
    r"|voffset|columnalign|rowspacing|columnspacing|columnspan|notation"
)
PROPERTIES = (
    r"text-align|justify-items|width|math-(?:style|depth|shift)"
    r"|(?:padding|border)(?:-(?:left|right|top|bottom))?"
)
# every repetition is possessive: what it has taken it never gives back, so that the cost is linear
_STYLE = rf"(?:(?:{PROPERTIES}): ?[a-z0-9.% -]++(?:; ?)?)++"
_ATTRIBUTE = rf' (?:(?:{ATTRIBUTES})="[^"<>]*"|class="[a-z0-9-]+"|style="{_STYLE}")'
_TAG = rf"<(?:/(?:{ELEMENTS})|(?:{ELEMENTS})(?:{_ATTRIBUTE})*+ ?/?)>"
_FORMULA = re.compile(rf"(?=<math)(?:[^<>]++|{_TAG})++(?<=</math>)")


def safe(mathml: str) -> bool:
    """Whether a text is MathML of known elements, with no address, event or colour in it.

    >>> safe("<math><mi>x</mi></math>"), safe('<math href="a"><mi>x</mi></math>'), safe("<b>x</b>")
    (True, False, False)
    """
    return _FORMULA.fullmatch(mathml) is not None
