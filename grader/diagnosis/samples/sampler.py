"""Trees at common points: every node once, defined names and functions by their definitions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from grader.diagnosis.samples import unknowns
from grader.diagnosis.samples.heads import HEADS
from grader.diagnosis.samples.values import POINTS, Unfit, Value
from grader.equivalence.assumptions import Assumptions, narrowed
from grader.equivalence.features import features
from grader.expressions.build import symbol
from grader.expressions.calculus_operators import expand
from grader.expressions.domains import NATURALS, REALS
from grader.expressions.nodes import Expr, TooLarge, node
from grader.expressions.rewrite import contains
from grader.expressions.symbols import Symbol

_CONSTANTS = {"pi": np.pi, "e": np.e, "i": 1j}
_CARRIED_OUT = frozenset(["derivative", "gradient", "at"])
_SLOTS = tuple(symbol(f"\u25ab{k}") for k in range(4))
_KEPT = 20_000
_DEPTH = 40
_TERMS = 24
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(24)

Bound = Mapping[Expr, Value]
_NOTHING: Bound = {}


class Sampler:
    """Samples under some assumptions; abstract vectors and matrices have `size` entries a side.

    `naturals` are the names that range over the natural numbers (the ends of sums).
    """

    def __init__(
        self, assumptions: Assumptions, size: int = 3, naturals: frozenset[str] = frozenset()
    ) -> None:
        self.assumptions = narrowed(assumptions)
        self.table = assumptions.table
        self.size = size
        self.naturals = naturals
        self._known: dict[Expr, Value | None] = {}
        self._bodies: dict[Expr, Expr | None] = {}

    def value(self, tree: Expr) -> Value | None:
        """The samples of a tree; None where it has none."""
        try:
            return self.run(tree, _NOTHING, 0)
        except (Unfit, TooLarge, ValueError, OverflowError, RecursionError):
            return None

    def above(self, parent: Expr, index: int, batch: Value) -> Value:
        """The parent with one child's values exchanged for a batch of others; raises `Unfit`."""
        if parent.head == "apply":
            args = [self.run(a, _NOTHING, 0) for a in parent.args[1:]]
            args[index - 1] = batch
            return self._applied(parent, args, 0)
        operation = HEADS.get(parent.head)
        if operation is None:
            raise Unfit
        values = [self.run(a, _NOTHING, 0) if k != index else batch for k, a in enumerate(parent.args)]
        return operation(parent, values)

    def exchanged(self, tree: Expr, node: Expr, batch: Value) -> Value:
        """The tree with a node's values exchanged wherever it stands (but under binders); raises `Unfit`."""
        if tree is node:
            return batch
        if not contains(tree, node):
            return self.run(tree, _NOTHING, 0)
        operation = HEADS.get(tree.head)
        first = 1 if tree.head == "apply" else 0
        args = [self.exchanged(a, node, batch) for a in tree.args[first:]]
        if tree.head == "apply":
            return self._applied(tree, args, 0)
        if operation is None:
            raise Unfit
        return operation(tree, args)

    def run(self, tree: Expr, bound: Bound, depth: int) -> Value:
        """The samples with some subtrees given; raises `Unfit`."""
        if bound:
            found = bound.get(tree)
            if found is not None:
                return found
            if not any(s in features(tree).free for s in bound):
                bound = _NOTHING
        if bound:
            return self._computed(tree, bound, depth)
        if tree not in self._known:
            if len(self._known) > _KEPT:
                self._known.clear()
            self._known[tree] = None
            self._known[tree] = self._computed(tree, bound, depth)
        found = self._known[tree]
        if found is None:
            raise Unfit
        return found

    def _computed(self, tree: Expr, bound: Bound, depth: int) -> Value:
        if depth > _DEPTH:
            raise Unfit
        head = tree.head
        if head in ("number", "decimal", "constant", "symbol"):
            return self._leaf(tree, depth)
        operation = HEADS.get(head)
        if operation is not None:
            return operation(tree, [self.run(a, bound, depth + 1) for a in tree.args])
        if head == "apply":
            return self._applied(tree, [self.run(a, bound, depth + 1) for a in tree.args[1:]], depth)
        if head == "partial":
            args = [self.run(a, bound, depth + 1) for a in tree.args[1:]]
            return unknowns.applied(tree.args[0], args, tree.kind, tree.value, self.size)
        if head in ("sum", "product", "integral") and len(tree.args) == 4:
            return self._folded(tree, bound, depth)
        if head == "index":
            args = [self.run(a, bound, depth + 1) for a in tree.args[1:]]
            return unknowns.applied(symbol(f"index {tree.args[0].value}"), args, tree.kind)
        if head in _CARRIED_OUT and not bound:
            done = expand(tree, self.table)
            if done.head not in _CARRIED_OUT:
                return self.run(done, bound, depth + 1)
        raise Unfit

    def _leaf(self, tree: Expr, depth: int) -> Value:
        if tree.head in ("number", "decimal"):
            exact = tree.value if tree.head == "number" else tree.value[0]
            return Value(0, np.full(POINTS, float(exact)))
        if tree.head == "constant":
            if tree.value not in _CONSTANTS:
                raise Unfit
            return Value(0, np.full(POINTS, _CONSTANTS[tree.value]))
        if tree.kind in ("function", "set", "truth", "tuple"):
            raise Unfit
        known = self.table.symbols.get(tree.value)
        if known is not None and known.definition not in (None, tree) and self._is_open(known):
            assert known.definition is not None
            return self.run(known.definition, _NOTHING, depth + 1)
        if tree.kind == "vector":
            return Value(1, unknowns.vector(tree.value, self.size))
        if tree.kind == "matrix":
            return Value(2, unknowns.matrix(tree.value, self.size))
        domain = self.assumptions.domain(tree)
        if tree.value in self.naturals and domain == REALS:
            domain = NATURALS
        data = unknowns.scalar(tree.value, domain)
        if tree.kind == "complex":
            data = data + 1j * unknowns.scalar(tree.value + "'", domain)
        return Value(0, data)

    def _is_open(self, known: Symbol) -> bool:
        """Whether a name alone stands for its definition."""
        return all(p.value in self.table.symbols for p in known.parameters)

    def _applied(self, tree: Expr, args: list[Value], depth: int) -> Value:
        """A function at values: by its definition, derived or inverted where it has one."""
        function = tree.args[0]
        if len(args) <= len(_SLOTS) and all(a.rank == 0 for a in args):
            body = self._body(function, tree.kind, len(args))
            if body is not None:
                return self.run(body, dict(zip(_SLOTS, args, strict=False)), depth + 1)
        return unknowns.applied(function, args, tree.kind, (), self.size)

    def _body(self, function: Expr, kind: Any, count: int) -> Expr | None:
        key = node("apply", (function, *_SLOTS[:count]), None, kind)
        if key not in self._bodies:
            body = expand(key, self.table)
            opaque = body.head == "apply" and body.args[0] is function
            self._bodies[key] = None if opaque else body
        return self._bodies[key]

    def _folded(self, tree: Expr, bound: Bound, depth: int) -> Value:
        """A sum or product with whole ends, an integral by Gauss and Legendre."""
        body, name, *ends = tree.args
        low, high = (self.run(end, bound, depth + 1) for end in ends)
        if low.rank or high.rank:
            raise Unfit
        if tree.head == "integral":
            return self._integral(body, name, low, high, bound, depth)
        first, last = np.round(low.data), np.round(high.data)
        if not (np.isfinite(last - first).all() and (last - first).max() <= _TERMS):
            raise Unfit
        total = np.full(np.broadcast(first, last).shape, 0.0 if tree.head == "sum" else 1.0)
        for k in range(int((last - first).max()) + 1):
            term = self.run(body, {**bound, name: Value(0, first + k)}, depth + 1)
            if term.rank:
                raise Unfit
            inside = first + k <= last
            if tree.head == "sum":
                total = total + np.where(inside, term.data, 0.0)
            else:
                total = total * np.where(inside, term.data, 1.0)
        return Value(0, total)

    def _integral(self, body: Expr, name: Expr, low: Value, high: Value, bound: Bound, depth: int) -> Value:
        middle, half = (high.data + low.data) / 2, (high.data - low.data) / 2
        total: Any = 0.0
        for x, weight in zip(_NODES, _WEIGHTS, strict=True):
            term = self.run(body, {**bound, name: Value(0, middle + half * x)}, depth + 1)
            if term.rank:
                raise Unfit
            total = total + weight * term.data
        return Value(0, total * half)


@lru_cache(maxsize=64)
def sampler_for(assumptions: Assumptions, size: int = 3, naturals: frozenset[str] = frozenset()) -> Sampler:
    """One sampler for one set of assumptions, so that what references are worth is worked out once."""
    return Sampler(assumptions, size, naturals)
