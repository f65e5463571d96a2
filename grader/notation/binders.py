"""The operators that plain text writes as functions: diff, integrate, limit, sum, prod, root."""

from __future__ import annotations

from grader.expressions import build
from grader.expressions.nodes import Expr, node
from grader.notation.brackets import read_list
from grader.notation.counting import orders
from grader.notation.errors import Problem
from grader.notation.parser import PREFIX, Parser
from grader.notation.quotients import differentiated
from grader.notation.tokens import Token


def _binder(p: Parser, tok: Token) -> Expr:
    opener = p.tok
    if opener.kind != "(":
        raise Problem(tok.start, "missing-argument", f"`{tok.text}` has no argument")
    p.advance()
    name = _second_name(p)
    if name is not None:
        p.bound.append(name)
    arguments = read_list(p, opener, ")")
    if name is not None:
        p.bound.pop()
    out = _BUILDERS[tok.text](list(arguments) if tok.text == "cases" else _flat(arguments))
    if out is None:
        raise Problem(
            tok.start, "arguments", f"`{tok.text}` does not take these {len(arguments)} argument(s)"
        )
    return out


def _second_name(p: Parser) -> str | None:
    """The variable, which stands after the first comma: found before the body is read."""
    depth = 0
    for place in range(p.pos, len(p.toks)):
        kind = p.toks[place].kind
        if kind in ("(", "[", "{", "lset"):
            depth += 1
        elif kind in (")", "]", "}", "rset"):
            depth -= 1
            if depth < 0:
                return None
        elif kind == "," and depth == 0:
            after = p.toks[place + 1 : place + 3]
            return next((t.text for t in after if t.kind == "name"), None)
    return None


def _flat(arguments: tuple[Expr, ...]) -> list[Expr]:
    """`integrate(f, (x, a, b))` is `integrate(f, x, a, b)`; `sum(f, k=1, n)` likewise."""
    out: list[Expr] = []
    for argument in arguments:
        out.extend(argument.args if _spreads(argument) and out else (argument,))
    return out


def _spreads(argument: Expr) -> bool:
    return argument.head == "tuple" or (argument.head == "chain" and argument.value == ("=",))


def _derivative(a: list[Expr]) -> Expr | None:
    if len(a) < 2 or a[1].head != "symbol":
        return None
    variables: list[Expr] = []
    for item in a[1:]:
        if item.head == "number" and variables and item.value.denominator == 1 and 0 < item.value < 20:
            variables.extend([variables[-1]] * (int(item.value) - 1))
        elif item.head in ("symbol", "index"):
            variables.append(item)
        else:
            return None
    return differentiated(a[0], variables)


def _integral(a: list[Expr]) -> Expr | None:
    if len(a) not in (2, 4) or a[1].head != "symbol":
        return None
    return node("integral", tuple(a), None, a[0].kind)


def _series(head: str, a: list[Expr]) -> Expr | None:
    if len(a) not in (2, 4) or a[1].head != "symbol":
        return None
    return node(head, tuple(a), None, a[0].kind)


def _limit(a: list[Expr]) -> Expr | None:
    if len(a) == 3 and a[1].head == "symbol":
        return node("limit", tuple(a), "", a[0].kind)
    if len(a) == 4 and a[3] in (build.ONE, build.MINUS_ONE):
        return node("limit", tuple(a[:3]), "+" if a[3] is build.ONE else "-", a[0].kind)
    return None


def _root(a: list[Expr]) -> Expr | None:
    return build.power(a[0], build.div(build.ONE, a[1])) if len(a) == 2 else None


def _at(a: list[Expr]) -> Expr | None:
    return node("at", tuple(a), None, a[0].kind) if len(a) == 3 else None


def _cases(a: list[Expr]) -> Expr | None:
    return node("cases", tuple(a), None, a[0].kind) if len(a) % 2 == 0 else None


def _index(a: list[Expr]) -> Expr | None:
    return node("index", tuple(a), None, "scalar") if len(a) > 1 else None


def _permutations(a: list[Expr]) -> Expr | None:
    return orders(a[0], a[1]) if len(a) == 2 else None


def _matrix(a: list[Expr]) -> Expr | None:
    return a[0] if len(a) == 1 and a[0].head == "matrix" else None


_BUILDERS = {
    "derivative": _derivative,
    "integral": _integral,
    "sum": lambda a: _series("sum", a),
    "product": lambda a: _series("product", a),
    "limit": _limit,
    "root": _root,
    "at": _at,
    "cases": _cases,
    "index": _index,
    "matrix": _matrix,
    "permutations": _permutations,
}
PREFIX["binder"] = _binder
