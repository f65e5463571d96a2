"""The tokens of a line of mixed prose and formulas."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from grader.documents.formula_lexer import LEXER
from grader.documents.formula_names import compound_end, name_kind
from grader.documents.formula_words import COMMANDS
from grader.documents.inline import closing_brace

Kind = Literal[
    "operand", "function", "operator", "relation", "open", "close", "bar", "postfix", "comma", "dot", "word"
]

# What behind a star makes it a mark of the name before it: `w* = w`, `w*.phi(x)`.
_STARRED = re.compile(r"\s*(?:[.,;:)\]}=<>≤≥≠≈→·^⟩⁰-⁹ᵀᵗ|‖]|[-+*/]\s|->|!=|\s[A-Za-z]{2,}\b(?![(_'])|$)")
_FACTORIAL = re.compile(r"(?:\)|(?<![A-Za-z])[a-z])\Z")
_ENDS = ("operand", "close", "postfix", "bar")
_ATTACHED = "/*^·×"


@dataclass(frozen=True, slots=True)
class Token:
    """One token. `spaced`: a space stands before it; `telling`: it stands in formulas only."""

    kind: Kind
    start: int
    end: int
    text: str
    spaced: bool
    telling: bool = False


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """The tokens of one line. English words, addresses, dates and abbreviations are of kind "word"."""
    found: list[Token] = []
    spaced, position, whole = True, start, True
    while position < end:
        compound = compound_end(text, position, end)
        if compound:
            found.append(Token("word", position, compound, text[position:compound], spaced))
            position, spaced = compound, False
            continue
        match = LEXER.match(text, position, end)
        if match is None:
            break
        position = match.end()
        if match.lastgroup == "space":
            spaced = True
            continue
        if match.lastgroup == "command" and whole:
            position, whole = _arguments_end(text, position, end)
        kind, telling = _kind(text, match, start, end)
        if (
            kind == "operator"
            and match.group() == "*"
            and not spaced
            and _is_star(text, match.end(), end, found)
        ):
            kind = "postfix"
        elif kind == "postfix" and (spaced or not found or found[-1].kind not in (*_ENDS, "function")):
            kind, telling = "word", False
        found.append(Token(kind, match.start(), position, text[match.start() : position], spaced, telling))
        spaced = False
    return found


def _is_star(text: str, after: int, end: int, found: list[Token]) -> bool:
    """Is the star before `after` a mark of the name before it?"""
    named = bool(found) and found[-1].kind == "operand" and found[-1].text.isalpha()
    return named and _STARRED.match(text, after, end) is not None


def _kind(text: str, match: re.Match[str], start: int, end: int) -> tuple[Kind, bool]:
    group = match.lastgroup
    if group == "command":
        known = match.group()[1:] in COMMANDS
        return ("operand" if known else "word"), known
    if group == "name":
        return name_kind(text, match, start, end)
    if group == "derivative":
        return ("operand" if match.group("of") else "function"), True
    if group == "prefix":
        return "function", match.group() not in "∇"
    if group == "postfix":
        return "postfix", match.group()[0] not in "'’′″%°º˚"
    if group == "factorial":
        factor = match.start() > start and _FACTORIAL.search(text[start : match.start()])
        return ("postfix" if factor else "word"), False
    if group == "hole":
        return ("operand" if _is_hole(text, match.start(), start, end) else "word"), False
    if group == "brace":
        return ("bar" if "|" in match.group() else "open" if "{" in match.group() else "close"), False
    if group == "symbol":
        return "operand", match.group() == "∞" or text.startswith("(", match.end(), end)
    if group in ("number", "dots"):
        return "operand", False
    if group in ("relation", "operator", "open", "close", "bar", "comma", "dot"):
        return group, group in ("open", "close") and match.group() in "⟨⟩"  # type: ignore[return-value]
    return "word", False


def _is_hole(text: str, offset: int, start: int, end: int) -> bool:
    """A question mark beside an operator stands for what its author left open: ``y/?``."""
    before = text[start:offset].rstrip()[-1:]
    after = text[offset + 1 : end].lstrip()[:1]
    return (before != "" and before in _ATTACHED + "+") or (after != "" and after in _ATTACHED)


def _arguments_end(text: str, position: int, end: int) -> tuple[int, bool]:
    """A command takes the brace groups that follow it; false if one of them never ends."""
    while text.startswith("{", position) and position < end:
        close = closing_brace(text, position + 1, end)
        if close < 0:
            return position, False
        position = close + 1
    return position, True
