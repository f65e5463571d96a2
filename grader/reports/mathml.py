"""The gate that MathML passes on its way into a page: known elements with harmless attributes only.

The converter escapes what it is given; this makes the page's safety not depend on it.
"""

from __future__ import annotations

import re

_TAG = re.compile(r'<(/?)([a-z]+)((?: [a-z-]+="[^"<>]*")*) ?/?>')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_STYLE = re.compile(r"[a-z-]+: ?[a-z0-9.% -]+")

ELEMENTS = re.compile(
    r"math|m(?:row|i|n|o|text|space|s|frac|sqrt|root|sub|sup|subsup|under|over|underover"
    r"|table|tr|td|style|padded|phantom|enclose|multiscripts|prescripts)|none"
)
ATTRIBUTES = re.compile(
    r"display|mathvariant|stretchy|symmetric|largeop|movablelimits|fence|separator|form|[lr]space"
    r"|minsize|maxsize|accent|accentunder|displaystyle|scriptlevel|linethickness|width|height|depth"
    r"|voffset|columnalign|rowspacing|columnspacing|columnspan|notation"
)
PROPERTIES = re.compile(
    r"text-align|justify-items|width|math-(?:style|depth|shift)"
    r"|(?:padding|border)(?:-(?:left|right|top|bottom))?"
)


def safe(mathml: str) -> bool:
    """Whether a text is MathML of known elements, with no address, event or colour in it.

    >>> safe("<math><mi>x</mi></math>"), safe('<math href="a"><mi>x</mi></math>'), safe("<b>x</b>")
    (True, False, False)
    """
    if not mathml.startswith("<math") or not mathml.endswith("</math>"):
        return False
    between = _TAG.sub("", mathml)
    if "<" in between or ">" in between:
        return False
    return all(
        ELEMENTS.fullmatch(found.group(2))
        and all(_harmless(*pair) for pair in _ATTRIBUTE.findall(found.group(3)))
        for found in _TAG.finditer(mathml)
    )


def _harmless(name: str, value: str) -> bool:
    if name == "class":
        return value.replace("-", "").isalnum()
    if name != "style":
        return ATTRIBUTES.fullmatch(name) is not None
    rules = [rule.strip() for rule in value.split(";") if rule.strip()]
    return all(_STYLE.fullmatch(rule) and PROPERTIES.fullmatch(rule.partition(":")[0]) for rule in rules)
