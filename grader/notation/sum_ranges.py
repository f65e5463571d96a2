"""What stands under a sum beside `k=1`: conditions, members of a set, several letters, two lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from grader.expressions import build
from grader.expressions.nodes import Expr, node
from grader.expressions.rewrite import free_symbols, replace
from grader.notation.errors import Problem
from grader.notation.labels import INDEX_LETTERS
from grader.notation.parser import Parser
from grader.notation.tokens import Token

Usual = Callable[[Expr, Expr | None, Token], tuple[Expr, ...]]
PAIRS = "either:pairs"
MEMBER = "in "  # begins the name of the function that is 1 on a set and else 0
_MAX_MEMBERS = 100


class _Range(NamedTuple):
    """Letters with their bounds, conditions on them, weights of members, and what a letter runs through."""

    letters: list[tuple[Expr, ...]]
    conditions: list[Expr]
    weights: list[Expr]
    listed: list[tuple[Expr, tuple[Expr, ...]]]


def is_unusual(p: Parser) -> bool:
    """Whether the group under the sign holds more than one range of one letter."""
    if p.tok.kind != "_" or p.peek().kind != "{":
        return False
    inside = p.toks[p.pos + 2 : p.group_end(p.pos + 1) - 1]
    relations = [t.text for t in inside if t.kind == "rel"]
    if any(t.kind in (",", "substack", "not=") for t in inside) or {"!=", "in"} & set(relations):
        return True
    if relations in (["<"], ["<="]):  # i < j, but not k < 5
        return [t.kind for t in inside] == ["name", "rel", "name"]
    return len(inside) > 1 and all(t.kind == "name" and t.text in INDEX_LETTERS for t in inside)


def read_unusual(p: Parser, tok: Token, usual: Usual, scope: Callable[[Parser, Token], Expr]) -> Expr:
    """The sum or product; `usual` makes a range of one relation, `scope` reads what is added up."""
    mark = p.advance()
    names = [t.text for t in p.toks[p.pos : p.group_end(p.pos)] if t.kind == "name"]
    p.bound.extend(names)
    items = _items(p, mark)
    high = p.argument(p.advance()) if p.tok.kind == "^" else None
    outer = {build.symbol(name) for name in p.bound[: -len(names) or None]}
    found = _ranged(items, high, tok, usual)
    body = scope(p, tok)
    del p.bound[len(p.bound) - len(names) :]
    both = _both(items, found, body, outer)
    made = _made(tok.text, body, found)
    return made if both is None else build.choice(PAIRS, made, _made(tok.text, body, both))


def _items(p: Parser, mark: Token) -> list[Expr]:
    """What stands in the group, between commas or on lines of a `\\substack`."""
    opener = p.advance()
    stacked = p.accept("substack")
    inner = p.expect("{", mark) if stacked else opener
    items = [p.expr()]
    while p.tok.kind in (",", "\\\\"):
        p.advance()
        items.append(p.expr())
    p.expect("}", inner)
    if stacked:
        p.expect("}", opener)
    if len(items) == 1 and items[0].head == "mul":
        return list(items[0].args)  # \\sum_{ij}
    return items


def _ranged(items: list[Expr], high: Expr | None, tok: Token, usual: Usual) -> _Range:
    found = _Range([], [], [], [])
    for item in items:
        ops = item.value if item.head == "chain" else ()
        known = [letter for letter, *_ in found.letters] + [letter for letter, _ in found.listed]
        if item.head == "symbol":
            found.letters.append((item,))
        elif ops == ("in",) and item.args[0].head == "symbol":
            _through(found, item.args[0], item.args[1], tok)
        elif ops == ("=",) and high is not None and item.args[0].head == "symbol":
            waiting = [one[0] for one in found.letters if len(one) == 1]
            found.letters[:] = [one for one in found.letters if len(one) > 1]
            found.letters.extend((letter, item.args[1], high) for letter in (*waiting, item.args[0]))
        elif not ops:
            raise _refused(tok)
        elif any(letter in free_symbols(item) for letter in known):
            found.conditions.append(item)
        elif len(ops) == 1 and ops[0] in ("!=", "<", "<=") and item.args[0].head == "symbol":
            found.letters.append((item.args[0],))
            found.conditions.append(item)
        else:
            found.letters.append(usual(item, high, tok))
    if high is not None and any(len(one) == 1 for one in found.letters):
        raise _refused(tok)
    return found


def _refused(tok: Token) -> Problem:
    return Problem(
        tok.start, "unsupported", "a sum over this range is not supported", "write `\\sum_{k=1}^{n}`"
    )


def _through(found: _Range, letter: Expr, whole: Expr, tok: Token) -> None:
    """`i \\in S`: the members of a set that is listed, else a weight that is 1 on the set."""
    if whole.head == "set" and len(whole.args) <= _MAX_MEMBERS:
        found.listed.append((letter, whole.args))
    elif whole.head == "symbol":
        found.letters.append((letter,))
        found.weights.append(build.apply(build.symbol(MEMBER + str(whole.value), "function"), letter))
    else:
        raise _refused(tok)


def _both(items: list[Expr], found: _Range, body: Expr, outer: set[Expr]) -> _Range | None:
    """`\\sum_{i<j} a_{ij}`: over both letters, where both are new and stand in what is added up."""
    item = items[0]
    if len(items) != 1 or len(found.letters) != 1 or not found.conditions:
        return None
    left, right = item.args[0], item.args[-1]
    if right.head != "symbol" or right in outer or not {left, right} <= free_symbols(body):
        return None
    return found._replace(letters=[(left,), (right,)])


def _made(head: str, body: Expr, found: _Range) -> Expr:
    rest = build.ZERO if head == "sum" else build.ONE
    for weight in found.weights:
        body = build.mul(weight, body) if head == "sum" else build.power(body, weight)
    if found.conditions:
        conditions = tuple(found.conditions)
        condition = conditions[0] if len(conditions) == 1 else node("and", conditions, None, "truth")
        body = node("cases", (body, condition, rest, build.constant("true")), None, body.kind)
    for letter, members in reversed(found.listed):
        parts = [replace(body, {letter: member}) for member in members]
        body = build.add(*parts) if head == "sum" else build.mul(*parts)
    for bounds in reversed(found.letters):
        body = node(head, (body, *bounds), None, body.kind)
    return body
