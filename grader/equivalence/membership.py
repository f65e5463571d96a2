"""Lying in a set, as a statement about the element."""

from __future__ import annotations

from grader.expressions.build import chain
from grader.expressions.nodes import Expr, node
from grader.expressions.rewrite import replace, transform


def membership(tree: Expr, element: Expr) -> Expr | None:
    """The statement that the element lies in the set; None for sets that are not of that kind."""
    if tree.head == "interval":
        parts = []
        for end, operator in zip(tree.args, ("<" if tree.value[0] == "(" else "<=", ""), strict=True):
            if operator and not is_infinite(end):
                parts.append(chain((end, element), (operator,)))
        if not is_infinite(tree.args[1]):
            parts.append(chain((element, tree.args[1]), ("<" if tree.value[1] == ")" else "<=",)))
        return node("and", tuple(parts), None, "truth")
    if tree.head == "set":
        return node("or", tuple(chain((element, a), ("=",)) for a in tree.args), None, "truth")
    if tree.head == "constant" and tree.value in ("reals", "emptyset"):
        return node("and" if tree.value == "reals" else "or", (), None, "truth")
    if tree.head == "setbuilder":
        return replace(tree.args[1], {tree.args[0]: element})
    joined = {"union": "or", "intersection": "and"}.get(tree.head)
    parts_ = [membership(a, element) for a in tree.args]
    if any(p is None for p in parts_):
        return None
    known = tuple(p for p in parts_ if p is not None)
    if joined is not None:
        return node(joined, known, None, "truth")
    if tree.head == "difference":
        return node("and", (known[0], node("not", (known[1],), None, "truth")), None, "truth")
    return None


def is_infinite(tree: Expr) -> bool:
    return tree.head == "constant" or (tree.head == "mul" and any(is_infinite(a) for a in tree.args))


def spelled_out(tree: Expr) -> Expr:
    """A statement with every `x in S` written as relations of x, where S is a set of that kind."""

    def change(part: Expr) -> Expr:
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
                links.append(inside if operator == "in" else node("not", (inside,), None, "truth"))
        return links[0] if len(links) == 1 else node("and", tuple(links), None, "truth")

    return transform(tree, change)
