"""The gate that MathML passes on its way into a page: known elements with harmless attributes only.

The converter escapes what it is given; this makes the page's safety not depend on it.
"""

from __future__ import annotations

import re

_TAG = re.compile(r'<(/?)([a-z]+)((?: [a-z-]+="[^"<>]*")*) ?/?>')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_STYLE = re.compile(r"[a-z-]+: ?[a-z0-9.% -]+")

ELEMENTS = frozenset(
    "math mrow mi mn mo mtext mspace ms mfrac msqrt mroot msub msup msubsup munder mover munderover"
    " mtable mtr mtd mstyle mpadded mphantom menclose mmultiscripts mprescripts none".split()
)
ATTRIBUTES = frozenset(
    "display mathvariant stretchy symmetric largeop movablelimits fence separator form lspace rspace"
    " minsize maxsize accent accentunder displaystyle scriptlevel linethickness width height depth"
    " voffset columnalign rowspacing columnspacing columnspan notation".split()
)
PROPERTIES = frozenset(
    "text-align justify-items padding padding-left padding-right padding-top padding-bottom"
    " border border-left border-right border-top border-bottom width math-style math-depth"
    " math-shift".split()
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
        found.group(2) in ELEMENTS and all(_harmless(*pair) for pair in _ATTRIBUTE.findall(found.group(3)))
        for found in _TAG.finditer(mathml)
    )


def _harmless(name: str, value: str) -> bool:
    if name == "class":
        return value.replace("-", "").isalnum()
    if name != "style":
        return name in ATTRIBUTES
    rules = [rule.strip() for rule in value.split(";") if rule.strip()]
    return all(_STYLE.fullmatch(rule) and rule.partition(":")[0] in PROPERTIES for rule in rules)
