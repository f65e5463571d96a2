"""Ratios: `2:3` is a quotient, `2:3:4` a list up to a factor, `2:30` may be a time."""

from __future__ import annotations

from grader.expressions import build
from grader.expressions.nodes import Expr
from grader.notation.parser import PRODUCT, Parser
from grader.notation.tokens import CLOSERS, OPENERS, Token

CLOCK = "either:clock"
_BEGINS = frozenset(["num", "name", "(", "{", "frac", "sqrt"])
_PARTS = frozenset(
    ["num", "name", "(", ")", "frac", "{", "}", "sqrt", "^", "cdot", "times", "/", "*", "+", "-"]
)


def is_ratio(p: Parser) -> bool:
    """Whether the colon that stands here divides. In plain text `x: 2` says what x is."""
    after = p.peek()
    if p.mid or after.kind not in _BEGINS or is_long(p):
        return False
    if p.latex:
        return True
    before = p.toks[p.pos - 1]
    numbers = before.kind in ("num", ")") and after.kind in ("num", "(")
    spaced = bool(p.tok.gap) == bool(after.gap)
    return numbers or (spaced and before.kind == after.kind == "name")


def is_long(p: Parser) -> bool:
    """Whether a second colon follows: `2:3:4`."""
    depth = 0
    for tok in p.toks[p.pos + 1 :]:
        depth += (tok.kind in OPENERS) - (tok.kind in CLOSERS)
        if depth < 0 or (depth == 0 and tok.kind == ":"):
            return depth == 0
        if depth == 0 and tok.kind not in _PARTS:
            return False
    return False


def clock(p: Parser, left: Expr) -> Expr | None:
    """`2:30`: a ratio, or a time; None where it cannot be a time."""
    hours, minutes = p.toks[p.pos - 1], p.peek()
    digits = hours.text.isdigit() and minutes.text.isdigit() and len(minutes.text) == 2
    if not digits or p.tok.gap or minutes.gap or int(hours.text) > 24 or int(minutes.text) > 59:
        return None
    if left.head != "number" or p.peek(2).kind not in ("end", ",", "rel", "word", ")"):
        return None
    p.advance()
    p.advance()
    late = build.number(int(minutes.text))
    return build.choice(CLOCK, build.div(left, late), build.sequence(left, late))


def proportion(p: Parser, left: Expr) -> Expr:
    """`2:3:4` as the list of the quotients by the first part, so that `4:6:8` is the same."""
    parts = [left]
    start: Token = p.tok
    p.mid = True  # a part ends at the next colon
    while p.tok.kind == ":":
        p.advance()
        parts.append(p.expr(PRODUCT - 1))
    p.mid = False
    p.remark("ratio", "read as a ratio: its parts count up to a common factor", start.start)
    return build.sequence(build.ONE, *(build.div(part, left) for part in parts[1:]))
