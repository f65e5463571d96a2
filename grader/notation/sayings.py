"""Words that stand for a sign or for a value: `is at least`, `divided by`, `no solution`."""

from __future__ import annotations

import re

from grader.expressions import build
from grader.expressions.nodes import Expr

_RELATIONS = {
    ">=": "at least|no less than|not less than|greater than or equal to|more than or equal to",
    "<=": "at most|no more than|not more than|less than or equal to|smaller than or equal to",
    ">": "greater than|more than|larger than|strictly greater than",
    "<": "less than|smaller than|strictly less than",
    "!=": "not equal to|different from",
    "=": "equal to",
}  # fmt: skip
_VERBS = {
    "!=": "does not equal", "=": "equals",
    "to": "tends to|approaches|goes to", "in": "belongs to|lies in|is an element of",
}  # fmt: skip
_OPERATIONS = {
    "divided by": ("/", "/"), "multiplied by": ("times", "times"), "to the power of": ("^", "^"),
    "to the power": ("^", "^"),
}  # fmt: skip
SIGNS: dict[str, tuple[str, str]] = {
    **{p: ("rel", sign) for sign, some in _VERBS.items() for p in some.split("|")},
    **{
        prefix + p: ("rel", sign)
        for sign, some in _RELATIONS.items()
        for p in some.split("|")
        for prefix in ("", "is ")
    },
    **_OPERATIONS,
}
SPOKEN = re.compile(
    r"(?:" + "|".join(s.replace(" ", r"\s+") for s in sorted(SIGNS, key=len, reverse=True)) + r")(?![A-Za-z])"
)
SPOKEN_FIRST = frozenset(s.split()[0] for s in SIGNS)

_VALUES = {
    "emptyset": "no solution|no solutions|no real solution|no real solutions|there is no solution"
    "|there are no solutions|empty set|the empty set",
    "reals": "all real numbers|all reals|the real numbers|all real x|every real number|any real number",
    "true": "true",
    "false": "false",
    "oo": "infinity",
}
_BY_PHRASE = {phrase: name for name, some in _VALUES.items() for phrase in some.split("|")}


def value_of_phrase(words: str) -> Expr | None:
    """What an answer is that has no formula in it: the empty set for `No solution.`

    >>> value_of_phrase("No real solutions.")
    constant('emptyset')
    """
    phrase = " ".join(words.lower().strip(" .,;:!").split())
    name = _BY_PHRASE.get(phrase)
    return build.constant(name) if name is not None else None
