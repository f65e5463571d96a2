"""Signs that are typed as letters, found among tokens: U for a union, x for a cross, C and P for counting.

Only where the letter has no other meaning that anybody would give it: none of them is declared.
"""

from __future__ import annotations

from collections.abc import Callable

from grader.expressions.symbols import SymbolTable
from grader.notation.tokens import CLOSERS, OPENERS, Token

_LETTERS = frozenset(["U", "x", "X", "C", "P"])
_TELLING = frozenset(["int", "]", "accent", "over"])
_BRACKETS = frozenset(["(", "[", "{", "lset"])


def respelled(tokens: list[Token], table: SymbolTable) -> list[Token]:
    """The tokens with such letters as the signs that they stand for; the same list where there are none."""
    kinds = {t.kind for t in tokens}
    if not _TELLING.isdisjoint(kinds):
        _by_kind(tokens, kinds)
    places = [n for n, t in enumerate(tokens) if t.text in _LETTERS and t.kind in ("name", "word")]
    for place in reversed(places):
        if table.find(tokens[place].text) is None:
            _RULES[tokens[place].text](tokens, place)
    return tokens


def _by_kind(tokens: list[Token], kinds: set[str]) -> None:
    if "int" in kinds:
        _bare_differentials(tokens)
    for place in [n for n, t in enumerate(tokens) if t.kind == "]"]:
        _outward(tokens, place)
    for place in [n for n, t in enumerate(tokens[:-1]) if t.kind == "accent"]:
        inside = place + 1 + (tokens[place + 1].kind == "{")
        if inside < len(tokens) and (tokens[inside].kind, tokens[inside].text) == ("const", "i"):
            tokens[inside] = _as(tokens[inside], "name", "i")  # \hat{\imath}
    for place in [n for n, t in enumerate(tokens) if t.kind == "over"]:
        _slope(tokens, place)


def _bare_differentials(tokens: list[Token]) -> None:
    """`{dx}`, `(dx)` and `{\\rm d}x` without their brackets, beside an integral."""
    for place in range(len(tokens) - 3, -1, -1):
        if tokens[place].kind not in ("{", "(") or not _is_d(tokens[place + 1]):
            continue
        taken = tokens[place - 1].kind if place else ""
        if taken == "}":
            opens = _group_before(tokens, place)
            taken = tokens[opens - 1].kind if opens else ""
        close = place + 2 if tokens[place + 2].kind in ("}", ")") else place + 3
        named = close == place + 2 or tokens[place + 2].kind == "name"
        closes = close < len(tokens) and tokens[close].kind in ("}", ")")
        if named and closes and taken not in _TAKE[tokens[place].kind]:
            del tokens[close]
            del tokens[place]


_GROUPS = frozenset(["frac", "^", "_", "sqrt", "accent", "binom", "operator", "fn"])
_TAKE = {"{": _GROUPS, "(": _GROUPS | {"name", "word", "'"}}  # what an argument in such brackets belongs to


def _outward(tokens: list[Token], place: int) -> None:
    """`]a, b[`: the bracket that ends an interval in the French way, as a closing one."""
    if place and tokens[place - 1].kind not in ("rel", "setop", ",", "logic"):
        return
    ends = next((n for n in range(place + 1, len(tokens)) if tokens[n].kind in ("[", "]", "(", "lset")), 0)
    listed = any(t.kind in (",", ";") for t in tokens[place + 1 : ends])
    last = ends + 1 == len(tokens) or (ends and tokens[ends + 1].kind in ("setop", "rel", ",", ".", "logic"))
    if ends and listed and last and tokens[ends].kind == "[":
        tokens[ends] = _as(tokens[ends], "]", "[")


def _is_d(tok: Token) -> bool:
    return tok.kind == "diff" or (tok.kind == "name" and tok.text == "d")


def _slope(tokens: list[Token], place: int) -> None:
    """`{d \\over dx}` as `\\frac{d}{dx}`."""
    opens = next((n for n in range(place - 1, -1, -1) if tokens[n].kind in ("{", "}")), -1)
    if opens < 0 or tokens[opens].kind != "{" or not _is_d(tokens[opens + 1]):
        return
    at = tokens[place]
    tokens[place : place + 1] = [_as(at, "}"), _as(at, "{")]
    tokens.insert(opens, _as(tokens[opens], "frac"))


def _union(tokens: list[Token], place: int) -> None:
    """`(0, 1) U (2, 3)`: between two brackets that hold a comma."""
    before, after = _group_before(tokens, place), _group_after(tokens, place + 1)
    if before is None or after is None:
        return
    groups = (tokens[before:place], tokens[place + 1 : after])
    if any(_listed(g) for g in groups) and all(_listed(g) or g[0].kind == "{" for g in groups):
        tokens[place] = _as(tokens[place], "setop", "union")


def _listed(group: list[Token]) -> bool:
    """Whether a bracket holds a comma, or is a set of one element."""
    return group[0].kind in _BRACKETS and (group[0].kind == "lset" or any(t.kind == "," for t in group))


def _cross(tokens: list[Token], place: int) -> None:
    """`3 x 10^4`: between a number and a power of ten, and no other x beside it."""
    around = tokens[place - 1 : place] + tokens[place + 1 : place + 3]
    alone = sum(t.text == tokens[place].text for t in tokens) == 1
    if alone and [t.kind for t in around] == ["num", "num", "^"] and around[1].text == "10":
        tokens[place] = _as(tokens[place], "times", "times")


def _counted(tokens: list[Token], place: int) -> None:
    """`{}^nC_k` and `{}_nP_k`: a number of choices, with the numbers on both sides of the letter."""
    above = _script_before(tokens, place)
    if above is None or place + 1 >= len(tokens) or tokens[place + 1].kind not in ("_", "^"):
        return
    below = _argument(tokens, place + 2)
    if below is None:
        return
    start, of = above
    made = _choices if tokens[place].text == "C" else _orders
    tokens[start:below] = made(tokens[place], of, tokens[place + 2 : below])


def _choices(at: Token, of: list[Token], some: list[Token]) -> list[Token]:
    return [_as(at, "fn", "binomial"), _as(at, "("), *of, _as(at, ","), *some, _as(at, ")")]


def _orders(at: Token, of: list[Token], some: list[Token]) -> list[Token]:
    """n!/(n - k)!"""
    rest = [_as(at, "("), *of, _as(at, "-"), *some, _as(at, ")")]
    return [_as(at, "("), _as(at, "("), *of, _as(at, ")"), _as(at, "!"), _as(at, "/"), *rest, _as(at, "!"),
            _as(at, ")")]  # fmt: skip


def _as(tok: Token, kind: str, text: str = "") -> Token:
    return Token(kind, text or kind, tok.start, tok.end, tok.gap)


# -- groups of tokens ---------------------------------------------------------------------------------


def _group_before(tokens: list[Token], stop: int) -> int | None:
    """Where the bracket opens that closes just before `stop`."""
    if stop == 0 or tokens[stop - 1].kind not in CLOSERS:
        return None
    depth = 0
    for place in range(stop - 1, -1, -1):
        depth += (tokens[place].kind in CLOSERS) - (tokens[place].kind in OPENERS)
        if depth == 0:
            return place
    return None


def _group_after(tokens: list[Token], start: int) -> int | None:
    """Behind the bracket that opens at `start`."""
    if start >= len(tokens) or tokens[start].kind not in OPENERS:
        return None
    depth = 0
    for place in range(start, len(tokens)):
        depth += (tokens[place].kind in OPENERS) - (tokens[place].kind in CLOSERS)
        if depth == 0:
            return place + 1
    return None


def _argument(tokens: list[Token], start: int) -> int | None:
    """Behind the subscript that begins at `start`: a group, or one token."""
    if start >= len(tokens):
        return None
    return _group_after(tokens, start) if tokens[start].kind == "{" else start + 1


def _script_before(tokens: list[Token], place: int) -> tuple[int, list[Token]] | None:
    """The raised or lowered number before a letter, which hangs on nothing: `{}^5`, `^{n}`, `_5`."""
    start = _group_before(tokens, place) if place and tokens[place - 1].kind == "}" else place - 1
    if start is None or start < 1 or tokens[start - 1].kind not in ("_", "^"):
        return None
    held, first = tokens[start:place], start - 1
    if first > 1 and [t.kind for t in tokens[first - 2 : first]] == ["{", "}"]:
        return first - 2, held
    hangs = first > 0 and tokens[first - 1].kind in ("num", "name", "word", "'", "!", "%", *CLOSERS)
    return None if hangs else (first, held)


_RULES: dict[str, Callable[[list[Token], int], None]] = {
    "U": _union,
    "x": _cross,
    "X": _cross,
    "C": _counted,
    "P": _counted,
}
