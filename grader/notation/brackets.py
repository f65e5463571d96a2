"""Brackets and bars: groups, tuples, intervals, lists, sets, norms, absolute values, evaluation."""

from __future__ import annotations

from grader.expressions import build
from grader.expressions.nodes import Expr, node
from grader.expressions.signs import both_signs
from grader.notation.errors import Problem
from grader.notation.evaluation import bounds_of, has_bounds
from grader.notation.lookup import find
from grader.notation.operators import take_differential
from grader.notation.parser import LOGIC, PREFIX, SUM, Parser, missing, shown, unexpected
from grader.notation.tokens import CLOSERS, OPENERS, Token

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
    item = p.expr() if p.latex else p.group()
    if p.integrals and p.differential is None:
        take_differential(p)
    return item


def read_list(p: Parser, opener: Token, closer: str) -> tuple[Expr, ...]:
    """The arguments of a call; the opening bracket is consumed."""
    items = read_items(p, opener)
    p.expect(closer, opener)
    return tuple(items)


def read_given(p: Parser, opener: Token, closer: str) -> tuple[tuple[Expr, ...], tuple[Expr, ...]]:
    """The arguments of a call with a bar, `P(A, B | C)`: those before it, and those after it."""
    state = p.enter()
    p.mid = True  # the bar separates
    before = [p.expr()]
    while p.tok.kind in _SEPARATORS:
        p.advance()
        before.append(p.expr())
    p.leave(state)
    p.advance()
    return tuple(before), read_list(p, opener, closer)


def has_given(p: Parser) -> bool:
    """Whether one bar stands alone in the bracket that was just opened: `P(A | B)`, but not `f(|x|)`.

    So does the double bar of `KL(p \\| q)`.
    """
    depth = count = bar = 0
    for place, tok in enumerate(p.toks[p.pos :], p.pos):
        if tok.kind in ("(", "[", "{", "lset", "begin"):
            depth += 1
        elif tok.kind in (")", "]", "}", "rset", "end_env"):
            depth -= 1
            if depth < 0:
                break
        elif depth == 0 and (tok.kind in ("mid", "||") or (tok.kind == "|" and not tok.text)):
            count, bar = count + 1, place
    if count != 1 or p.tok.kind in ("|", "||", "mid"):
        return False
    p.toks[bar] = Token("mid", "", p.toks[bar].start, p.toks[bar].end, p.toks[bar].gap)
    return True


# -- round and square brackets ------------------------------------------------------------------------


def _round(p: Parser, opener: Token) -> Expr:
    items = read_items(p, opener)
    if p.tok.kind == "]" and len(items) == 2:
        p.advance()
        return build.interval(items[0], items[1], "(", "]")
    p.expect(")", opener)
    if len(items) > 1:
        return build.sequence(*items)
    if items[0].kind == "function" and items[0].head in _FUNCTIONS and p.tok.kind == "(":
        return build.apply(items[0], *read_list(p, p.advance(), ")"))
    return items[0]


_FUNCTIONS = frozenset(["compose", "add", "mul", "pow"])  # (f + g)(x)


def _square(p: Parser, opener: Token) -> Expr:
    if not p.latex and p.tok.kind == "[" and _holds_rows(p):
        return _listed_rows(p, opener)
    if _holds_semicolons(p):
        return _semicolon_rows(p, opener)
    items = read_items(p, opener)
    if p.tok.kind in (")", "[") and len(items) == 2:
        p.advance()
        return build.interval(items[0], items[1], "[", ")")
    p.expect("]", opener)
    if len(items) == 1:
        if p.tok.kind in ("_", "^") and has_bounds(p):
            return bounds_of(p, items[0], opener)
        return items[0]
    if len(items) == 2:
        return build.interval(items[0], items[1])
    return build.matrix(len(items), 1, *items)


def _holds_semicolons(p: Parser) -> bool:
    """`[1, 2; 3, 4]`: rows, where commas and semicolons stand in one bracket."""
    depth = 0
    found: set[str] = set()
    for tok in p.toks[p.pos :]:
        depth += (tok.kind in OPENERS) - (tok.kind in CLOSERS)
        if depth < 0:
            return tok.kind == "]" and found == {",", ";"}
        if depth == 0 and tok.kind in _SEPARATORS:
            found.add(tok.kind)
    return False


def _semicolon_rows(p: Parser, opener: Token) -> Expr:
    state = p.enter()
    rows = [[_item(p, opener)]]
    while p.tok.kind in _SEPARATORS:
        if p.advance().kind == ";":
            rows.append([])
        rows[-1].append(_item(p, opener))
    p.leave(state)
    p.expect("]", opener)
    if len({len(row) for row in rows}) != 1:
        raise Problem(opener.start, "matrix", "the rows of the matrix are not of one length")
    return build.matrix(len(rows), len(rows[0]), *(entry for row in rows for entry in row))


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
    return build.interval(items[0], items[1], "(", ")" if "[" in (closer.kind, closer.text) else "]")


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
        condition = _conditions(p)
        p.leave(state)
        p.expect(closer, opener)
        return node("setbuilder", (items[0], condition), None, "set")
    while p.tok.kind in _SEPARATORS:
        p.advance()
        items.append(p.expr())
    p.leave(state)
    p.expect(closer, opener)
    return build.finite_set(*(one for item in items for one in both_signs(item)))


def _conditions(p: Parser) -> Expr:
    """What stands behind the bar of a set: conditions with commas, `and` or `or` between."""
    ways = [[p.expr()]]
    while p.tok.kind in _SEPARATORS or (p.tok.kind == "word" and p.tok.text.lower() in ("and", "or")):
        if p.advance().text.lower() == "or":
            ways.append([])
        ways[-1].append(p.expr())
    parts = [way[0] if len(way) == 1 else node("and", tuple(way), None, "truth") for way in ways]
    return parts[0] if len(parts) == 1 else node("or", tuple(parts), None, "truth")


_BRACES = "read as a set; `\\{` and `\\}` show its braces"


def _describes(p: Parser) -> bool:
    """`{x | x > 3}`, `{x : x^2 < 4}`: a separator behind something, and a relation behind the separator."""
    depth = bars = 0
    parted = False
    for tok in p.toks[p.pos :]:
        depth += (tok.kind in OPENERS) - (tok.kind in CLOSERS)
        if depth < 0:
            break
        if not depth:
            bars += tok.kind == "|"
            parted = parted or tok.kind in ("mid", ":")
            if tok.kind in ("rel", "not=") and (parted or (bars % 2 and p.tok.kind != "|")):
                return p.tok.kind not in ("mid", ":")
    return False


def _braces(p: Parser, opener: Token) -> Expr:
    """A TeX group; with commas in it, a set whose braces lost their backslashes."""
    if not p.latex:
        return _set(p, opener)
    if p.tok.kind == "}":
        raise Problem(opener.start, "empty-group", "nothing stands between `{` and `}`")
    if _describes(p):
        p.remark("set-as-tuple", _BRACES, opener.start)
        return _set(p, opener)
    state = p.enter()
    starts, items = [p.pos], [p.group()]
    while p.tok.kind in _SEPARATORS:
        p.advance()
        starts.append(p.pos)
        items.append(p.expr())
    ends = [*(start - 1 for start in starts[1:]), p.pos]
    p.leave(state)
    p.expect("}", opener)
    if len(items) > 1:
        if all(p.toks[a].kind == "{" and p.group_end(a) == b for a, b in zip(starts, ends, strict=True)):
            items = [i if i.head == "set" else build.finite_set(i) for i in items]  # {{1}, {2}}
        p.remark("set-as-tuple", _BRACES, opener.start)
        return build.finite_set(*items)
    return items[0]


def _may_be_vector(p: Parser, tree: Expr) -> bool:
    """Whether an expression is a vector, or is linear in names that nobody has declared to be numbers."""
    if tree.kind not in ("scalar", "integer", "complex"):
        return True
    if tree.head in ("symbol", "apply"):
        named = tree.args[0] if tree.args else tree
        return named.head == "symbol" and find(p.table, str(named.value)) is None
    if tree.head == "add":
        return all(_may_be_vector(p, a) for a in tree.args)
    return tree.head == "mul" and sum(_may_be_vector(p, a) for a in tree.args) > 0


def _angle(p: Parser, opener: Token) -> Expr:
    """`<u, v>`: a scalar product; of what can only be numbers, `<3, -1>`, a vector."""
    state = p.enter()
    p.mid = True
    left = p.expr(SUM - 1)
    if p.tok.kind in (",", ";", "|", "mid"):
        tok = p.advance()
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
        if tok.kind == "," and not (_may_be_vector(p, left) and _may_be_vector(p, right)):
            return build.matrix(2, 1, left, right)
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
    "(": _round, "[": _square, "]": _outward, "{": _braces, "lset": _set, "langle": _angle,

}  # fmt: skip
_ = LOGIC, missing
