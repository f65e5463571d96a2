"""A part with absolute values as the parts that it is made of, one for each choice of signs.

`|x - 2| - (2 - x)` is x - 2 - (2 - x) to one side of 2 and 0 to the other: its zeros fill a half line, but
whether it vanishes changes only where x - 2 or one of the two does.
"""

from __future__ import annotations

from itertools import product

from grader.equivalence.assumptions import NOTHING
from grader.equivalence.features import features
from grader.equivalence.field import Beyond
from grader.equivalence.normal import Normalizer
from grader.expressions.build import call, neg
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, replace, transform

_MAX_BARS = 4


def branches(part: Expr) -> list[Expr]:
    """The parts without absolute values, but for those that are 0 throughout.

    >>> from grader.expressions.build import number, sub, symbol
    >>> x = symbol("x")
    >>> len(branches(sub(call("abs", x), x)))
    1
    """
    if features(part).calls.isdisjoint(("abs",)) and "pow" not in features(part).heads:
        return [part]
    part = transform(part, _with_bars)
    sizes = [p for p in walk(part) if p.head == "call" and p.value == "abs" and free_symbols(p)]
    if not sizes or len(sizes) > _MAX_BARS:
        return [part]
    inner = [s.args[0] for s in sizes]
    choices = [
        replace(part, dict(zip(sizes, signed, strict=True)))
        for signed in product(*((i, neg(i)) for i in inner))
    ]
    return [c for c in choices if not _is_nothing(c)]


def _with_bars(part: Expr) -> Expr:
    """`sqrt(g^2)` as `|g|`."""
    if part.head != "pow" or part.args[1].head != "number" or part.args[0].head != "pow":
        return part
    (base, exponent), outer = part.args[0].args, part.args[1].value
    plain = exponent.head == "number" and exponent.value.denominator == 1
    even = plain and exponent.value > 0 and exponent.value % 2 == 0
    return call("abs", base) if even and exponent.value * outer == 1 else part


def _is_nothing(part: Expr) -> bool:
    n = Normalizer(NOTHING.domain)
    try:
        return bool(n.attempt(lambda: n.scalar(part)).top == 0)
    except Beyond:
        return False
