"""Relations, chains, logic and sets."""

from __future__ import annotations

from grader.expressions import build
from grader.expressions.nodes import Expr, node
from grader.notation.calculus import mark_side
from grader.notation.errors import Problem
from grader.notation.lookup import number_set
from grader.notation.parser import INFIX, PREFIX, RELATION, SETS, Parser
from grader.notation.tokens import Token

_NEGATED = {"=": "!=", "in": "notin", "<": ">=", ">": "<=", "<=": ">", ">=": "<"}
_FLIPPED = {"supset": "subset", "supseteq": "subseteq", "ni": "in"}
_CONNECTED = {"implies": 4, "iff": 2, "or": 6, "and": 8}


def as_set(tree: Expr) -> Expr:
    """`(a, b)` where a set is wanted is an interval; `{2}` without its backslashes is a set."""
    if tree.head in ("number", "decimal"):
        return build.finite_set(tree)
    return build.interval(*tree.args, "(", ")") if tree.head == "tuple" and len(tree.args) == 2 else tree


def relation(p: Parser) -> str:
    """The operator that starts here, with `\\not` folded in."""
    tok = p.advance()
    if tok.kind == "not=":
        if p.tok.kind != "rel" or p.tok.text not in _NEGATED:
            raise Problem(tok.start, "unsupported", "`\\not` goes before =, < or \\in")
        return _NEGATED[p.advance().text]
    if tok.text in ("<<", ">>"):
        raise Problem(tok.start, "unsupported", f"`{tok.text}` (much smaller or larger) is not supported")
    return tok.text


def _chain(p: Parser, left: Expr, tok: Token) -> Expr:
    members, operators = [left], []
    while p.tok.kind in ("rel", "not="):
        where = p.tok
        op = relation(p)
        if op == "to":
            mark_side(p)
        member = p.expr(RELATION)
        if p.tok.kind == "side":
            side = p.advance()
            p.remark(
                "one-sided", f"the side ({side.text}) of the approach is not part of the value", side.start
            )
        if op in ("in", "notin", "subset", "subseteq"):
            member = as_set(number_set(p, member) if op == "in" else member)
        if op in _FLIPPED:
            if len(members) > 1 or p.tok.kind == "rel":
                raise Problem(where.start, "unsupported", "this relation cannot stand in a chain")
            op, member, members[0] = (
                _FLIPPED[op],
                as_set(members[0]),
                as_set(member) if op != "ni" else member,
            )
        operators.append(op)
        members.append(member)
    return build.chain(tuple(members), tuple(operators))


def _set_operation(p: Parser, left: Expr, tok: Token) -> Expr:
    p.advance()
    right = p.expr(SETS + 1 if tok.text == "intersection" else SETS)
    if left.kind == "set" or right.kind == "set":
        left, right = number_set(p, left), number_set(p, right)
    parts = [as_set(left), as_set(right)]
    if tok.text != "difference":
        parts = [q for part in parts for q in (part.args if part.head == tok.text else (part,))]
    return node(tok.text, tuple(parts), None, "set")


def _intersection_first(p: Parser, left: Expr, tok: Token) -> Expr | None:
    return _set_operation(p, left, tok)


def _logic(p: Parser, left: Expr, tok: Token) -> Expr | None:
    strength = _CONNECTED.get(tok.text)
    if strength is None:
        return None
    p.advance()
    right = p.expr(strength - 1 if tok.text == "implies" else strength)
    parts: tuple[Expr, ...] = (left, right)
    if tok.text in ("and", "or"):
        parts = tuple(q for part in parts for q in (part.args if part.head == tok.text else (part,)))
    return node(tok.text, parts, None, "truth")


def _not(p: Parser, tok: Token) -> Expr:
    return node("not", (p.expr(RELATION - 1),), None, "truth")


def _quantifier(p: Parser, tok: Token) -> Expr:
    state = p.enter()
    p.mid = True  # a colon ends the head
    bound = p.expr(SETS)
    parts = [bound]
    if p.tok.kind == "rel" and p.tok.text == "in":
        p.advance()
        parts.append(as_set(p.expr(RELATION)))
    p.leave(state)
    if p.tok.kind in (",", ":", ".", "mid", ";"):
        p.advance()
    if p.tok.kind == "end":
        raise Problem(tok.start, "missing-argument", "nothing stands after the quantifier")
    body = p.expr()
    return node(tok.kind, (*parts, body), None, "truth")


PREFIX |= {"not": _not, "forall": _quantifier, "exists": _quantifier}
INFIX |= {
    "rel": (RELATION, _chain), "not=": (RELATION, _chain), "setop": (SETS, _set_operation),
    "logic": (3, _logic),
}  # fmt: skip
