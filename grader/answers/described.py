"""Formulas that are part of a description in words: `the squared difference between $p$ and $y$`.

What the words make of such a formula is the value, and the formula alone is not.
"""

from __future__ import annotations

import re

from grader.working import Statement

_MADE = (
    r"squares?|squared|difference|error|residual|product|sum|quotient|ratio|power|root|inverse|reciprocal|log"
    r"|logarithm|logit|log-odds|odds|derivative|gradient|distance|deviation|average|mean|norm|exponential|cube"
    r"|half|twice|composition|function|integral|third|quarter|minus"
)
_NEUTRAL = r"value|solution|limit|maximum|minimum|slope|multiple"
_OF = r"\b(?:is|are|equals?|as|by|take|=|:)(?: \S+){{0,6}}? (?:{})(?: \w+)? (?:of|between|from|in)\b[^.;:]*$"
# `is the square of`, `is the difference between`: what follows is what it is made of.
_MADE_OF = re.compile(_OF.format(_MADE))
_VALUE_OF = re.compile(_OF.format(_NEUTRAL))
# `is the squared residual $p - y$`
_SQUARED = re.compile(
    r"\b(?:is|are|equals?|as|by|take)(?: the| an?| its| our| just| simply)* "
    r"(?:squared?|halved|doubled|absolute|inverse|reciprocal|negative|exponentiated) [\w-]+,?$"
)
_RESTATES = re.compile(r"\b(?:i\.e\.|that is|namely|which is|in symbols|so|thus|hence|or)[,: ]*$")
_IS_SQUARE = re.compile(r"\bsquared?\b")
_GOES_ON = re.compile(r"^[^.;]*:$")


def is_described(statement: Statement) -> bool:
    """Whether the words before a formula make something else of it, or a colon leads on to the value."""
    intro, outro = statement.line.intro, statement.line.outro
    return bool(changing_description(intro) or _VALUE_OF.search(intro) or _GOES_ON.match(outro))


def changing_description(intro: str) -> str:
    """The words that say what is made of the formula that they lead up to.

    >>> changing_description("the loss is the squared residual")
    'is the squared residual'
    """
    if _RESTATES.search(intro):
        return ""
    found = _MADE_OF.search(intro) or _SQUARED.search(intro)
    return found.group().strip() if found is not None else ""


def made_of(statement: Statement) -> str:
    """The words that make something else of a formula; `the squared error $(p - y)^2$` is squared already."""
    words = changing_description(statement.line.intro)
    is_square = statement.last.head == "pow" and _IS_SQUARE.search(words) is not None
    return "" if len(statement.members) > 1 or is_square else words


def describes_a_value(prose: str) -> bool:
    """Whether words alone say what something is made of: `the loss is the square of the residual`."""
    said = re.compile(rf"\b(?:is|equals?|be)(?: \w+){{0,3}} (?:{_MADE})\b")
    return said.search(prose.lower()) is not None
