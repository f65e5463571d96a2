"""What words call a formula that stands alone: "the gradient of the normal is $1/3$"."""

from __future__ import annotations

import re

from grader.expressions.build import symbol
from grader.expressions.nodes import Expr
from grader.working.records import Line

TANGENT, NORMAL = symbol("the slope of the tangent"), symbol("the slope of the normal")
FACTOR = symbol("the integrating factor")
SUM = symbol("the sum of the series")
_IS = r"\s*(?:is|equals|becomes|=|:)\s*(?:then|therefore|thus|also|just|simply|given by)?\s*(?:\$)?$"
_INSIDE = r"(?:(?!gradient|slope)[^.;:=])"
_SLOPE = re.compile(
    r"\b(?:gradient|slope)(?: of (?:the |this )?(?P<what>tangent|normal|curve)(?: line| there| here)?)?"
    rf"(?: (?:at|there|here|when|where)\b{_INSIDE}*(?:={_INSIDE}*)?)?" + _IS
)
_PLACE = re.compile(r"\b(?:at the point |point )?(?:where|when|for) \$[^$]*\$")
_ASKED = re.compile(
    r"\b(?:where|when|whose|if|given|suppos\w*|such that|want|need|find|for which|at which)\b"
)
_FACTOR = re.compile(r"\bintegrating factor\b[^.;:=]*" + _IS)
# "$dy/dx = 2x$, and at $x = 3$ this is $6$"
_THERE = re.compile(
    r"\$[^$]*(?:dx|')[^$]*=[^$]*\$[^.;$]*\b(?:at|when|for) \$[^$]*\$,? (?:this|it|that)" + _IS
)
_SUM = re.compile(r"\bsum(?: to infinity| of (?:the|this) (?:infinite |geometric )?series)?" + _IS)
_CALLED = re.compile(r"\bintegrating factor[,:]?\s*$")


def spoken_name(text: str) -> Expr | None:
    """The quantity that the words before a formula say that it is; None if they name none of these."""
    words = " ".join(text.lower().split())
    if _FACTOR.search(words):
        return FACTOR
    if _SUM.search(words):
        return SUM
    found = _SLOPE.search(words)
    if found is None:
        return TANGENT if _THERE.search(words) else None
    if _ASKED.search(_PLACE.sub("", words)):
        return None
    return NORMAL if found["what"] == "normal" else TANGENT


def calls_factor(text: str) -> bool:
    """Whether words lead up to a name or an exponential as the integrating factor."""
    return _CALLED.search(" ".join(text.lower().split())) is not None


def name_of(line: Line) -> Expr | None:
    """What a formula without a relation, or with no name at its head, is said to be."""
    tree = line.segment.tree
    if tree is None or line.segment.leading or tree.kind != "scalar":
        return None
    return spoken_name(line.sentence)
