"""Walking and rewriting trees: substitution, free symbols, the readings of ambiguous notation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import product

from grader.expressions.nodes import Expr, node, walk

BINDERS = frozenset(["integral", "limit", "sum", "product", "at", "derivative", "gradient", "setbuilder"])


def rebuild(tree: Expr, args: tuple[Expr, ...]) -> Expr:
    """The same node over other children."""
    return tree if args == tree.args else node(tree.head, args, tree.value, tree.kind)


def transform(tree: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """The tree with `change` applied to every node, children first."""
    return _transformed(tree, change, {})


# Neither walk is a function inside of the other: one that names itself holds itself, so that what it has
# done stays until the cycle collector finds it.
def _transformed(part: Expr, change: Callable[[Expr], Expr], done: dict[Expr, Expr]) -> Expr:
    found = done.get(part)
    if found is None:
        args = tuple([_transformed(a, change, done) for a in part.args]) if part.args else ()
        found = done[part] = change(rebuild(part, args))
    return found


def replace(tree: Expr, table: Mapping[Expr, Expr]) -> Expr:
    """The tree with whole subtrees exchanged, outermost first; nothing is replaced twice."""
    return _replaced(tree, table, {}) if table else tree


def _replaced(part: Expr, table: Mapping[Expr, Expr], done: dict[Expr, Expr]) -> Expr:
    if not part.args:
        return table.get(part, part)
    found = done.get(part)
    if found is None:
        found = table.get(part)
        if found is None:
            args = [_replaced(a, table, done) if a.args else table.get(a, a) for a in part.args]
            found = rebuild(part, tuple(args))
        done[part] = found
    return found


def symbols_of(tree: Expr) -> frozenset[Expr]:
    """Every symbol that stands in the tree, bound ones and functions included."""
    return frozenset(part for part in walk(tree) if part.head == "symbol")


@lru_cache(maxsize=1 << 14)
def free_symbols(tree: Expr) -> frozenset[Expr]:
    """The symbols whose value the tree depends on: without the variables that it binds."""
    if tree.head == "symbol":
        return frozenset([tree])
    if tree.head in ("integral", "sum", "product", "limit"):
        bound = frozenset([tree.args[1]])
        rest = [free_symbols(a) for a in tree.args[2:]]
        return (free_symbols(tree.args[0]) - bound).union(*rest)
    if tree.head == "at":
        inner = free_symbols(tree.args[0]) - {tree.args[1]}
        return inner | free_symbols(tree.args[2])
    return frozenset().union(*(free_symbols(a) for a in tree.args))


def contains(tree: Expr, part: Expr) -> bool:
    """Whether `part` stands anywhere in the tree."""
    return any(piece is part for piece in walk(tree))


def readings(tree: Expr, limit: int = 16) -> tuple[Expr, ...]:
    """Every tree without a `choice`, the preferred first; choices with one tag are read alike.

    Somebody who writes sigma^-1 for a reciprocal once in a line does so throughout the line, so the
    readings grow with the number of tags and not with the number of places. More than `limit`: the
    first ones only.
    """
    return tuple(resolutions(tree, limit))


def resolutions(tree: Expr, limit: int = 16) -> dict[Expr, frozenset[str]]:
    """The readings, each with the tags that are not read in the preferred way."""
    tags = _tags(tree)
    found: dict[Expr, frozenset[str]] = {}
    for picks in product(*(range(width) for width in tags.values())):
        taken = dict(zip(tags, picks, strict=True))
        found.setdefault(_pick(tree, taken), frozenset(tag for tag, pick in taken.items() if pick))
        if len(found) == limit:
            break
    return found


def _tags(tree: Expr) -> dict[str, int]:
    tags: dict[str, int] = {}
    for part in walk(tree):
        if part.head == "choice":
            tags[part.value] = max(len(part.args), tags.get(part.value, 0))
    return tags


def _pick(tree: Expr, picks: Mapping[str, int]) -> Expr:
    def change(part: Expr) -> Expr:
        if part.head != "choice":
            return part
        return part.args[min(picks[part.value], len(part.args) - 1)]

    return transform(tree, change)
