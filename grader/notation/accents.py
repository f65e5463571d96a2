"""Accents: over a name they are part of it, over a formula they act on it; and a scanner's slips."""

from __future__ import annotations

from grader.expressions import build
from grader.expressions.nodes import Expr
from grader.notation.errors import Problem
from grader.notation.labels import Label
from grader.notation.lookup import find
from grader.notation.parser import Parser
from grader.notation.quantities import read_arguments
from grader.notation.tokens import Token


def scanner_slip(p: Parser, label: Label) -> Expr | None:
    """`\\bar{\\sigma}'` of a declared function: a scanner's sigma^{-1}; both readings are kept."""
    if not label.base.startswith(("bar(", "tilde(")) or label.below:
        return None
    symbol = find(p.table, label.base.partition("(")[2][:-1])
    if symbol is None or symbol.kind != "function":
        return None
    one = p.tok.kind == "^" and _is_one(p)
    if not label.primes and not one:
        return None
    if one:
        p.seek(p.group_end(p.pos + 1))
    p.remark(
        "scanner-repair",
        f"read as the inverse of {symbol.name}: the scanner seems to have lost the minus",
        label.start,
    )
    literal = build.symbol(label.base, "function")
    other = build.derived(literal, label.primes) if label.primes else literal
    tag = f"scanner:{label.spelled()}"
    if p.tok.kind != "(":
        return build.choice(tag, build.inverse(symbol.expr), other)
    arguments = read_arguments(p)
    return build.choice(
        tag, build.apply(build.inverse(symbol.expr), *arguments), build.apply(other, *arguments)
    )


def _is_one(p: Parser) -> bool:
    inside = [t.text for t in p.toks[p.pos + 1 : p.group_end(p.pos + 1)] if t.kind not in ("{", "}")]
    return inside in (["1"], ["-"], ["-", "'"])


def is_over_name(p: Parser) -> bool:
    """Whether the argument of an accent is a single (decorated) name."""
    first = p.tok
    if first.kind == "(" and not p.latex:
        depth = 0
        for place in range(p.pos, len(p.toks)):
            depth += (p.toks[place].kind == "(") - (p.toks[place].kind == ")")
            if depth == 0:
                return _is_one_name(p, p.toks[p.pos + 1 : place])
        return False
    if first.kind != "{":
        return first.kind in ("name", "word", "accent", "diff", "end", "}")
    return _is_one_name(p, p.toks[p.pos + 1 : p.group_end(p.pos) - 1])


def is_unit_vector(p: Parser, tok: Token) -> bool:
    """`\\mathbf{i}`, `\\hat i`: no imaginary unit."""
    held = p.peek() if p.tok.kind == "{" else p.tok
    return tok.text in ("vec", "hat") and held.kind == "name" and held.text == "i"


def _is_one_name(p: Parser, inside: list[Token]) -> bool:
    if not inside:
        return True
    if (
        inside[0].kind in ("name", "word")
        and inside[0].text in ("i",)
        and len(inside) == 1
        and p.table.find("i") is None
    ):
        return False
    letters = all(t.kind == "name" for t in inside)
    return (letters and (len(inside) < 3)) or (
        inside[0].kind in ("name", "word", "accent") and _one_name(inside)
    )


def _one_name(inside: list[Token]) -> bool:
    """A name with primes, sub- and superscripts, and nothing else."""
    place = 1
    depth = 0
    for place, tok in enumerate(inside[1:], 1):
        if tok.kind == "{":
            depth += 1
        elif tok.kind == "}":
            depth -= 1
        elif (depth == 0 and tok.kind == "^" and not _is_mark(inside[place + 1 :])) or (
            depth == 0
            and tok.kind not in ("_", "'", "^")
            and inside[place - 1].kind not in ("_", "^", "accent")
        ):
            return False
    return True


def _is_mark(above: list[Token]) -> bool:
    """Whether an exponent is part of a name: a prime, a star, a label in brackets."""
    held = [t for t in above[:5] if t.kind not in ("{", "}")]
    return bool(held) and held[0].kind in ("'", "*", "star", "cdot", "(")


def over_expression(p: Parser, tok: Token) -> Expr:
    """An accent over more than a name: a bar conjugates, bold type and underlining change nothing."""
    start = p.tok
    inside = p.argument(tok)
    if tok.text == "bar":
        return build.call("conj", inside, kind=inside.kind)
    if tok.text == "vec":
        return inside  # bold type over a number or a formula changes nothing
    if tok.text == "underline":
        return inside
    raise Problem(start.start, "decoration", f"`\\{tok.text}` goes over a name")
