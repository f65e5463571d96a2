"""Lying in a set, as a statement about the element."""

from __future__ import annotations

from grader.expressions.build import chain
from grader.expressions.nodes import Expr, node
from grader.expressions.rewrite import replace, transform

_NUMBERS = ("integers", "naturals", "rationals")


def membership(tree: Expr, element: Expr) -> Expr | None:
    """The statement that the element lies in the set; None for sets that are not of that kind."""
    if tree.head == "interval":
        return _in_interval(tree, element)
    if tree.head == "set":
        return node("or", tuple(chain((element, a), ("=",)) for a in tree.args), None, "truth")
    if tree.head == "constant":
        if tree.value in _NUMBERS:
            return chain((element, tree), ("in",))
        return _truth(tree.value == "reals") if tree.value in ("reals", "emptyset") else None
    if tree.head == "setbuilder":
        return _in_setbuilder(tree, element)
    parts = [membership(a, element) for a in tree.args]
    known = tuple(p for p in parts if p is not None)
    if len(known) < len(parts):
        return None
    joined = {"union": "or", "intersection": "and"}.get(tree.head)
    if joined is not None:
        return node(joined, known, None, "truth")
    if tree.head == "difference":
        return node("and", (known[0], _negated(known[1])), None, "truth")
    return None


def _truth(value: bool) -> Expr:
    return node("and" if value else "or", (), None, "truth")


def _negated(tree: Expr) -> Expr:
    return node("not", (tree,), None, "truth")


def _in_interval(tree: Expr, element: Expr) -> Expr:
    low, high = tree.args
    parts = []
    if not is_infinite(low):
        parts.append(chain((low, element), ("<" if tree.value[0] == "(" else "<=",)))
    if not is_infinite(high):
        parts.append(chain((element, high), ("<" if tree.value[1] == ")" else "<=",)))
    return node("and", tuple(parts), None, "truth")


def _in_setbuilder(tree: Expr, element: Expr) -> Expr | None:
    """`{x : A}`, `{x in S : A}`, `{(x, y) : A}`; not `{f(x) : A}`."""
    held, condition = tree.args
    if held.head == "chain" and held.value == ("in",):
        inside = membership(held.args[1], held.args[0])
        if inside is None:
            return None
        held, condition = held.args[0], node("and", (inside, condition), None, "truth")
    if held.head == "symbol":
        return replace(condition, {held: element})
    names = held.args if held.head == "tuple" else ()
    fits = element.head == "tuple" and len(names) == len(element.args) and len(set(names)) == len(names)
    if names and fits and all(n.head == "symbol" for n in names):
        return replace(condition, dict(zip(names, element.args, strict=True)))
    return None


def is_infinite(tree: Expr) -> bool:
    """Whether an end is (minus) infinity."""
    if tree.head == "constant":
        return bool(tree.value == "oo")
    return tree.head == "mul" and any(is_infinite(a) for a in tree.args)


def _lists_values(left: Expr, right: Expr) -> bool:
    """`x = 1, 2, 3`: one unknown and the values that it may have."""
    return left.head == "symbol" and left.kind in ("scalar", "integer") and right.head == "tuple"


def _are_alike_tuples(left: Expr, right: Expr) -> bool:
    return left.head == right.head == "tuple" and len(left.args) == len(right.args)


def spelled_out(tree: Expr) -> Expr:
    """A statement with `x in S` and `(x, y) = (1, 2)` written as relations of single values."""

    def change(part: Expr) -> Expr:
        if part.head == "chain" and part.value == ("=",) and _lists_values(*part.args):
            return node(
                "or", tuple(chain((part.args[0], v), ("=",)) for v in part.args[1].args), None, "truth"
            )
        if part.head == "chain" and part.value == ("=",) and _are_alike_tuples(*part.args):
            entries = zip(part.args[0].args, part.args[1].args, strict=True)
            return node("and", tuple(chain((a, b), ("=",)) for a, b in entries), None, "truth")
        if part.head != "chain" or not any(o in ("in", "notin") for o in part.value):
            return part
        links = []
        for operator, left, right in zip(part.value, part.args, part.args[1:], strict=False):
            inside = membership(right, left) if operator in ("in", "notin") else None
            if operator in ("in", "notin") and inside is None:
                return part
            if inside is None:
                links.append(chain((left, right), (operator,)))
            else:
                links.append(inside if operator == "in" else _negated(inside))
        return links[0] if len(links) == 1 else node("and", tuple(links), None, "truth")

    return transform(tree, change)
