"""Numbers of choices in short: `5C2`, `nCr`, `nP2`."""

from __future__ import annotations

import re

from grader.expressions import build
from grader.expressions.nodes import Expr
from grader.notation.parser import PREFIX, Parser
from grader.notation.tokens import Token

COUNTED = "either:counted"  # the tag of the choice between a number of choices and a product of letters
SHORT = re.compile(r"(?:(\d{1,6})|([nmN]))([CP])(?:(\d{1,6})|([rkijm]))(?![\w(])")


def orders(n: Expr, k: Expr) -> Expr:
    """In how many orders k of n things can be taken: n!/(n - k)!."""
    factorial = build.call("factorial", n)
    return build.div(factorial, build.call("factorial", build.sub(n, k)))


def _counted(p: Parser, tok: Token) -> Expr:
    """`5C2`: ten, or 5 times a constant C_2; what it is compared with tells."""
    found = SHORT.match(tok.text)
    assert found is not None
    n, k = (_part(p, found[a], found[b]) for a, b in ((1, 2), (4, 5)))
    made = build.call("binomial", n, k) if found[3] == "C" else orders(n, k)
    label = f"{found[3]}_{found[4]}" if found[4] else found[3]
    written = build.mul(n, build.symbol(label), *((k,) if found[5] else ()))
    return build.choice(COUNTED, made, written)


def _part(p: Parser, digits: str | None, letter: str | None) -> Expr:
    if digits:
        return build.number(int(digits))
    symbol = p.table.find(letter or "")
    return symbol.expr if symbol is not None else build.symbol(letter or "")


PREFIX["counted"] = _counted
