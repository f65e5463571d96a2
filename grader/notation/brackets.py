"""Brackets and bars: groups, tuples, intervals, lists, sets, norms, absolute values, evaluation."""

from __future__ import annotations

from grader.expressions import build
from grader.expressions.nodes import Expr, node
from grader.expressions.rewrite import free_symbols
from grader.notation.errors import Problem
from grader.notation.numerals import size
from grader.notation.parser import INFIX, LOGIC, PREFIX, SUM, Parser, missing, shown, unexpected
from grader.notation.tokens import CLOSERS, Token

_SEPARATORS = (",", ";")


def read_items(p: Parser, opener: Token) -> list[Expr]:
    """Expressions between separators, up to a closing bracket that is not consumed."""
    state = p.enter()
    items = [_item(p, opener)]
    while p.tok.kind in _SEPARATORS:
        comma = p.advance()
        if p.tok.kind in CLOSERS or p.tok.kind in (*_SEPARATORS, "end"):
            raise Problem(comma.start, "missing-operand", "nothing stands after the comma")
        items.append(_item(p, opener))
    p.leave(state)
    return items


def _item(p: Parser, opener: Token) -> Expr:
    if p.tok.kind in CLOSERS and p.tok.kind != "right.":
        raise Problem(opener.start, "empty-group", f"nothing stands inside `{shown(opener)}`")
    item = p.expr()
    if p.integrals and p.differential is None:
        from grader.notation.operators import take_differential

        take_differential(p)
    return item


def read_list(p: Parser, opener: Token, closer: str) -> tuple[Expr, ...]:
    """The arguments of a call; the opening bracket is consumed."""
    items = read_items(p, opener)
    p.expect(closer, opener)
    return tuple(items)


# -- round and square brackets ------------------------------------------------------------------------


def _round(p: Parser, opener: Token) -> Expr:
    items = read_items(p, opener)
    if p.tok.kind == "]" and len(items) == 2:
        p.advance()
        return build.interval(items[0], items[1], "(", "]")
    p.expect(")", opener)
    if len(items) > 1:
        return build.sequence(*items)
    if items[0].head == "compose" and p.tok.kind == "(":
        return build.apply(items[0], *read_list(p, p.advance(), ")"))
    return items[0]


def _square(p: Parser, opener: Token) -> Expr:
    if not p.latex and p.tok.kind == "[" and _holds_rows(p):
        return _listed_rows(p, opener)
    items = read_items(p, opener)
    if p.tok.kind in (")", "[") and len(items) == 2:
        p.advance()
        return build.interval(items[0], items[1], "[", ")")
    p.expect("]", opener)
    if len(items) == 1:
        if p.tok.kind in ("_", "^") and _has_bounds(p):
            return _bounds(p, items[0], opener)
        return items[0]
    if len(items) == 2:
        return build.interval(items[0], items[1])
    return build.matrix(len(items), 1, *items)


def _holds_rows(p: Parser) -> bool:
    """Whether lists alone stand in the bracket: `[[1, 2], [3, 4]]`, but not `[[x + 1] y]`."""
    depth = 0
    for place in range(p.pos, len(p.toks)):
        kind = p.toks[place].kind
        if kind == "[":
            depth += 1
        elif kind in ("]", ")", "end"):
            depth -= kind == "]"
            if depth < 0 or kind == "end":
                return depth < 0
            if depth == 0 and kind == "]" and p.toks[place + 1].kind not in (",", "]"):
                return False
        elif depth == 0 and (kind != "," or p.toks[place + 1].kind != "["):
            return False
    return False


def _listed_rows(p: Parser, opener: Token) -> Expr:
    rows: list[list[Expr]] = []
    while p.tok.kind == "[":
        row = p.advance()
        rows.append(list(read_list(p, row, "]")))
        p.accept(",")
    p.expect("]", opener)
    if len({len(row) for row in rows}) != 1:
        raise Problem(opener.start, "matrix", "the rows of the matrix are not of one length")
    return build.matrix(len(rows), len(rows[0]), *(entry for row in rows for entry in row))


def _outward(p: Parser, tok: Token) -> Expr:
    """`]a, b[`: an interval in the French way."""
    items = read_items(p, tok)
    if len(items) != 2 or p.tok.kind not in ("[", "]"):
        raise unexpected(tok)
    closer = p.advance()
    return build.interval(items[0], items[1], "(", ")" if closer.kind == "[" else "]")


# -- evaluation between or at points ------------------------------------------------------------------


def _has_bounds(p: Parser) -> bool:
    """`[F]_a^b`: both bounds stand there."""
    first = p.tok.kind
    stop = p.group_end(p.pos + 1)
    return p.toks[stop].kind in ("_", "^") and p.toks[stop].kind != first


def _bounds(p: Parser, body: Expr, opener: Token) -> Expr:
    low: Expr | None = None
    high: Expr | None = None
    while p.tok.kind in ("_", "^"):
        mark = p.advance()
        value = p.argument(mark)
        low, high = (value, high) if mark.kind == "_" else (low, value)
    if low is None or high is None:
        raise Problem(opener.start, "missing-operand", "a bound is missing")
    variable, low = _bound_variable(body, low, opener)
    return build.sub(_at(body, variable, high), _at(body, variable, low))


def _bound_variable(body: Expr, low: Expr, opener: Token) -> tuple[Expr, Expr]:
    if low.head == "chain" and low.value == ("=",):
        return low.args[0], low.args[1]
    names = sorted((s for s in free_symbols(body) if s.kind != "function"), key=lambda s: str(s.value))
    for usual in ("x", "t", "u", "y", "z"):
        if len(names) > 1 and any(s.value == usual for s in names):
            names = [s for s in names if s.value == usual]
    if len(names) > 1:
        raise Problem(
            opener.start,
            "variable",
            "it is not clear which letter takes the bounds",
            "write `x=` in the bound",
        )
    return (names[0] if names else build.symbol("x")), low


def _at(body: Expr, variable: Expr, point: Expr) -> Expr:
    return node("at", (body, variable, point), None, body.kind)


def _evaluated(p: Parser, body: Expr, bar: Token) -> Expr:
    """`f |_{x=1}` and `F |_a^b`; the bar is consumed."""
    if _has_bounds(p):
        return _bounds(p, body, bar)
    mark = p.advance()
    inside = p.argument(mark)
    conditions = inside.args if inside.head in ("tuple", "and") else (inside,)
    for condition in conditions:
        if condition.head == "chain" and condition.value == ("=",):
            body = _at(body, *condition.args)
        elif len(conditions) == 1:
            variable, point = _bound_variable(body, condition, bar)
            body = _at(body, variable, point)
        else:
            raise Problem(
                mark.start, "variable", "it is not clear which letter takes the value", "write `x=`"
            )
    return body


def _null_left(p: Parser, opener: Token) -> Expr:
    """`\\left. F \\right|_{x=1}`."""
    state = p.enter()
    p.mid = True  # a bar inside closes
    body = p.expr()
    p.leave(state)
    if p.tok.kind == "|" and p.tok.text == "r":
        bar = p.advance()
        return _evaluated(p, body, bar) if p.tok.kind in ("_", "^") else body
    p.expect("right.", opener)
    return body


def _null_right(p: Parser, left: Expr, tok: Token) -> Expr | None:
    return None


# -- bars ---------------------------------------------------------------------------------------------


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
        if inside.kind in ("scalar", "complex", "integer")
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
        return _evaluated(p, left, tok)
    return None


# -- sets and other brackets --------------------------------------------------------------------------


def _set(p: Parser, opener: Token) -> Expr:
    state = p.enter()
    p.mid = True
    closer = "rset" if opener.kind == "lset" else "}"
    if p.tok.kind == closer:
        p.advance()
        p.leave(state)
        return build.constant("emptyset")
    if p.tok.kind in ("begin", "rows"):
        body = p.expr()
        p.leave(state)
        if p.tok.kind in ("right.", "rset"):
            p.advance()
        return body
    items = [p.expr()]
    if p.tok.kind in ("|", "mid", ":"):
        p.advance()
        p.mid = False
        conditions = [p.expr()]
        while p.tok.kind in _SEPARATORS:
            p.advance()
            conditions.append(p.expr())
        p.leave(state)
        p.expect(closer, opener)
        condition = conditions[0] if len(conditions) == 1 else node("and", tuple(conditions), None, "truth")
        return node("setbuilder", (items[0], condition), None, "set")
    while p.tok.kind in _SEPARATORS:
        p.advance()
        items.append(p.expr())
    p.leave(state)
    p.expect(closer, opener)
    return build.finite_set(*items)


def _braces(p: Parser, opener: Token) -> Expr:
    """A TeX group; with commas in it, a set whose braces lost their backslashes."""
    if not p.latex:
        return _set(p, opener)
    if p.tok.kind == "}":
        raise Problem(opener.start, "empty-group", "nothing stands between `{` and `}`")
    state = p.enter()
    items = [p.expr()]
    if p.tok.kind == "choose":
        p.advance()
        items = [build.call("binomial", items[0], p.expr())]
    while p.tok.kind in _SEPARATORS:
        p.advance()
        items.append(p.expr())
    p.leave(state)
    p.expect("}", opener)
    if len(items) > 1:
        p.remark("set-as-tuple", "read as a set; `\\{` and `\\}` show its braces", opener.start)
        return build.finite_set(*items)
    return items[0]


def _angle(p: Parser, opener: Token) -> Expr:
    """`<u, v>`: a scalar product."""
    state = p.enter()
    p.mid = True
    left = p.expr(SUM - 1)
    if p.tok.kind in (",", ";", "|", "mid"):
        p.advance()
        right = p.expr(SUM - 1)
        p.leave(state)
        if p.tok.kind in _SEPARATORS:
            items = [left, right]
            while p.tok.kind in _SEPARATORS:
                p.advance()
                items.append(p.expr(SUM - 1))
            p.expect("rangle", opener)
            return build.matrix(len(items), 1, *items)
        p.expect("rangle", opener)
        return build.dot(left, right)
    raise Problem(opener.start, "brackets", "angle brackets hold two vectors, with a comma between")


def _rounding(name: str, closer: str) -> None:
    def handler(p: Parser, opener: Token) -> Expr:
        items = read_list(p, opener, closer)
        if len(items) != 1:
            raise Problem(opener.start, "arguments", f"`{shown(opener)}` takes one value")
        return build.call(name, items[0])

    PREFIX["l" + name] = handler


_rounding("floor", "rfloor")
_rounding("ceil", "rceil")
PREFIX |= {
    "(": _round, "[": _square, "]": _outward, "{": _braces, "lset": _set, "langle": _angle, "|": _bar,
    "||": _double_bar,
    "left.": _null_left,
}  # fmt: skip
INFIX |= {"|": (SUM + 5, _bar_after)}
_ = LOGIC, missing
