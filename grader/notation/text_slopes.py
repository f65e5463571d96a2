"""Derivatives as plain text writes them: `d/dx`, `dy/dx`, `d^2y/dx^2`, `(dy)/(dx)`, `∂²f/∂x²`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from grader.notation.tokens import Token

_ORDER = r"(?:(?:\^|\*\*) ?\d|[²³])?"
_TOP = (
    r"(?P<d>d|partial ?|∂)(?:(?:\^|\*\*)(?P<n>\d)|(?P<sup>[²³]))? ?"
    r"(?P<top>[A-Za-zα-ωℒℓ][A-Za-z0-9_α-ω]*'*(?:\([^()]*\))?|\((?:[^()]|\([^()]*\))*\))?"
)
_BOTTOM = rf"(?:d|partial ?|∂) ?(?P<var>[A-Za-zα-ω][A-Za-z0-9_]*){_ORDER}"
_PLAIN = re.compile(rf"{_TOP}\s*/\s*{_BOTTOM}(?![A-Za-z])")
_BRACKETED = re.compile(rf"\(\s*{_TOP}\s*\)\s*/\s*\(\s*{_BOTTOM}\s*\)")
BEGIN = "dp∂("  # what a derivative begins with
_RAISED = {"²": "2", "³": "3"}


class Slope(NamedTuple):
    """The tokens of a derivative, and where it ends."""

    tokens: list[Token]
    end: int


def slope_at(source: str, start: int, d_is_name: bool, lex: Callable[[str], list[Token]]) -> Slope | None:
    """The derivative that begins here as the tokens of `\\frac{dy}{dx}`; None if there is none.

    `lex` cuts the function and the variable into tokens; `d_is_name` says that d is a declared name.
    """
    before = source[start - 1 : start]
    if before in ("_", "\\") or (before.isalnum() and source[start] != "("):
        return None
    found = (_BRACKETED if source[start] == "(" else _PLAIN).match(source, start)
    if found is None or (d_is_name and found["d"] == "d"):
        return None
    if found["top"] == "rac" or (found["d"] == "d" and found["var"] == "d"):
        return None
    return Slope(_tokens(found, lex), found.end())


def _tokens(found: re.Match[str], lex: Callable[[str], list[Token]]) -> list[Token]:
    kind = "diff" if found["d"] == "d" else "partial"
    order = found["n"] or _RAISED.get(found["sup"] or "", "")
    start, end = found.span()
    out = [Token("frac", "frac", start, end)]
    power = [Token("^", "^", start, end), Token("num", order, start, end)] if order else []
    for group in ("top", "var"):
        base = found.start(group)
        inner = [Token(t.kind, t.text, t.start + base, t.end + base, t.gap) for t in lex(found[group] or "")]
        body = [*power, *inner] if group == "top" else [*inner, *power]
        out += [Token("{", "{", start, end), Token(kind, "d", start, end), *body, Token("}", "}", start, end)]
    return out
