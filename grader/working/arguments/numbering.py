"""`a + b = 7` and `ab = 10`, so `a = 5`: what treats two names alike leaves open which is which."""

from __future__ import annotations

from collections.abc import Sequence

from grader.equivalence.holding import holds_at
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, replace
from grader.working.entailment import points_on, unknowns
from grader.working.knowledge import Fact, Knowledge


def is_numbered(relation: Expr, supposed: Sequence[Fact], known: Knowledge) -> bool:
    """Whether it gives a name one of the values that what stands before it leaves to several alike."""
    if relation.head != "chain" or relation.value != ("=",) or relation.args[0].head != "symbol":
        return False
    name, value = relation.args
    others = frozenset().union(*(unknowns(f.relation) for f in supposed)) - {name}
    if free_symbols(value) or not any(_alike(name, other, supposed) for other in others):
        return False
    coordinates, places = points_on(supposed, relation, known)
    return any(holds_at(coordinates, place) for place in places)


def _alike(one: Expr, other: Expr, supposed: Sequence[Fact]) -> bool:
    """Whether the relations say the same with the two names exchanged."""
    if one.kind != other.kind:
        return False
    said = {f.relation for f in supposed}
    return {_sorted(replace(r, {one: other, other: one})) for r in said} == {_sorted(r) for r in said}


def _sorted(tree: Expr) -> tuple[object, ...]:
    """What a tree says, whatever the order of its terms and factors."""
    parts = [_sorted(a) for a in tree.args]
    if tree.head in ("add", "mul"):
        parts.sort(key=repr)
    return (tree.head, tree.value, *parts)
