"""What the words beside a formula say of it: where it ends, and whether a lone number is one."""

from __future__ import annotations

import re

from grader.documents.formula_tokens import Token

# As far as words beside a formula are looked at.
_REACH = 80

_STATES = re.compile(
    r"(?:\b(?:is|are|equals?|equal\s+to|gives?|get|yields?|obtain|becomes|approximately|about)|(?<![!<>])="
    r"|\b(?:answers?|results?|solutions?|values?|total|max\w*|min\w*|have|get|gives?|is|are)\s*\**:)[\s*]*$",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"[*\"')]*(?:\s*$|[.;!](?:\s|$)|,(?!\s*\d)|\s+(?:at|when|for|so|since|because|with|on|as|if|where)\b)",
    re.MULTILINE,
)
_ORDINARY = (
    r"derivative|gradient|differential|norm|magnitude|length|inverse|logarithm|log|square|root|integral"
)
_RARER = r"antiderivative|limit|sum|product|mean|expectation|variance|determinant|trace|reciprocal|negative"
_EXTREME = (
    r"(?:(?:absolute|largest|smallest|greatest|least|highest|lowest|max(?:imum)?|min(?:imum)?)\s+value)"
)
_APPLIES = re.compile(
    rf"(?:\b(?:{_ORDINARY}|{_RARER}|{_EXTREME}|max(?:imum)?|min(?:imum)?|supremum|infimum|grad)s?"
    r"(?:\s+(?:over|with\s+respect\s+to|w\.?r\.?t\.?|in)\s+\w+)?|\bd/d\w+"
    r"|\blim(?:it)?\b[^.:;=]{0,30}?)\s+of(?:\s+the)?\s*$|\b(?:with\s+respect\s+to|wrt|w\.r\.t\.?)\s+$",
    re.IGNORECASE,
)
# "Find the maximum of f(x) = 2x - x^2": what is asked for is said of f, and f is what stands there.
_ASKS = re.compile(
    r"(?:\A|(?<=[\s(:]))(?:find|determine|calculate|compute|evaluate|work\s+out|locate|identify|classify|seek"
    r"|minimi[sz]e|maximi[sz]e|what\s+(?:is|are))\b[^.;:=\n]*$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\s*(?:is|are|equals|becomes|gives|tends|goes|has|over|wrt|w\.r\.t|with\s+respect)\b", re.IGNORECASE
)


def is_stated(text: str, run: list[Token]) -> bool:
    """Is a lone value said to be something: ``The answer is 5.``, but not ``it is 5 long``?"""
    start, end = run[0].start, run[-1].end
    value = all(token.kind in _VALUE and token.text != "..." for token in run) and any(
        token.text[:1].isdigit() or token.text in "½⅓⅔¼¾⅛⅕" for token in run
    )
    return value and bool(
        _STATES.search(text[max(0, start - _REACH) : start]) and _STATED.match(text[end : end + _REACH])
    )


def is_listed(text: str, before: list[Token], run: list[Token]) -> bool:
    """Is a number one more value of a list: the ``1`` of ``x = 0, 1``, at the end of what is said?"""
    valued = len(before) > 2 and before[1].kind == "relation" and before[1].text == "="
    numbers = (before[2:] if valued else before), run
    return all(map(_is_number, numbers)) and bool(_LIST_GOES_ON.match(text[run[-1].end :]))


def _is_number(run: list[Token]) -> bool:
    digits = any(token.text[:1].isdigit() for token in run)
    return digits and all(token.text in "+-−/" or token.text[:1].isdigit() for token in run)


_LIST_GOES_ON = re.compile(r"[ \t]*(?:,[ \t]*(?:or |and )?[-−]?\d|[.;)]?[ \t]*(?:\n|$)|[.;]\s)")
_VALUE = ("operand", "operator", "open", "close", "comma", "postfix")


def cut_at_relation(text: str, run: list[Token]) -> list[list[Token]]:
    """``the derivative of E = F`` says that the derivative is F, not E: they are two formulas."""
    before = text[max(0, run[0].start - _REACH) : run[0].start] if run else ""
    if not _APPLIES.search(before) or _ASKS.search(before):
        return [run]
    if _GOES_ON.match(text[run[-1].end : run[-1].end + _REACH]):
        return [run]
    depth = 0
    for index, token in enumerate(run):
        depth += (token.kind == "open") - (token.kind == "close")
        if token.kind == "relation" and token.text in ("=", "≈", "~=") and depth == 0:
            return [run[:index], run[index + 1 :]]
    return [run]
