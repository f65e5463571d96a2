"""Limits, sums, integrals and logarithms with what is written under them, as plain text has it.

`lim x->0 f`, `lim as x approaches 0 of f`, `sum k=1 to n of k`, `int from 0 to 1 of x dx`, `log base 2 of x`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from grader.notation.tokens import Token

_END = r"(?:[^\s()\[\],]+|\([^()]*\))"  # a bound, or a point that is approached: no blanks but in brackets
_TO = r"\s*(?:-->|->|→|⟶|(?<=\s)(?:to|approaches|tends to|goes to)(?=\s))\s*"
_SIDE = r"(?:\s+from\s+(?:the\s+)?(?P<side>left|right|above|below))?"
_OF = r"\s*(?:,|of(?![A-Za-z]))?\s*"
_NAME = r"[A-Za-zα-ω](?:_?\d)?"
_SERIES = rf"(?:(?:from|for|over)\s+)?(?P<var>{_NAME})\s*=\s*(?P<low>{_END})\s+to\s+(?P<high>{_END})"
_FORMS = {
    "lim": (
        rf"\s*_?\s*\(\s*(?P<var>{_NAME}){_TO}(?P<point>[^()]+|[^()]*\([^()]*\)[^()]*){_SIDE}\s*\){_OF}",
        rf"(?:_|\s)\s*(?:as\s+)?(?P<var>{_NAME}){_TO}(?P<point>{_END}){_SIDE}(?=[\s(\[,]|$){_OF}",
    ),
    "sum": (rf"\s*\(\s*{_SERIES}\s*\){_OF}", rf"\s+{_SERIES}{_OF}"),
    "int": (
        rf"\s+from\s+(?P<low>{_END})\s+to\s+(?P<high>{_END}){_OF}",
        rf"\s+(?:of\s+)?(?P<body>[^\n]+?\bd[a-z])\s+from\s+(?P<low>{_END})\s+to\s+(?P<high>{_END})",
    ),
    "log": (rf"\s*(?:(?:to|in)\s+)?(?:the\s+)?\(?\s*base\s+(?P<low>{_END})\s*\)?{_OF}",),
}
_RULES = {head: tuple(re.compile(form) for form in forms) for head, forms in _FORMS.items()}
_HEAD = re.compile(r"(limit|lim|sum|product|prod|integral|int|log)(?![A-Za-z])")
_RULE_OF = {"limit": "lim", "product": "sum", "prod": "sum", "integral": "int"}
_TOKENS = {"lim": ("lim", "lim"), "int": ("int", "int"), "log": ("fn", "log")}
_PRODUCTS = ("prod", "product")
_INTEGRAL_OF = re.compile(r"\s+(?:of\s+)?")
BEGIN = "lspi"
Lex = Callable[[str], list[Token]]


class Ranged(NamedTuple):
    """The tokens of an operator with its bounds, and where they end."""

    tokens: list[Token]
    end: int


def ranged_at(source: str, start: int, lex: Lex) -> Ranged | None:
    """The operator that begins here with its bounds, as LaTeX has it; None if it has none in words.

    >>> from grader.expressions.symbols import SymbolTable
    >>> from grader.notation.text_tokens import lex_text
    >>> found = ranged_at("lim x->0 x", 0, lambda part: lex_text(part, SymbolTable()).tokens)
    >>> [token.text for token in found.tokens]
    ['lim', '_', '{', 'x', 'to', '0', '}']
    """
    head = _HEAD.match(source, start)
    if head is None or source[start - 1 : start] == "_":
        return None
    rule = _RULE_OF.get(head[1], head[1])
    for form in _RULES[rule]:
        found = form.match(source, head.end())
        if found is not None:
            return Ranged(_tokens(head, rule, found, lex), found.end())
    plain = _INTEGRAL_OF.match(source, head.end()) if head[1] == "integral" else None
    sign = Token("int", "int", start, head.end())
    return Ranged([sign], plain.end()) if plain is not None else None


def _tokens(head: re.Match[str], rule: str, found: re.Match[str], lex: Lex) -> list[Token]:
    kind, text = _TOKENS.get(rule, ("sum", "product" if head[1] in _PRODUCTS else "sum"))
    groups = found.groupdict()
    out = [Token(kind, text, head.start(), head.end())]
    if rule == "lim":
        side = groups["side"]
        sign = "" if side is None else "-" if side in ("left", "below") else "+"
        out += _script("_", found, (("var", ""), ("", "->"), ("point", sign)), lex)
    elif groups.get("var"):
        out += _script("_", found, (("var", ""), ("", "="), ("low", "")), lex)
    else:
        out += _script("_", found, (("low", ""),), lex)
    if groups.get("high"):
        out += _script("^", found, (("high", ""),), lex)
    return out + _part(found, "body", "", lex) if groups.get("body") else out


def _script(mark: str, found: re.Match[str], parts: tuple[tuple[str, str], ...], lex: Lex) -> list[Token]:
    """`_{...}` or `^{...}` around parts of the source, each a group and what is added behind it."""
    start, end = found.span()
    inside = [token for group, more in parts for token in _part(found, group, more, lex)]
    return [
        Token(mark, mark, start, start),
        Token("{", "{", start, start),
        *inside,
        Token("}", "}", end, end),
    ]


def _part(found: re.Match[str], group: str, more: str, lex: Lex) -> list[Token]:
    base = found.start(group) if group else found.start()
    inner = lex((found[group].strip() if group else "") + more)
    return [Token(t.kind, t.text, t.start + base, t.end + base, t.gap) for t in inner]
