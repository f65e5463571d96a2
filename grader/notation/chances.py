"""Operators on what is random: when an undeclared `P`, `Pr` or `E` before a bracket is a function of it."""

from __future__ import annotations

from grader.notation.commands import UPRIGHT
from grader.notation.parser import Parser
from grader.notation.tokens import Token

SPELLED = {sign: name for name, sign in UPRIGHT.items() if name != "Pr"} | {"Pr": "P"}
OPERATORS = frozenset(["P", "P|", "Pr", "E", "E|", "Var", "Cov", "Corr"])
_WORDS = {"or": ("logic", "or"), "and": ("logic", "and"), "not": ("not", "not"), "given": ("mid", "")}
_OPEN = frozenset(["(", "[", "{", "lset", "begin"])
_CLOSE = frozenset([")", "]", "}", "rset", "end_env"])
_SETS = frozenset(["emptyset", "Omega"])
_BESIDE_WORDS = frozenset(["word", "name", "num", ","])
_BESIDE_NAMES = frozenset(["{", "}", "(", ")", "'", "_", "^", "not", "accent", ",", "setop", "logic"])


def is_operator(p: Parser, word: str) -> bool:
    """Whether the name before this bracket acts on events or random variables.

    Any other letter before a bracket multiplies, and so do these before what is not random: `E[x + 1]`.
    """
    if word in SPELLED or word == "P":
        _read_words(p)
    if word in SPELLED:
        return True
    inside = _inside(p)
    if word == "E":
        return p.tok.kind == "[" and any(map(_is_random, inside))
    return word == "P" and (_is_compared(inside) or _names_events(p))


def is_perhaps_expectation(p: Parser, word: str) -> bool:
    """`E(X)` and `E(XY)`: a letter that usually is a random variable stands in the round bracket."""
    return word == "E" and p.tok.kind == "(" and any(_is_random(t) and t.text in "UVWXYZ" for t in _inside(p))


def holds_events(p: Parser) -> bool:
    """`P(A \\cap B)` and `P(A | B)`: what stands in the bracket cannot be multiplied."""
    bars = 0
    for tok in _outer(_inside(p)):
        if tok.kind == "setop" or (tok.kind == "logic" and tok.text in ("and", "or")):
            return True
        bars += tok.kind in ("mid", "||") or (tok.kind == "|" and not tok.text)
    return bars == 1


_EDGES = frozenset(["(", "[", ")", "]", "mid", "|", "||", ",", "setop", "logic"])
_OUTCOMES = {"+": "positive", "-": "negative"}


def _read_words(p: Parser) -> None:
    """`P(A or B)` and `P(A given B)`: words between events as the signs that they stand for.

    A sign by itself is the outcome of a test: `P(D | +)`.
    """
    for place, tok in enumerate(_inside(p), p.pos + 1):
        around = (p.toks[place - 1].kind, p.toks[place + 1].kind)
        if tok.kind in _OUTCOMES and _EDGES.issuperset(around):
            p.toks[place] = Token("word", _OUTCOMES[tok.kind], tok.start, tok.end, tok.gap)
            continue
        sign = _WORDS.get(tok.text.lower()) if tok.kind == "word" else None
        if sign is not None:
            p.toks[place] = Token(*sign, tok.start, tok.end, tok.gap)


def _inside(p: Parser) -> list[Token]:
    """What stands in the bracket that begins here."""
    depth = 0
    for place in range(p.pos, len(p.toks)):
        depth += (p.toks[place].kind in _OPEN) - (p.toks[place].kind in _CLOSE)
        if depth == 0:
            return p.toks[p.pos + 1 : place]
    return p.toks[p.pos + 1 :]


def _outer(inside: list[Token]) -> list[Token]:
    """Those that stand in no further bracket."""
    found, depth = [], 0
    for tok in inside:
        depth -= tok.kind in _CLOSE
        if depth == 0:
            found.append(tok)
        depth += tok.kind in _OPEN
    return found


def _is_random(tok: Token) -> bool:
    return tok.kind == "name" and len(tok.text) == 1 and tok.text.isupper()


def _is_compared(inside: list[Token]) -> bool:
    return any(tok.kind in ("rel", "not=") for tok in _outer(inside))


def _names_events(p: Parser) -> bool:
    """Capital letters or words, perhaps with accents, primes and what stands below and above, alone.

    Words may stand beside numbers and letters: `P(\\text{no six in } n \\text{ rolls})`.
    """
    inside = _inside(p)
    if any(t.kind == "word" for t in inside) and all(t.kind in _BESIDE_WORDS for t in inside):
        return True
    place, end, found = p.pos + 1, p.pos + 1 + len(_inside(p)), False
    while place < end:
        tok = p.toks[place]
        place = p.group_end(place + 1) if tok.kind in ("_", "^") else place + 1
        if _is_random(tok) or tok.kind == "word" or tok.text in _SETS:
            found = True
        elif tok.kind not in _BESIDE_NAMES:
            return False
    return found
