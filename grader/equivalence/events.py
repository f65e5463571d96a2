"""What stands in `P(...)`: unions, intersections and complements of events, and statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from grader.expressions.build import chain
from grader.expressions.nodes import Expr, node

_JOINS = {"union": "or", "or": "or", "intersection": "and", "and": "and", "mul": "and", "tuple": "and"}
_COMPLEMENTS = frozenset(["c", "C", "complement"])
_OPPOSITE = {">": "<=", ">=": "<", "!=": "=", "notin": "in"}
_MIRROR = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


@dataclass(frozen=True, slots=True)
class Event:
    """A letter, or `and`, `or`, `not` of events; `and` of none is certain."""

    join: str
    parts: tuple[Event, ...] = ()
    letter: Expr | None = None

    def holds(self, outcome: Mapping[Expr, bool]) -> bool:
        """Whether it happens where these letters do."""
        if self.letter is not None:
            return outcome[self.letter]
        if self.join == "not":
            return not self.parts[0].holds(outcome)
        return (any if self.join == "or" else all)(p.holds(outcome) for p in self.parts)


CERTAIN = Event("and")


def letters_of(events: Iterable[Event]) -> tuple[Expr, ...]:
    """The letters in events, by name."""
    found: set[Expr] = set()
    waiting = list(events)
    while waiting:
        event = waiting.pop()
        waiting.extend(event.parts)
        if event.letter is not None:
            found.add(event.letter)
    return tuple(sorted(found, key=repr))


def event_of(tree: Expr) -> Event | None:
    """The event that a tree names; None if it names none.

    A prime, a bar, `^c` and `not` are complements; letters side by side are an intersection.

    >>> from grader.expressions.build import symbol
    >>> event_of(symbol("A'")).join
    'not'
    """
    if tree.kind in ("vector", "matrix"):
        return None
    if tree.head == "symbol":
        return _named(tree)
    if tree.head == "constant":
        return _not(CERTAIN) if tree.value == "emptyset" else None
    if tree.head == "chain":
        return _stated(tree)
    if tree.head == "index":
        return Event("letter", letter=tree)
    if tree.head == "difference":
        whole, taken = (event_of(a) for a in tree.args)
        return Event("and", (whole, _not(taken))) if whole is not None and taken is not None else None
    if _is_complement(tree):
        inside = event_of(tree.args[0])
        return None if inside is None else _not(inside)
    join = _JOINS.get(tree.head)
    parts = [event_of(a) for a in tree.args] if join else []
    found = tuple(p for p in parts if p is not None)
    return Event(join, found) if join and len(found) == len(parts) else None


def _not(event: Event) -> Event:
    return Event("not", (event,))


def _is_complement(tree: Expr) -> bool:
    if tree.head == "pow":
        return tree.args[1].head == "symbol" and tree.args[1].value in _COMPLEMENTS
    return tree.head == "not" or (tree.head == "call" and tree.value == "conj")


def _named(tree: Expr) -> Event | None:
    """`A`, `A'`, `\\bar A`, `Omega`; small letters name values, not events."""
    name = str(tree.value)
    for mark in ("bar(", "tilde("):
        if name.startswith(mark) and name.endswith(")"):
            inside = _named(_renamed(tree, name[len(mark) : -1]))
            return None if inside is None else _not(inside)
    if name.endswith("'"):
        inside = _named(_renamed(tree, name[:-1]))
        return None if inside is None else _not(inside)
    if name == "Omega":
        return CERTAIN
    return Event("letter", letter=tree) if name[:1].isupper() or len(name) > 1 else None


def _renamed(tree: Expr, name: str) -> Expr:
    return node(tree.head, tree.args, name, tree.kind)


def _stated(tree: Expr) -> Event | None:
    """`X <= 2`; `X > 2` is what it is not, and `2 >= X` is the same."""
    if len(tree.args) != 2:
        return None
    (operator,), (left, right) = tree.value, tree.args
    if operator in _MIRROR and not _starts_random(left) and _starts_random(right):
        operator, left, right = _MIRROR[operator], right, left
    if operator in _OPPOSITE:
        return _not(Event("letter", letter=chain((left, right), (_OPPOSITE[operator],))))
    return Event("letter", letter=chain((left, right), (operator,)))


def _starts_random(tree: Expr) -> bool:
    return tree.head == "symbol" and str(tree.value)[:1].isupper()
