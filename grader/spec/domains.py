"""Reads the text of a `domain:` into a `Domain`."""

from __future__ import annotations

import re
from fractions import Fraction

from grader.expressions.domains import NATURALS, POSITIVE, REALS, Domain

ZERO = Fraction(0)
NAMED = {
    "reals": REALS,
    "real": REALS,
    "positive": POSITIVE,
    "negative": Domain(high=ZERO),
    "nonnegative": Domain(low=ZERO, open_low=False),
    "nonpositive": Domain(high=ZERO, open_high=False),
    "integers": Domain(integer=True),
    "integer": Domain(integer=True),
    "naturals": NATURALS,
    "positive integers": Domain(low=Fraction(1), open_low=False, integer=True),
}
_INTERVAL = re.compile(r"\s*([\[(])\s*([^,;\[\]()]+?)\s*[,;]\s*([^,;\[\]()]+?)\s*([\])])\s*")
_INFINITE = re.compile(r"([+-]?)\s*(oo|inf|infinity|\\infty|∞)")


def read_domain(text: str) -> Domain:
    """The domain that a text names: "(0, 1)", "[0, oo)", "positive", "integers" ...

    Ends are rational: `1/2`, `0.5`, `-3`. Raises ValueError with a sentence for the author.
    """
    named = NAMED.get(" ".join(text.replace("-", " ").lower().split()))
    named = named or NAMED.get(text.strip().lower().replace("-", ""))
    if named is not None:
        return named
    match = _INTERVAL.fullmatch(text)
    if match is None:
        raise ValueError(f"`{text}` is no domain")
    left, low_text, high_text, right = match.groups()
    low, high = _end(low_text, "-"), _end(high_text, "+")
    if (low is None and left == "[") or (high is None and right == "]"):
        raise ValueError("an infinite end takes a round bracket")
    if low is not None and high is not None and (low > high or (low == high and (left, right) != ("[", "]"))):
        raise ValueError(f"`{text}` is empty")
    return Domain(low, high, left == "(", right == ")")


def _end(text: str, side: str) -> Fraction | None:
    infinite = _INFINITE.fullmatch(text)
    if infinite is not None:
        if (infinite[1] or "+") != side:
            raise ValueError("the two ends are the wrong way round")
        return None
    try:
        return Fraction(text.replace(" ", ""))
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"the end `{text}` is not a rational number") from None
