"""Letters that may be known functions or operators where nothing says so: `\\zeta(2)`, `D_x(x^2)`."""

from __future__ import annotations

from grader.expressions import build
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols
from grader.notation.labels import Label
from grader.notation.parser import Parser
from grader.notation.quantities import read_arguments
from grader.notation.quotients import differentiated, operand
from grader.notation.tokens import Token

PERHAPS_KNOWN = frozenset(["zeta", "Phi"])  # Riemann's function, the normal distribution
KNOWN = "either:known-function"
SLOPE = "either:slope"
_MAX_ORDER = 20


def perhaps_known(p: Parser, label: Label) -> Expr:
    """`\\Phi(x)`: Phi times x, or a function of which nothing is known here at x."""
    arguments = read_arguments(p)
    applied = build.apply(build.symbol(label.base, "function"), *arguments)
    if len(arguments) != 1:
        return applied
    return build.choice(KNOWN, build.mul(build.symbol(label.base), arguments[0]), applied)


def letter_slope(p: Parser, label: Label) -> Expr | None:
    """`D_x(\\sin^3 x)`, `D_x^2 x^3`: a derivative by the letter below; None where nothing follows.

    Of something without that letter (`D_x y`) it may be a product as well.
    """
    if label.base != "D" or len(label.below) != 2 or not label.below[1].isalpha():
        return None
    if label.above or label.primes or label.indices is not None:
        return None
    start, order = p.pos, 1
    if p.tok.kind == "^":
        order = _order(p)
    if not order or not p.starts():
        p.seek(start)
        return None
    variable = build.symbol(label.below[1])
    body = operand(p, Token("name", label.spelled(), label.start, label.start))
    slope = differentiated(body, [variable] * order)
    if variable in free_symbols(body):
        return slope
    factor = build.symbol(label.spelled())
    power = factor if order == 1 else build.power(factor, build.number(order))
    return build.choice(SLOPE, build.mul(power, body), slope)


def _order(p: Parser) -> int:
    """The order in the exponent that stands here, which is passed over; 0 if it is no small number."""
    stop = p.group_end(p.pos + 1)
    inside = [t.text for t in p.toks[p.pos + 1 : stop] if t.kind not in ("{", "}")]
    p.seek(stop)
    whole = len(inside) == 1 and inside[0].isdigit() and 0 < int(inside[0]) <= _MAX_ORDER
    return int(inside[0]) if whole else 0
