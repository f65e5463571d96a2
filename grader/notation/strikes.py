"""`\\boxed` and `\\cancel`: where boxes and strikes are, and what of the formula is left beside them."""

from __future__ import annotations

from grader.notation.parser import STARTERS
from grader.notation.tokens import CLOSERS, OPENERS, Token

_EDGES = frozenset(
    ["rel", ",", ";", "quad", "&", "\\\\", "logic", "rows", "endrows", "word", "boxed", "cancel", "."]
)


def unwrap(tokens: list[Token]) -> tuple[list[Token], list[tuple[int, int]], list[tuple[int, int]]]:
    """The tokens without the braces of boxes around whole members, and where boxes and strikes are."""
    boxes: list[tuple[int, int]] = []
    strikes: list[tuple[int, int]] = []
    drop: set[int] = set()
    cuts: set[int] = set()  # where a struck statement ends and its replacement begins
    for place, tok in enumerate(tokens):
        if tok.kind not in ("boxed", "cancel") or place + 1 >= len(tokens) or tokens[place + 1].kind != "{":
            continue
        stop = _closing(tokens, place + 1)
        end = tokens[stop].end if stop < len(tokens) else tokens[-1].end
        before = _before(tokens, place)
        after = tokens[stop + 1].kind if stop + 1 < len(tokens) else "rel"
        whole = (before in _EDGES or place - 1 in drop) and (after in _EDGES or after == "}")
        if tok.kind == "cancel" and whole and after == "rel" and stop > place + 2:
            # `p = \cancel{2} = 3` goes on without the member, `\cancel{= 5} = 6` begins anew
            if before == "rel" and place:
                drop |= set(range(place + 1, stop + 2))
            elif tokens[place + 2].kind == "rel":
                cuts.add(stop)
        struck = tok.kind == "cancel" and not whole and _corrected(tokens, place, stop)
        if tok.kind == "boxed":
            boxes.append((tok.start, end))
        elif whole or struck:
            strikes.append((tok.start, end))
        drop.add(place)
        if whole or struck:
            drop |= {place + 1, stop}
        if struck and before == "rel" and place:
            drop |= set(range(place, stop))
        elif struck:
            cuts.add(stop)
    kept = [t if i not in cuts else _column(t) for i, t in enumerate(tokens) if i not in drop - cuts]
    return kept, boxes, strikes


def _before(tokens: list[Token], place: int) -> str:
    """What stands before a place; the brace of a box and an alignment mark after a relation are not seen."""
    if place > 1 and tokens[place - 1].kind == "{" and tokens[place - 2].kind == "boxed":
        return _before(tokens, place - 2)
    aligned = place > 1 and tokens[place - 1].kind == "&" and tokens[place - 2].kind == "rel"
    return tokens[place - 1 - aligned].kind if place else "rel"


def _column(tok: Token) -> Token:
    return Token("quad", "", tok.start, tok.end)


def _corrected(tokens: list[Token], place: int, stop: int) -> bool:
    """Whether what is struck from `place` to `stop` was replaced by what follows: `\\cancel{A} B`.

    It stands first in a statement and an operand comes next; where something else of the same member
    is struck too, a factor was cancelled and the value stays (`\\cancel{2}\\frac{x}{\\cancel{2}}`).
    """
    depth = 0
    for i, tok in enumerate(tokens[:place]):
        if tok.kind not in ("rows", "endrows"):
            depth += (tok.kind in OPENERS) - (tok.kind in CLOSERS)
        depth -= tok.kind == "boxed" and tokens[i + 1].kind == "{" and _closing(tokens, i + 1) > stop
    before = _before(tokens, place)
    after = tokens[stop + 1].kind if stop + 1 < len(tokens) else "end"
    if depth or before not in _EDGES or after not in STARTERS:
        return False
    for tok in tokens[stop + 1 :]:
        if tok.kind in ("rel", "\\\\"):
            return True
        if tok.kind == "cancel":
            return False
    return True


def _closing(tokens: list[Token], place: int) -> int:
    depth = 0
    for i in range(place, len(tokens)):
        if tokens[i].kind == "{":
            depth += 1
        elif tokens[i].kind == "}":
            depth -= 1
            if depth == 0:
                return i
    return len(tokens)
