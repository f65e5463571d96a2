"""Bars: absolute values, norms, determinants, and the bar of evaluation."""

from __future__ import annotations

from grader.expressions import build
from grader.expressions.nodes import Expr
from grader.notation.errors import Problem
from grader.notation.evaluation import evaluated
from grader.notation.numerals import size
from grader.notation.parser import INFIX, PREFIX, SUM, Parser, unexpected
from grader.notation.tokens import CLOSERS, Token


def _null_left(p: Parser, opener: Token) -> Expr:
    """`\\left. F \\right|_{x=1}`."""
    state = p.enter()
    p.mid = True  # a bar inside closes
    body = p.expr()
    p.leave(state)
    if p.tok.kind == "|" and p.tok.text == "r":
        bar = p.advance()
        return evaluated(p, body, bar) if p.tok.kind in ("_", "^") else body
    p.expect("right.", opener)
    return body


def _bar(p: Parser, opener: Token) -> Expr:
    if p.tok.kind == "|" and p.tok.start == opener.end and opener.text == "" and _closes_double(p):
        p.advance()
        return _norm(p, opener, double=True)
    p.bars += 1
    inside = p.expr()
    p.bars -= 1
    closer = p.tok
    if closer.kind != "|" or closer.text == "l":
        _unclosed_bar(p, opener)
    p.advance()
    return size(inside)


def _unclosed_bar(p: Parser, opener: Token) -> None:
    if p.tok.kind in ("end", *CLOSERS, ",", "rel"):
        raise Problem(
            opener.start, "unclosed", f"a `{'‖' if opener.kind == '||' else '|'}` opened here is never closed"
        )
    raise unexpected(p.tok)


def _closes_double(p: Parser) -> bool:
    """Whether the next bars at this depth are double: `||x||`, but `||x|-1|`."""
    depth = 0
    toks = p.toks
    place = p.pos + 1
    while toks[place].kind != "end":
        tok = toks[place]
        if tok.kind in ("(", "[", "{", "lset", "langle", "begin"):
            depth += 1
        elif tok.kind in (")", "]", "}", "rset", "rangle", "end_env"):
            depth -= 1
            if depth < 0:
                return False
        elif tok.kind == "|" and depth == 0:
            after = toks[place + 1]
            return after.kind == "|" and after.start == tok.end
        place += 1
    return False


def _double_bar(p: Parser, opener: Token) -> Expr:
    return _norm(p, opener, double=False)


def _norm(p: Parser, opener: Token, double: bool) -> Expr:
    p.bars += 1
    inside = p.expr()
    p.bars -= 1
    first, second = p.tok, p.peek()
    if double:
        if first.kind != "|" or second.kind != "|":
            _unclosed_bar(p, opener)
        p.advance()
    elif first.kind != "||":
        _unclosed_bar(p, opener)
    p.advance()
    order = _order(p) if p.tok.kind == "_" else "2"
    if inside.kind in ("vector", "matrix"):
        return build.norm(inside, "F" if inside.kind == "matrix" and order == "2" else order)
    return (
        build.call("abs", inside)
        if inside.kind in ("scalar", "complex", "integer") and order != "F"
        else build.norm(inside, order)
    )


def _order(p: Parser) -> str:
    mark = p.advance()
    stop = p.group_end(p.pos)
    text = "".join(t.text for t in p.toks[p.pos : stop] if t.kind not in ("{", "}"))
    if not text:
        raise Problem(mark.start, "missing-argument", "`_` has no subscript")
    p.seek(stop)
    return text


def _bar_after(p: Parser, left: Expr, tok: Token) -> Expr | None:
    if p.mid and tok.text == "r":
        return None
    if p.bars == 0 and tok.text != "l" and p.peek().kind == "_":
        p.advance()
        return evaluated(p, left, tok)
    return None


PREFIX |= {"|": _bar, "||": _double_bar, "left.": _null_left}
INFIX |= {"|": (SUM + 5, _bar_after)}
