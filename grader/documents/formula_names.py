"""Is a run of letters a name in a formula, or an English word? What stands beside it decides."""

from __future__ import annotations

import re
from typing import Literal

from grader.documents.formula_lexer import SYMBOL
from grader.documents.formula_words import (
    CALLED,
    DECORATIONS,
    ENGLISH,
    FUNCTIONS,
    GREEK,
    NAMES,
    OPTIMA,
    UNDECORATED,
)

NameKind = tuple[Literal["operand", "function", "word"], bool]

_KNOWN = "|".join(sorted(GREEK | FUNCTIONS | NAMES | {"norm", "nabla"}, key=lambda name: (-len(name), name)))
_LETTER = r"[B-HJ-Zb-z]"
_EXPONENTIAL = re.compile(r"[A-Za-z]e")  # `Be^(-x)` is no English word
_JOINED = re.compile(rf"{SYMBOL}[²³⁴-⁹]?$")
_MATRIX = re.compile(r"A\s[a-z]\s*=")
_BESIDE_RIGHT = re.compile(
    r"[(\[|‖∥²³⁴-⁹]|['’′]*\s*(?:[*/^_=<>≤≥≠≈→·×⋅∪∩∖∧∨⊕⊗]|:=|[-+−–](?![A-Za-z]{2}|\s[A-Za-z]{2})|->|!=|~=)"
    r"|[ ]\.[ ](?=[(A-Za-z0-9])|\.[A-Za-z](?=\s*[=+*/)])"
)
_BESIDE_LEFT = re.compile(
    r"(?:[*/^_=<>≤≥≠≈→·×⋅∪∩∖∧∨⊕⊗+−–(|‖∥\d-]|(?<![A-Za-z])(?:grad|nabla|∇)(?:_(?:\w+|\{[^{}]*\}|\([^()]*\)))?"
    r"|(?<=[\w)])[ ]\.[ ]|(?<![A-Za-z])(?:ln|log|exp|sin|cos|tan|sqrt)\s)\s*$",
    re.IGNORECASE,
)
# What `grad` and `max` are applied to: a bracket, a bar, a known name, a letter.
_GRADIENT_OF = re.compile(
    rf"\s*[(\[{{|‖∥]|\s+(?:(?:d?(?:{_KNOWN})|{_LETTER})(?![A-Za-z])|{SYMBOL})", re.IGNORECASE
)
_OPTIMUM_OF = re.compile(
    rf"\s+(?:[|‖∥∇∂√]|{SYMBOL}|(?:grad|nabla)\b|(?:{_KNOWN})[(_'^]|d\w*/d|{_LETTER}(?:[(^_'*]|\s[-+*/=]\s)|\d+\*?{_LETTER}?[(^*])"
)
_FACTOR = re.compile(rf"(?:\d|(?<![A-Za-z])(?:{_KNOWN}|[B-HJ-Zb-z])|[({{*]|{SYMBOL})\s?$")
# Limits and integrals that are written out: `lim n -> inf (..)`, `int x^2 dx`.
_NOTHING = re.compile(r"(?!)")
_LIMIT = re.compile(r"\s*(?:[A-Za-z]|[α-ω])\s*(?:->|→)\s*\S+\s+(?!(?:of|is)\b)")
_INTEGRAL = re.compile(r"\s[^.;:=]{1,40}?(?<![A-Za-z])d(?:[a-z]|[α-ω])(?![A-Za-z])")
_BINDS = {"lim": _LIMIT, "int": _INTEGRAL, "integral": _INTEGRAL}
_HYPHENATED = re.compile(
    r"(?:[A-Za-z]{2,}(?:-[A-Za-z]+){0,4}-[A-Za-z]{2,}|[A-Za-z0-9]-[A-Za-z]{4,})(?![A-Za-z(_^])"
)
_LISTED = re.compile(r"\((?:\d+|[ivx]+(?<!x)|[abc])\)")
_PLURAL = re.compile(r"\((?:s|es|ies|\d+|[ivx]+|[a-z])\)")
_OF_QUANTITY = re.compile(r"\((?!(?:s|es|ies|\d+)\))")


def name_kind(text: str, match: re.Match[str], start: int, end: int) -> NameKind:
    """What a name that the lexer found in ``text[start:end]`` is, and whether it stands in formulas only."""
    name = match.group()
    head, _, below = name.partition("_")
    after = text[match.end() : end].lstrip("'’′")
    called = after.startswith("(") and not (_PLURAL if len(name) > 3 else _LISTED).match(after)
    if name in FUNCTIONS or head in FUNCTIONS or (below and head in CALLED):
        return "function", True
    if name in GREEK or head in GREEK:
        return "operand", after.startswith("(")
    if head.lower() in ("grad", "nabla") and (below or after[:1] == "_" or _GRADIENT_OF.match(after)):
        return "function", bool(below) or after[:1] == "_"
    if _BINDS.get(name, _NOTHING).match(after):
        return "function", True
    if name in CALLED:
        bars = re.match(r"\s*(?:\||‖|_)", after) or (name in OPTIMA and _OPTIMUM_OF.match(after))
        if called or bars or name not in NAMES:
            return ("function", called) if called or bars else ("word", False)
    if (len(head) == 1 and (below or head not in "aAI")) or is_decorated(name) or name[1:].isdigit():
        return "operand", called or bool(below)
    return _other_name(text, match, start, after, called)


def _other_name(text: str, match: re.Match[str], start: int, after: str, called: bool) -> NameKind:
    """A name that is English unless it stands beside an operator or a bracket."""
    name = match.group()
    head = name.split("_")[0]
    left = bool(_BESIDE_LEFT.search(text[max(start, match.start() - 24) : match.start()]))
    beside = left or bool(_BESIDE_RIGHT.match(after))
    if _JOINED.search(text[start : match.start()]) and len(head) <= 3:
        return "operand", False  # `2πrh`: letters that join a Greek one are factors
    beside = (
        beside or bool(_MATRIX.match(name + after)) or _is_matrix(text[start : match.start()], name, after)
    )
    if is_quantity(head):
        return ("operand" if beside else "word"), beside and bool(_OF_QUANTITY.match(after))
    if _EXPONENTIAL.fullmatch(name) and after.startswith("^"):
        return "operand", True
    if name.lower() in ENGLISH or len(head) > 3:
        return ("operand" if called and len(name) > 3 and name.lower() not in ENGLISH else "word"), False
    titled = name.istitle() and not left and re.match(r"\s+[-+−/*]", after)
    return ("operand" if beside and not titled else "word"), False


def _is_matrix(before: str, name: str, after: str) -> bool:
    """``A - lambda I)``: a capital behind a factor and before the end of a bracket is no English word."""
    return name in ("A", "I") and after[:1] in (")", "]") and _FACTOR.search(before[-24:]) is not None


def is_quantity(name: str) -> bool:
    """Is a word the name of a quantity, or of its differential (``dLoss``)?"""
    return name.lower() in NAMES or (name[0] == "d" and name[1:].lower() in NAMES)


def is_decorated(name: str) -> bool:
    """Is it a letter whose mark is written out: ``yhat``?"""
    return name[1:] in DECORATIONS and name not in UNDECORATED


def compound_end(text: str, position: int, end: int) -> int:
    """Where a hyphenated English word (``p-value``) that begins here ends; 0 if none does."""
    match = _HYPHENATED.match(text, position, end) if text[position].isalnum() else None
    if not match:
        return 0
    parts = match.group().split("-")
    if any(p in GREEK or p in FUNCTIONS or is_quantity(p) or is_decorated(p) for p in parts):
        return 0
    return match.end()
