"""A unit behind a quantity, however many words and signs it is made of: `kg\\cdot m/s^2`."""

from __future__ import annotations

from grader.notation.lookup import find
from grader.notation.parser import Parser
from grader.notation.tokens import Token
from grader.notation.units import is_unit, unit_letters

_JOINS = {"cdot": "*", "*": "*", "times": "*", "/": "/"}


def take_unit(p: Parser) -> str:
    """The unit that begins with the word that stands here, as text; all of it is passed over."""
    text = p.advance().text + _power(p)
    while True:
        joined = _JOINS.get(p.tok.kind, "")
        nested = joined == "/" and p.peek().kind == "("
        word = p.peek(1 + nested) if joined else p.tok
        if not _goes_on(p, word, joined):
            return text
        if joined:
            p.advance()
        if nested:
            p.advance()
            text += "/(" + take_unit(p) + ")"
            if p.tok.kind == ")":
                p.advance()
            continue
        text += (joined or " ") + p.advance().text + _power(p)


def _goes_on(p: Parser, tok: Token, joined: str) -> bool:
    """Whether a token is a further part of the unit: a word, or a letter that is one behind a slash."""
    if tok.kind == "word":
        return is_unit(tok.text)
    beside = joined == "/" or (not p.latex and bool(tok.gap) and not joined)
    return beside and tok.kind == "name" and tok.text in unit_letters() and find(p.table, tok.text) is None


def _power(p: Parser) -> str:
    """The small exponent that stands here, passed over: `^2`, `^{-1}`, in plain text `^(-1)`."""
    if p.tok.kind != "^":
        return ""
    place = p.pos + 1
    opened = p.toks[place].kind in ("{", "(")
    place += opened
    sign = "-" if p.toks[place].kind == "-" else ""
    place += bool(sign)
    number = p.toks[place]
    if number.kind != "num" or not number.text.isdigit() or len(number.text) > 1:
        return ""
    p.seek(place + 1 + opened)
    return f"^{sign}{number.text}"
