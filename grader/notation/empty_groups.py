"""Braces with nothing in them, which TeX is given to part what would join: `x\\cdot{}y`, `x{}^2`."""

from __future__ import annotations

from grader.notation.tokens import Token

# What takes the group behind it as its argument: there an empty one is a slip, and stays an error.
_TAKES = frozenset(["frac", "binom", "sqrt", "^", "_", "accent", "boxed", "cancel", "substack", "begin"])
_TWO = frozenset(["frac", "binom"])


def without_empty_groups(tokens: list[Token]) -> None:
    """Takes out each `{}` that is nobody's argument, unless nothing else is there.

    >>> parts = [Token(text, text, 0, 0) for text in ("x", "{", "}", "^", "2")]
    >>> without_empty_groups(parts)
    >>> [part.text for part in parts]
    ['x', '^', '2']
    """
    for place in range(len(tokens) - 2, -1, -1):
        empty = tokens[place].kind == "{" and tokens[place + 1].kind == "}"
        if empty and len(tokens) > 2 and not _is_argument(tokens, place):
            del tokens[place : place + 2]


def _is_argument(tokens: list[Token], place: int) -> bool:
    """Whether the group that opens at `place` belongs to a command before it."""
    before = tokens[place - 1].kind if place else ""
    after = tokens[place + 2].kind if place + 2 < len(tokens) else ""
    if before in _TAKES or (before == after == "num"):  # 2{}3 is no product
        return True
    if before == "]":  # \\sqrt[3]{}
        return any(t.kind == "sqrt" for t in tokens[:place])
    if before == "}":
        depth = 0
        for at in range(place - 1, -1, -1):
            depth += (tokens[at].kind == "}") - (tokens[at].kind == "{")
            if depth == 0:
                return at > 0 and tokens[at - 1].kind in _TWO
    return place > 1 and tokens[place - 2].kind in _TWO  # \\frac1{}
