"""Words in formulas: which join statements, which are names, which are prose."""

from __future__ import annotations

from grader.expressions.symbols import SymbolTable
from grader.notation.tokens import Token

_CONNECTORS = {
    "or": "or", "and": "and", "respectively": "and", "as well as": "and", "but": "and",
    "so": "therefore", "hence": "therefore", "thus": "therefore", "therefore": "therefore",
    "then": "therefore",
    "implies": "implies", "which implies": "implies", "iff": "iff", "if and only if": "iff", "i.e.": "iff",
    "that is": "iff", "equivalently": "iff", "because": "because", "since": "because", "as": "for",
    "where": "where", "with": "where", "for": "for", "for all": "for", "for any": "for", "for every": "for",
    "if": "if", "when": "if", "whenever": "if", "provided": "if", "provided that": "if", "unless": "unless",
    "given": "given", "given that": "given", "let": "let", "suppose": "let", "at": "at", "on": "for",
    "while": "and",
    "otherwise": "or", "such that": "where", "s.t.": "where", "this gives": "therefore",
    "we get": "therefore",
    "it follows that": "therefore", "so that": "therefore", "and so": "therefore", "and thus": "therefore",
    "and hence": "therefore", "and therefore": "therefore", "so we get": "therefore",
    "or equivalently": "iff",
    "either": "", "both": "", "let us set": "let", "because of": "because", "and where": "where",
    "or else": "or",
}  # fmt: skip


def connector_of(phrase: str) -> str | None:
    """How a phrase joins two statements, or None if it does not.

    >>> connector_of("and thus,")
    'therefore'
    """
    return _CONNECTORS.get(phrase.lower().strip(" ,;:()"))


_BEFORE = frozenset(
    ["rel", "not=", "+", "-", "cdot", "times", "*", "/", "(", "[", "{", "lset", "|", "||", ",", "logic",
     "\\\\", "&", "quad",
     "langle", "frac", "}", "nabla", "_", "^", "rows", "fn", "opt", "accent", ";"]
)  # fmt: skip
_AFTER = frozenset(
    ["rel", "not=", "+", "-", "cdot", "times", "*", "/", ")", "]", "}", "rset", "|", "||", "(", "_", "^",
     "'", ",", "\\\\",
     "&", "quad", "rangle", "endrows", "!", "%", ".", ";", "logic", "end"]
)  # fmt: skip


def is_name(tok: Token, before: Token | None, after: Token | None, table: SymbolTable) -> bool:
    """Whether an upright word stands where an operand does (`largest magnitude = ...`), or is a unit."""
    known = table.by_spelling
    word = tok.text
    if word in known or word.lower() in known or word.capitalize() in known:
        return True
    start = before is None or before.kind in _BEFORE - {"}"}
    stop = after is None or after.kind in _AFTER
    if before is None and after is None:
        return False
    if start:
        return stop and not (
            after is None and before is not None and before.kind in ("\\\\", "quad", ",", "logic")
        )
    return (
        before is not None
        and before.kind in ("num", "}", ")", "const")
        and " " not in word
        and _is_unit(word)
    )


_UNITS = frozenset(
    [
        "m",
        "cm",
        "mm",
        "km",
        "s",
        "sec",
        "seconds",
        "second",
        "min",
        "minutes",
        "h",
        "hours",
        "hour",
        "days",
        "kg",
        "g",
        "mg",
        "l",
        "ml",
        "litres",
        "liters",
        "m/s",
        "degrees",
        "degree",
        "rad",
        "radians",
        "units",
        "unit",
        "meters",
        "metres",
        "meter",
        "metre",
        "miles",
        "mile",
        "inches",
        "inch",
        "feet",
        "foot",
        "ft",
        "dollars",
        "cents",
        "euros",
        "yuan",
        "percent",
        "J",
        "N",
        "W",
        "V",
        "A",
        "K",
        "Hz",
        "Pa",
        "mol",
        "bits",
        "bit",
        "nats",
        "people",
        "points",
        "students",
        "ways",
        "times",
    ]
)


def _is_unit(word: str) -> bool:
    return word.lower() in _UNITS or word in _UNITS
