"""What a relation in a formula claims: p -> 1, 0 < p < 1, lim f = 0."""

from __future__ import annotations

from collections.abc import Iterator

from grader.claims.event import Event
from grader.claims.formulas import BOUNDS, alternatives
from grader.expressions import build
from grader.expressions.nodes import Expr

OPERATORS = {
    "to": ("tends", False), "=": ("equals", False), "!=": ("equals", True), "<": ("less", False),
    ">": ("greater", False), "<=": ("at-most", False), ">=": ("at-least", False), "~": ("near", False),
    "in": ("between", False), "nto": ("tends", True), "notin": ("between", True), "==": ("equals", False),
    ">>": ("large", False), "<<": ("low", False),
}  # fmt: skip


def _bounded(own: Expr) -> Expr | None:
    """What `inf_w f` (of the set of all f) is the bound of."""
    inner = own.args[0]
    return inner.args[0] if inner.head == "setbuilder" else inner if len(own.args) == 1 else None


def links(members: tuple[Expr, ...], operators: tuple[str, ...], at: int) -> Iterator[Event]:
    """Each link of a chain, said of its left member and of all that equal it: a = b -> 0."""
    equal: list[Expr] = []
    for n, operator in enumerate(operators):
        predicate, denied = OPERATORS.get(operator, ("", False))
        left, right = members[n], members[n + 1 :] if n == len(operators) - 1 else members[n + 1 : n + 2]
        if not predicate:
            equal = []
            continue
        for own in [*equal, left]:
            yield from _limit(own, predicate, right, denied, at)
        if operator in ("<", "<=", ">", ">=") and n + 1 < len(operators) + 1:
            yield from _mirrored(left, right, operator, at)
        equal = [*equal, left] if operator in ("=", "~") else []


def _limit(own: Expr, predicate: str, right: tuple[Expr, ...], denied: bool, at: int) -> Iterator[Event]:
    """An equation with a limit on its left says what tends where; "much larger than" is a size.

    inf f = 0 says that f comes as close to 0 as one likes, min f = 0 that it gets there.
    """
    if predicate in ("large", "low"):
        far = build.INFINITY if predicate == "large" else build.neg(build.INFINITY)
        if predicate == "large" or right == (build.ZERO,):
            yield Event(at, at + 1, "tends", (far,), denied, None, own, frozenset(["loose"]))
        return
    if own.head == "at":
        under = frozenset(["under"])
        yield Event(at, at + 1, "equals", alternatives(own.args[2]), False, None, own.args[1], under)
        yield Event(at, at + 1, predicate, right, denied, None, own.args[0])
    elif own.head == "call" and own.value in BOUNDS and (body := _bounded(own)) is not None:
        tends = own.value in ("inf", "sup") and predicate == "equals"
        yield Event(at, at + 1, "tends" if tends else predicate, right, denied, None, body)
    elif own.head == "limit" and predicate == "equals":
        yield Event(
            at, at + 1, "tends", alternatives(own.args[2]), False, None, own.args[1], frozenset(["under"])
        )
        yield Event(at, at + 1, "tends", right, denied, None, own.args[0])
    else:
        yield Event(at, at + 1, predicate, right, denied, None, own)


def _mirrored(left: Expr, right: tuple[Expr, ...], operator: str, at: int) -> Iterator[Event]:
    """0 < p also says p > 0."""
    turned = {"<": "greater", "<=": "at-least", ">": "less", ">=": "at-most"}[operator]
    for own in right:
        yield Event(at, at + 1, turned, (left,), False, None, own)
