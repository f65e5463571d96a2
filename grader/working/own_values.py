"""`S'(x)` and `S(4)` after `S = x^2 + 128/x`: the slope and a value of a name, and no products."""

from __future__ import annotations

import re
from dataclasses import replace

from grader.expressions.build import derivative, mul, symbol
from grader.expressions.nodes import Expr, node
from grader.expressions.rewrite import free_symbols, rebuild
from grader.working.knowledge import Knowledge
from grader.working.records import Line

_APPLIED = re.compile(
    r"[\s&]*(?P<name>\\?[A-Za-z]+)(?P<primes>'*|\^\{?(?:\\prime\s*)+\}?)\s*(?:\\left)?\((?P<inside>[^()]*?)(?:\\right)?\)"
    r"\s*(?:&|\\;|\\,)*\s*(?:=|<|>|\\[lg]eq?|≤|≥|\\approx|≈|$)"
)


def with_own_value_read(line: Line, known: Knowledge) -> Line:
    """The line with what is applied at its head as the slope or the value of a defined name."""
    tree, found = line.segment.tree, _APPLIED.match(line.segment.source)
    if tree is None or found is None or line.segment.leading:
        return line
    head = tree.args[0] if tree.head == "chain" else tree
    if head.head != "mul" or head.args[0].head != "symbol":
        return line
    meant = _meant(head.args[0], mul(*head.args[1:]), known)
    if meant is None:
        return line
    changed = rebuild(tree, (meant, *tree.args[1:])) if tree.head == "chain" else meant
    return replace(line, segment=replace(line.segment, tree=changed))


def _meant(name: Expr, place: Expr, known: Knowledge) -> Expr | None:
    """`S'` of x, or S where its letter is 4; None for a product."""
    plain = str(name.value).rstrip("'")
    order = len(str(name.value)) - len(plain)
    own = known.table.symbols.get(plain)
    if own is None:
        return name if order and place.head == "symbol" else None
    if own.definition is None or own.parameters or own.kind != "scalar" or plain not in known.defined:
        return None
    letters = sorted(free_symbols(own.definition), key=lambda s: str(s.value))
    letter = place if place in letters else letters[0] if len(letters) == 1 else None
    if letter is None or (free_symbols(place) and place is not letter):
        return None
    body = derivative(symbol(plain), *(letter,) * order) if order else symbol(plain)
    return body if place is letter else node("at", (body, letter, place), None, "scalar")
