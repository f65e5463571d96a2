"""A formula at a point, or between two: `f |_{x=1}`, `[F]_a^b`."""

from __future__ import annotations

from grader.expressions import build
from grader.expressions.nodes import Expr, node
from grader.expressions.rewrite import free_symbols
from grader.notation.calculus import end_of
from grader.notation.errors import Problem
from grader.notation.parser import Parser
from grader.notation.tokens import Token


def has_bounds(p: Parser) -> bool:
    """`[F]_a^b`: both bounds stand there."""
    first = p.tok.kind
    stop = p.group_end(p.pos + 1)
    return p.toks[stop].kind in ("_", "^") and p.toks[stop].kind != first


def bounds_of(p: Parser, body: Expr, opener: Token) -> Expr:
    """The difference of a formula between the two bounds that stand here."""
    low: Expr | None = None
    high: Expr | None = None
    while p.tok.kind in ("_", "^"):
        mark = p.advance()
        value = p.argument(mark)
        low, high = (value, high) if mark.kind == "_" else (low, end_of(value))
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


def evaluated(p: Parser, body: Expr, bar: Token) -> Expr:
    """`f |_{x=1}` and `F |_a^b`; the bar is consumed."""
    if has_bounds(p):
        return bounds_of(p, body, bar)
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
