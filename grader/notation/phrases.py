"""Words in formulas: which join statements, which are names, which are prose."""

from __future__ import annotations

import re

from grader.expressions.symbols import SymbolTable
from grader.notation.tokens import Token
from grader.notation.units import is_unit

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


_LETTERS = re.compile(r"[^\W_]+")
_NEUTRAL = frozenset(
    [
     "a", "again", "all", "also", "an", "and", "answer", "answers", "any", "arbitrary", "are", "area",
     "be", "both", "claimed", "constant", "constants", "desired", "distance", "done", "each", "equals",
     "equivalent", "equivalently", "every", "final", "finally", "find", "following", "follows", "for",
     "form", "found", "from", "get", "gets", "give", "gives", "had", "has", "have", "hence", "here", "i",
     "if", "integer", "integers", "is", "it", "its", "know", "length", "limit", "maximum", "minimum",
     "needed", "note", "now", "number", "numbers", "obtain", "obtained", "one", "only", "or", "part",
     "probability", "qed", "real", "required", "result", "see", "simplified", "so", "solution",
     "solutions", "some", "that", "the", "then", "there", "therefore", "these", "this", "thus", "value",
     "values", "volume", "wanted", "was", "we", "when", "where", "which", "with", "yield", "yields",
     "you",
    ]
)  # fmt: skip


def says_nothing(phrase: str) -> bool:
    """Whether words beside a formula leave its value as it is: they join, or announce, or name its kind.

    The list is closed. Any other word may change what the formula says (`half of`, `million`), and must
    not be passed over.

    >>> says_nothing("so the answer is"), says_nothing("half of")
    (True, False)
    """
    if connector_of(phrase) is not None:
        return True
    return all(word in _NEUTRAL or len(word) == 1 for word in _LETTERS.findall(phrase.lower()))


_BEFORE = frozenset(
    ["rel", "not=", "+", "-", "cdot", "times", "*", "/", "(", "[", "{", "lset", "|", "||", ",", "logic",
     "\\\\", "&", "quad",
     "langle", "frac", "}", "nabla", "_", "^", "rows", "fn", "operator", "opt", "accent", ";"]
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
    if after is not None and after.kind == "(" and (" " in word or word.lower() in _QUANTIFYING):
        return False  # half of (x + 1)
    if start:
        return stop and not (
            after is None and before is not None and before.kind in ("\\\\", "quad", ",", "logic")
        )
    if before is None or not is_unit(word):
        return False
    return before.kind in ("num", "}", ")", "const", "name") or (
        before.kind == "word" and is_unit(before.text)
    )


_QUANTIFYING = frozenset(["half", "twice", "thrice", "double", "triple", "negative", "minus", "not", "about"])
