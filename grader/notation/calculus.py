"""Integrals, limits, sums, products, gradients."""

from __future__ import annotations

from grader.expressions import build
from grader.expressions.nodes import Expr, node
from grader.expressions.rewrite import free_symbols, replace
from grader.notation.ellipses import refused
from grader.notation.errors import Problem
from grader.notation.fields import of_nabla
from grader.notation.labels import UNKNOWN_FUNCTIONS
from grader.notation.lookup import find, number_set
from grader.notation.operators import divided, take_differential
from grader.notation.parser import PREFIX, PRODUCT, SUM, Parser, shown
from grader.notation.quotients import differentiated, operand
from grader.notation.sum_ranges import is_unusual, read_unusual
from grader.notation.tokens import Token

MAX_ORDER = 20


def _bounds(p: Parser) -> tuple[Expr | None, Expr | None]:
    low: Expr | None = None
    high: Expr | None = None
    while p.tok.kind in ("_", "^"):
        mark = p.advance()
        if p.tok.kind == "{" and p.peek().kind == "}":  # \int^{}_{}
            p.advance()
            p.advance()
            continue
        sign = p.accept("-")
        _split_digits(p)
        value = p.argument(mark)
        value = build.neg(value) if sign else value
        value = end_of(value) if mark.kind == "^" else value
        low, high = (value, high) if mark.kind == "_" else (low, value)
    return low, high


def _split_digits(p: Parser) -> None:
    """`\\int_0^16x` as it is set: the bound is 1, and 6x follows; `^10` and `^16 x` are taken as meant."""
    tok = p.tok
    follows = p.peek()
    if not p.latex or tok.kind != "num" or len(tok.text) < 2 or not tok.text.isdigit() or tok.text[1] == "0":
        return
    if follows.start == tok.end and follows.kind in ("name", "fn", "(", "frac", "sqrt"):
        first = Token("num", tok.text[0], tok.start, tok.start + 1)
        rest = Token("num", tok.text[1:], tok.start + 1, tok.end)
        p.toks[p.pos : p.pos + 1] = [first, rest]
        p.tok = first


def end_of(bound: Expr) -> Expr:
    """The upper end, also where the letter is said once more: `^{k=n}`."""
    named = bound.head == "chain" and bound.value == ("=",) and bound.args[0].head == "symbol"
    return bound.args[1] if named else bound


# -- integrals ----------------------------------------------------------------------------------------


def _integral(p: Parser, tok: Token) -> Expr:
    low, high = _bounds(p)
    outer = (p.differential, p.integrals)
    p.differential, p.integrals = None, p.integrals + 1
    if take_differential(p) is not None:
        behind = build.ONE if p.tok.kind != "/" else divided(p)
        body: Expr | None = p.expr(PRODUCT - 1) if p.starts() else behind
    else:
        body = p.expr(SUM - 1) if p.starts() or p.tok.kind in ("-", "+") else None
    variable = p.differential
    p.differential, p.integrals = outer
    if body is None:
        raise Problem(tok.start, "missing-argument", "`\\int` has no integrand")
    if variable is None:
        body, variable = _without_differential(p, body, tok)
    if low is not None and low.head == "chain" and low.value == ("=",):
        low = low.args[1]
    if low is not None and high is None:
        low, high = _region(p, low, tok)
    if (low is None) != (high is None):
        raise Problem(
            tok.start, "missing-argument", "one bound of the integral is missing", "give both, or neither"
        )
    bounds = () if low is None or high is None else (low, high)
    return node("integral", (body, variable, *bounds), None, body.kind)


def _without_differential(p: Parser, body: Expr, tok: Token) -> tuple[Expr, Expr]:
    """`\\int_a^b f`: of letters for functions alone, their values at x; else by the letter that is usual."""
    names = [s for s in free_symbols(body) if s.kind in ("scalar", "function")]
    table = {s: build.apply(build.symbol(str(s.value), "function"), _USUAL) for s in names}
    if not names or any(s.kind == "scalar" and not _is_function_letter(p, s) for s in names):
        return body, _guess(p, body, tok)
    p.remark("missing-differential", "read with respect to x: the integral has no d", tok.start)
    return replace(body, table), _USUAL


_USUAL = build.symbol("x")


def _region(p: Parser, low: Expr, tok: Token) -> tuple[Expr, Expr | None]:
    """`\\int_{\\mathbb R}`, `\\int_{[0, 1]}`: the ends of the interval that stands below."""
    whole = low.args[1] if low.head == "chain" and low.value == ("in",) else number_set(p, low)
    if whole.head == "constant" and whole.value == "reals":
        return build.neg(build.INFINITY), build.INFINITY
    if whole.head == "interval" or (whole.head == "tuple" and len(whole.args) == 2):
        return whole.args[0], whole.args[1]
    if whole.head != "symbol" and whole.kind != "set":
        return low, None
    raise Problem(
        tok.start, "unsupported", "an integral over a region is not supported", "give its bounds: `\\int_a^b`"
    )


def _is_function_letter(p: Parser, name: Expr) -> bool:
    return name.value in UNKNOWN_FUNCTIONS and find(p.table, str(name.value)) is None


def _guess(p: Parser, body: Expr, tok: Token) -> Expr:
    names = sorted((s for s in free_symbols(body) if s.kind == "scalar"), key=lambda s: str(s.value))
    usual = [s for s in names if s.value in ("x", "t", "u")]
    found = names if len(names) == 1 else usual
    if len(found) != 1:
        raise Problem(
            tok.start, "differential", "the integral does not say by which letter", "end it with `dx`"
        )
    p.remark(
        "missing-differential", f"read with respect to {found[0].value}: the integral has no d", tok.start
    )
    return found[0]


# -- limits -------------------------------------------------------------------------------------------


def _limit(p: Parser, tok: Token) -> Expr:
    if p.tok.kind != "_":
        raise Problem(
            tok.start, "missing-argument", "`\\lim` does not say what tends where", "write `\\lim_{x \\to 0}`"
        )
    p.advance()
    opener = p.tok
    if opener.kind != "{":
        raise Problem(
            tok.start, "missing-argument", "`\\lim` does not say what tends where", "write `\\lim_{x \\to 0}`"
        )
    p.advance()
    if p.tok.kind == "substack":
        p.advance()
        p.expect("{", opener)
        variable, point, side = _approach(p, tok)
        while p.tok.kind in ("\\\\", ","):
            p.advance()
            side = _sided(p.expr(), variable, point) or side
        p.expect("}", opener)
    else:
        variable, point, side = _approach(p, tok)
        while p.tok.kind == ",":
            p.advance()
            side = _sided(p.expr(), variable, point) or side
    p.expect("}", opener)
    body = _scope(p, tok)
    return node("limit", (body, variable, point), side, body.kind)


def _approach(p: Parser, tok: Token) -> tuple[Expr, Expr, str]:
    variable = p.expr(SUM - 1)
    arrow = p.tok
    if not (arrow.kind == "rel" and arrow.text == "to") and arrow.kind != "logic":
        raise Problem(
            tok.start, "missing-argument", "`\\lim` does not say what tends where", "write `\\lim_{x \\to 0}`"
        )
    p.advance()
    mark_side(p)
    point = p.expr(SUM - 1)
    side = p.accept("side")
    return variable, point, side.text if side else ""


def mark_side(p: Parser) -> None:
    """A point written `0^+`, `0^{-}` or `0+`: its sign becomes a token, so that the point ends there."""
    place = p.pos
    while p.toks[place].kind not in ("}", "end", "\\\\", ",", "rel", "logic"):
        tok = p.toks[place]
        stop = p.group_end(place + 1) if tok.kind == "^" else p.group_end(place)
        inside = [t for t in p.toks[place + (tok.kind == "^") : stop] if t.kind not in ("{", "}")]
        last = tok.kind == "^" or (place > p.pos and p.toks[place + 1].kind in ("}", "\\\\", "end"))
        if last and len(inside) == 1 and inside[0].kind in ("+", "-"):
            p.toks[place:stop] = [Token("side", inside[0].kind, tok.start, tok.end)]
            return
        place = stop


def _sided(condition: Expr, variable: Expr, point: Expr) -> str:
    if condition.head == "chain" and len(condition.args) == 2:
        left, right = condition.args
        op = condition.value[0]
        if left is variable and right is point and op in ("<", ">"):
            return "-" if op == "<" else "+"
        if right is variable and left is point and op in ("<", ">"):
            return "+" if op == "<" else "-"
    return ""


def _scope(p: Parser, tok: Token) -> Expr:
    """The body of a limit, sum or product: the product that follows."""
    if not p.starts() and p.tok.kind not in ("-", "+"):
        raise Problem(
            tok.start, "missing-argument", "nothing stands after the sign", "write what it applies to"
        )
    body = p.expr(PRODUCT - 1)
    if p.tok.kind in ("+", "-"):
        p.remark("sum-scope", "the sum, product or limit is read as ending before the next + or -", tok.start)
    return body


# -- sums ---------------------------------------------------------------------------------------------


def _series(p: Parser, tok: Token) -> Expr:
    if is_unusual(p):
        return read_unusual(p, tok, _range, _scope)
    name = _counter(p)
    if name is None and p.tok.kind not in ("_", "^"):
        raise Problem(
            tok.start, "missing-argument", "the sum does not say over what", "write `\\sum_{k=1}^{n}`"
        )
    if name is not None:
        p.bound.append(name)
    low, high = _bounds(p)
    if low is None:
        raise Problem(
            tok.start, "missing-argument", "the sum does not say over what", "write `\\sum_{k=1}^{n}`"
        )
    body = _scope(p, tok)
    if name is not None:
        p.bound.pop()
    return node(tok.text, (body, *_range(low, high, tok)), None, body.kind)


def _counter(p: Parser) -> str | None:
    """The letter under the sign, before anything is read: `i` is a counter there, not the imaginary unit."""
    place = p.pos
    while p.toks[place].kind == "^":
        place = p.group_end(place + 1)
    if p.toks[place].kind != "_":
        return None
    inside = p.toks[place + 1 : p.group_end(place + 1)]
    for tok in inside[:2]:
        if tok.kind == "name":
            return tok.text
    return _between(inside)


def _between(inside: list[Token]) -> str | None:
    """The letter between two signs of order: i of `1 <= i <= n`."""
    signs = [k for k, tok in enumerate(inside) if tok.kind == "rel"]
    if len(signs) != 2 or signs[1] - signs[0] != 2:
        return None
    return inside[signs[0] + 1].text


def _range(low: Expr, high: Expr | None, tok: Token) -> tuple[Expr, ...]:
    if low.head == "symbol" and high is None:
        return (low,)
    if low.head == "chain":
        ops = low.value
        first = low.args[0]
        if ops == ("=",) and high is not None:
            return (first, low.args[1], high)
        if ops == ("=",):
            raise Problem(tok.start, "missing-argument", "the upper end of the sum is missing")
        if high is None and len(ops) == 1 and ops[0] in (">=", ">"):
            start = low.args[1] if ops[0] == ">=" else build.add(low.args[1], build.ONE)
            return (first, start, build.INFINITY)
        if high is None and len(ops) == 2 and set(ops) <= {"<", "<="}:
            start, variable, end = low.args
            start = start if ops[0] == "<=" else build.add(start, build.ONE)
            end = end if ops[1] == "<=" else build.sub(end, build.ONE)
            return (variable, start, end)
    raise Problem(
        tok.start, "unsupported", "a sum over this range is not supported", "write `\\sum_{k=1}^{n}`"
    )


# -- gradients ----------------------------------------------------------------------------------------


def _gradient(p: Parser, tok: Token) -> Expr:
    variable: Expr | None = None
    second = p.tok.kind == "^" and _is_squared_by(p)
    if second:
        p.seek(p.group_end(p.pos + 1))
    if p.tok.kind == "_":
        mark = p.advance()
        variable = p.argument(mark)
    second = second or (variable is not None and _is_squared(p))
    field = of_nabla(p, tok) if variable is None else None
    if field is not None:
        return field
    if second and variable is not None:
        if p.tok.kind == "^":
            p.seek(p.group_end(p.pos + 1))
        return _second(p, tok, variable)
    if p.tok.kind in ("^", "cdot", "times", "."):
        raise Problem(p.tok.start, "unsupported", "only the gradient is supported after `∇` with a subscript")
    if not p.starts() or (variable is None and p.tok.kind in ("|", "||")):
        return build.symbol("nabla", "vector")
    body = operand(p, tok)
    if variable is None and body.head == "tuple" and len(body.args) == 2 and body.args[1].kind == "vector":
        return build.gradient(*body.args)  # grad(L, w)
    return build.gradient(body, variable)


def _is_squared(p: Parser) -> bool:
    """Whether an exponent 2 stands here."""
    inside = p.toks[p.pos + 1 : p.group_end(p.pos + 1)] if p.tok.kind == "^" else []
    return [t.text for t in inside if t.kind not in ("{", "}")] == ["2"]


def _is_squared_by(p: Parser) -> bool:
    """`^2_x`: what is squared names its variable behind."""
    return _is_squared(p) and p.toks[p.group_end(p.pos + 1)].kind == "_"


def _second(p: Parser, tok: Token, variable: Expr) -> Expr:
    """`\\nabla_w^2 L`: the second derivatives by a vector, as a matrix."""
    if variable.head != "symbol" or variable.kind != "vector":
        raise Problem(tok.start, "unsupported", "only the gradient is supported after `∇` with a subscript")
    return build.hessian(operand(p, tok), variable)


def _round(p: Parser, tok: Token) -> Expr:
    """`\\partial_w L`: the derivative by what stands below; by a vector, the gradient."""
    if p.tok.kind != "_":
        raise Problem(tok.start, "missing-operand", f"nothing stands before `{shown(tok)}`")
    variable = p.argument(p.advance())
    variables = list(variable.args) if variable.head in ("mul", "dot") else [variable]
    if p.tok.kind == "^" and len(variables) == 1:
        order = p.argument(p.advance())
        variables *= int(order.value) if order.head == "number" and 0 < order.value <= MAX_ORDER else 0
    if not variables or not all(v.head == "symbol" for v in variables):
        raise Problem(tok.start, "variable", "`∂` does not say by which letter", "write `\\partial_x`")
    return differentiated(operand(p, tok), variables)


def _dots(p: Parser, tok: Token) -> Expr:
    raise refused(tok)


PREFIX |= {
    "int": _integral,
    "lim": _limit,
    "sum": _series,
    "nabla": _gradient,
    "partial": _round,
    "dots": _dots,
}
