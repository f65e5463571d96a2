"""Words that stand for a sign or for a value: `is at least`, `divided by`, `no solution`."""

from __future__ import annotations

import re

from grader.expressions import build
from grader.expressions.nodes import Expr
from grader.expressions.symbols import SymbolTable

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
    "|there are no solutions|empty set|the empty set|no roots|no real roots|no solution exists"
    "|no solutions exist|there is no real solution|there are no real solutions|it has no solution"
    "|it has no solutions|has no solution|has no solutions|the equation has no solution"
    "|the system has no solution|the equation has no solutions|the system has no solutions",
    "reals": "all real numbers|all reals|the real numbers|all real x|every real number|any real number",
    "true": "true|yes",
    "false": "false|no",
    "oo": "infinity",
}
# What is said where there is no value; each is a name of its own.
_MISSING = {
    "does not exist": "does not exist|dne|d.n.e|doesn't exist|undefined|not defined|is undefined"
    "|is not defined"
    "|it does not exist|the limit does not exist|limit does not exist|no limit|the limit is undefined",
    "diverges": "diverges|divergent|it diverges|the series diverges|the integral diverges|is divergent",
}
_BY_PHRASE = {phrase: name for name, some in _VALUES.items() for phrase in some.split("|")}


_BY_MISSING = {phrase: build.symbol(name) for name, some in _MISSING.items() for phrase in some.split("|")}
MISSING = frozenset(_BY_MISSING.values())
_SHORT = 3  # a word of so few letters may be a product of declared ones


def value_of_phrase(words: str, table: SymbolTable | None = None) -> Expr | None:
    """What an answer is that has no formula in it: the empty set for `No solution.`

    A short word whose letters are declared (`no` with n and o) is left a product.

    >>> value_of_phrase("No real solutions."), value_of_phrase("DNE")
    (constant('emptyset'), symbol('does not exist'))
    """
    phrase = " ".join(words.lower().strip(" .,;:!").split())
    name = _BY_PHRASE.get(phrase)
    found = build.constant(name) if name is not None else _BY_MISSING.get(phrase)
    if found is None or (table is not None and len(phrase) <= _SHORT and _is_product(words, table)):
        return None
    return found


def _is_product(word: str, table: SymbolTable) -> bool:
    return any(table.find(letter) is not None for letter in word if letter.isalpha())
