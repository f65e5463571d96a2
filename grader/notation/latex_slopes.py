"""Derivatives that LaTeX writes in a line, `dy/dx` and `\\mathrm dy/\\mathrm dx`, as `\\frac{dy}{dx}`."""

from __future__ import annotations

from grader.expressions.symbols import SymbolTable
from grader.notation.tokens import Token

_FOLLOWS = frozenset(["name", "(", "fn", "frac", "sqrt", "accent", "{", "[", "num"])
_JOINED = frozenset(["name", "num", "}", ")", "'"])


def with_slopes(tokens: list[Token], table: SymbolTable) -> None:
    """Respells each such derivative; letters d that are declared are letters."""
    if table.find("d") is not None:
        return
    for slash in range(len(tokens) - 3, 0, -1):
        if tokens[slash].kind == "/" and _is_d(tokens[slash + 1]) and tokens[slash + 2].kind == "name":
            start, end = _top(tokens, slash), _power_end(tokens, slash + 3)
            if start is not None and _is_slope(tokens, start, slash, end):
                tokens[start:end] = _fraction(tokens[start:slash], tokens[slash + 1 : end])


def _is_d(tok: Token) -> bool:
    return tok.kind in ("diff", "partial") or (tok.kind == "name" and tok.text == "d")


def _power_end(tokens: list[Token], place: int) -> int:
    """Behind an exponent that is one number."""
    if _kind(tokens, place) != "^":
        return place
    braced = _kind(tokens, place + 1) == "{"
    return place + 2 + 2 * braced if _kind(tokens, place + 1 + braced) == "num" else place


def _kind(tokens: list[Token], place: int) -> str:
    return tokens[place].kind if place < len(tokens) else "end"


def _top(tokens: list[Token], slash: int) -> int | None:
    """Where the part above begins: `d`, `dy`, `d^2`, `d^2y`."""
    last = slash - 1
    if tokens[last].kind == "name" and last > 0:
        for start in (last - 1, last - 3, last - 5):
            if start >= 0 and _is_d(tokens[start]) and _power_end(tokens, start + 1) == last:
                return start
    for start in (last, last - 2, last - 4):
        if start >= 0 and _is_d(tokens[start]) and _power_end(tokens, start + 1) == slash:
            return start
    return None


def _is_slope(tokens: list[Token], start: int, slash: int, end: int) -> bool:
    """An operator alone needs something to act on, and is no letter of a product."""
    same = tokens[start].kind == tokens[slash + 1].kind or "partial" not in (
        tokens[start].kind,
        tokens[slash + 1].kind,
    )
    if tokens[slash - 1].kind == "name" and slash - 1 > start:
        return same
    alone = start == 0 or tokens[start - 1].kind not in _JOINED
    return same and alone and _kind(tokens, end) in _FOLLOWS


def _fraction(top: list[Token], bottom: list[Token]) -> list[Token]:
    first, last = top[0], bottom[-1]

    def sign(kind: str) -> Token:
        return Token(kind, kind, first.start, last.end, first.gap if kind == "frac" else 0)

    return [sign("frac"), sign("{"), *top, sign("}"), sign("{"), *bottom, sign("}")]
