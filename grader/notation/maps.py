"""Maps of elements, `x \\mapsto x^2` and `f: x \\mapsto x^2`, as the equation f(x) = x^2."""

from __future__ import annotations

from grader.expressions import build
from grader.expressions.nodes import Expr
from grader.notation.errors import Problem
from grader.notation.labels import UNKNOWN_FUNCTIONS
from grader.notation.parser import INFIX, RELATION, Parser, unexpected
from grader.notation.tokens import CLOSERS, OPENERS, Token

NAMELESS = build.symbol("mapsto", "function")  # the map that nobody named


def is_mapped(p: Parser) -> bool:
    """Whether an arrow between elements or sets stands behind the colon that stands here."""
    depth = 0
    for tok in p.toks[p.pos :]:
        depth += (tok.kind in OPENERS) - (tok.kind in CLOSERS)
        if depth < 0 or tok.kind in ("\\", "end"):
            return False
        if depth == 0 and (tok.kind == "mapsto" or (tok.kind == "rel" and tok.text == "to")):
            return True
    return False


def named_map(p: Parser, name: Expr) -> Expr:
    """`f: x \\mapsto x^2`, from the colon on."""
    colon = p.advance()
    made = p.expr(RELATION - 2)
    if made.head != "chain" or made.args[0].head != "apply" or made.args[0].args[0] is not NAMELESS:
        raise Problem(colon.start, "unsupported", "a map between sets is not supported", "write `f(x) = ...`")
    if name.head != "symbol":
        raise unexpected(colon)
    function = build.symbol(str(name.value), "function")
    return build.equation(build.apply(function, *made.args[0].args[1:]), made.args[1])


def _mapped(p: Parser, left: Expr, tok: Token) -> Expr:
    letters = left.args if left.head == "tuple" else (left,)
    if any(letter.head != "symbol" or letter.kind == "function" for letter in letters):
        raise Problem(tok.start, "unsupported", "an arrow between elements begins at a letter")
    if any(letter.value in UNKNOWN_FUNCTIONS for letter in letters):
        raise Problem(tok.start, "unsupported", "a map of functions is not supported")
    p.advance()
    return build.equation(build.apply(NAMELESS, *letters), p.expr(RELATION))


INFIX["mapsto"] = (RELATION - 1, _mapped)
