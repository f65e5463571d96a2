"""Probabilities of events, as weights of the parts that the events cut the sample space into.

Two events cut it into four parts (A and B, A without B, B without A, neither). `P(A \\cup B)` is the sum of
three weights, `P(A | B)` a quotient of two sums: every law of probability, Bayes' rule among them, is then
an identity of rational functions, and what is no law fails for almost all weights. The last weight is 1
less the others, and each of the others lies below 1/n, n the number of parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from grader.equivalence.events import Event, event_of, letters_of
from grader.equivalence.features import features
from grader.expressions.build import ONE, add, div, mul, sub, symbol
from grader.expressions.domains import UNIT, Domain
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import replace, transform
from grader.expressions.symbols import SymbolTable

MAX_EVENTS = 4
_BOUND = ("sum", "product", "integral", "limit", "derivative")
Part = tuple[bool, ...]  # which of the events happen


@dataclass(frozen=True, slots=True)
class Spelled:
    """The trees in the weights of parts, the events, the domains of the weights, and the weights by part.

    `joint` says that a condition, or what happens together with something else, stands in the trees.
    """

    trees: tuple[Expr, ...]
    events: tuple[Expr, ...]
    domains: dict[str, Domain]
    weights: dict[tuple[str, Part], Expr]
    joint: bool

    def independent(self) -> tuple[tuple[Expr, ...], dict[str, Domain]]:
        """The trees where the events are independent of each other, and the domains of their chances."""
        exchange, domains = {}, {}
        for (measure, part), weight in self.weights.items():
            chances = [symbol(f"{measure}({_shown(e)})") for e in self.events]
            domains.update({str(c.value): UNIT for c in chances})
            exchange[weight] = mul(*(c if on else sub(ONE, c) for on, c in zip(part, chances, strict=True)))
        return tuple(replace(t, exchange) for t in self.trees), domains

    def exclusive(self) -> tuple[Expr, ...]:
        """The trees where no two of the events happen together."""
        none = {w: sub(ONE, ONE) for (_, part), w in self.weights.items() if sum(part) > 1}
        return tuple(replace(t, none) for t in self.trees)


def probabilities(tree: Expr, table: SymbolTable) -> Iterator[Expr]:
    """The calls of `P` and `Pr`, with a condition or without, in a tree."""
    if "apply" in features(tree).heads:
        for part in walk(tree):
            if part.head == "apply" and part.args[0].head == "symbol" and _is_measure(part.args[0], table):
                yield part


def _is_measure(function: Expr, table: SymbolTable) -> bool:
    name = str(function.value).partition("|")[0]
    known = table.find(name)
    return name.partition("_")[0] in ("P", "Pr") and (known is None or known.definition is None)


def spelled_out_chances(trees: tuple[Expr, ...], table: SymbolTable) -> Spelled | None:
    """The trees with their probabilities as sums of weights; None if there are none, or not only of events.

    >>> from grader.expressions.build import apply
    >>> chance = apply(symbol("P", "function"), symbol("A"))
    >>> [str(t.value) for t in spelled_out_chances((chance,), SymbolTable()).trees]
    ['P(A)']
    """
    calls = [call for tree in trees for call in probabilities(tree, table)]
    events = {call: [event_of(a) for a in call.args[1:]] for call in calls}
    if not calls or any(e is None for found in events.values() for e in found):
        return None
    letters = letters_of(e for found in events.values() for e in found if e is not None)
    bound = any(part.head in _BOUND for tree in trees for part in walk(tree))
    if len(letters) > MAX_EVENTS or (bound and any(e.head != "symbol" for e in letters)):
        return None
    parts = [p for p in product((True, False), repeat=len(letters)) if any(p)]
    space = _Space(letters, parts, {})
    done = tuple(
        transform(t, lambda part: space.chance(part, events[part]) if part in events else part) for t in trees
    )
    small = Domain(Fraction(0), Fraction(1, len(parts) + 1))
    domains = {str(w.value): small for w in space.weights.values()}
    return Spelled(done, letters, domains, space.weights, any(map(space.is_joint, events.items())))


@dataclass(frozen=True, slots=True)
class _Space:
    events: tuple[Expr, ...]
    parts: list[Part]
    weights: dict[tuple[str, Part], Expr]

    def chance(self, call: Expr, events: list[Event | None]) -> Expr:
        """A call of P as a sum of weights, or a quotient of two."""
        measure, mark, before = str(call.args[0].value).partition("|")
        found = [e for e in events if e is not None]
        if not mark:
            return self._weight(measure, found)
        return div(self._weight(measure, found), self._weight(measure, found[int(before or "1") :]))

    def is_joint(self, call: tuple[Expr, list[Event | None]]) -> bool:
        """Whether it has a condition, or happens only where two events do."""
        happens = [p for p in self.parts if all(e is not None and e.holds(self._outcome(p)) for e in call[1])]
        return "|" in str(call[0].args[0].value) or (bool(happens) and all(sum(p) > 1 for p in happens))

    def _outcome(self, part: Part) -> dict[Expr, bool]:
        return dict(zip(self.events, part, strict=True))

    def _weight(self, measure: str, events: list[Event]) -> Expr:
        def happens(part: Part) -> bool:
            return all(e.holds(self._outcome(part)) for e in events)

        if not happens((False,) * len(self.events)):
            return add(*(self._part(measure, p) for p in self.parts if happens(p)))
        return sub(ONE, add(*(self._part(measure, p) for p in self.parts if not happens(p))))

    def _part(self, measure: str, part: Part) -> Expr:
        shown = [_shown(e) if on else f"not {_shown(e)}" for e, on in zip(self.events, part, strict=True)]
        weight = symbol(f"{measure}({' and '.join(shown)})")
        self.weights[measure, part] = weight
        return weight


def _shown(event: Expr) -> str:
    return str(event.value) if event.head == "symbol" else "".join(map(str, event.args))
