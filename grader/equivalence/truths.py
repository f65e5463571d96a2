"""Statements taken apart: links of chains, and, or, plus-minus."""

from __future__ import annotations

from dataclasses import dataclass

from grader.equivalence.membership import spelled_out
from grader.expressions.build import chain, neg, sub
from grader.expressions.nodes import Expr, node, walk
from grader.expressions.rewrite import transform

FLIPPED = {
    "<": ">",
    ">": "<",
    "<=": ">=",
    ">=": "<=",
    "=": "=",
    "!=": "!=",
    "equiv": "equiv",
    "approx": "approx",
}
ORDER = frozenset(["<", ">", "<=", ">="])


@dataclass(frozen=True, slots=True)
class Link:
    """left operator right."""

    operator: str
    left: Expr
    right: Expr

    @property
    def tree(self) -> Expr:
        """The link as a chain."""
        return chain((self.left, self.right), (self.operator,))

    @property
    def gap(self) -> Expr:
        """left - right."""
        return sub(self.left, self.right)


def links(tree: Expr) -> tuple[Link, ...] | None:
    """A conjunction of relations as its links; None for anything else."""
    if tree.head == "chain":
        pairs = zip(tree.value, tree.args, tree.args[1:], strict=False)
        return tuple(Link("=" if o == "equiv" else o, a, b) for o, a, b in pairs)
    if tree.head == "and":
        parts = [links(a) for a in tree.args]
        if any(p is None for p in parts):
            return None
        return tuple(link for p in parts if p is not None for link in p)
    if tree.head == "constant" and tree.value == "true":
        return ()
    return None


def links_inside(tree: Expr) -> tuple[Link, ...]:
    """Every link of every chain in a statement."""
    found: list[Link] = []
    for part in walk(tree):
        if part.head == "chain":
            found.extend(links(part) or ())
    return tuple(found)


def alternatives(tree: Expr) -> tuple[tuple[Link, ...], ...] | None:
    """A statement as a disjunction of conjunctions of links."""
    tree = spread_signs(spelled_out(tree))
    if tree.head == "or":
        parts = [alternatives(a) for a in tree.args]
        if any(p is None for p in parts):
            return None
        return tuple(way for p in parts if p is not None for way in p)
    if tree.head == "and" and any(a.head in ("or", "and") for a in tree.args):
        return _conjunction([alternatives(a) for a in tree.args])
    found = links(tree)
    return None if found is None else (found,)


def _conjunction(parts: list[tuple[tuple[Link, ...], ...] | None]) -> tuple[tuple[Link, ...], ...] | None:
    ways: tuple[tuple[Link, ...], ...] = ((),)
    for part in parts:
        if part is None or len(ways) * len(part) > 32:
            return None
        ways = tuple(w + v for w in ways for v in part)
    return ways


def spread_signs(tree: Expr) -> Expr:
    """`x = +-2` as `x = 2 or x = -2` (all signs in a statement taken together), `x != +-2` as neither."""
    if tree.kind != "truth" or not _has_signs(tree):
        return tree
    tree = transform(tree, _of_neither_sign)
    return _both_signs("or", tree) if _has_signs(tree) else tree


def _has_signs(tree: Expr) -> bool:
    return any(part.head == "plusminus" for part in walk(tree))


def _of_neither_sign(part: Expr) -> Expr:
    apart = part.head == "chain" and set(part.value) == {"!="} and _has_signs(part)
    return _both_signs("and", part) if apart else part


def _both_signs(head: str, tree: Expr) -> Expr:
    return node(head, (with_sign(tree, 1), with_sign(tree, -1)), None, "truth")


def with_sign(tree: Expr, sign: int) -> Expr:
    """The tree with the upper (1) or the lower (-1) signs taken."""

    def change(part: Expr) -> Expr:
        if part.head != "plusminus":
            return part
        upper = 1 if part.value == "+-" else -1
        return part.args[0] if upper == sign else neg(part.args[0])

    return transform(tree, change)
