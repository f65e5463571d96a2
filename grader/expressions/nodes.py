"""The tree that a formula is read into: immutable, n-ary, hash-consed.

Equal trees are the same object, so comparing two trees is `is`, and a tree can be a
dictionary key at no cost. Trees keep the shape that was written: `a - b` is a sum with
`-1*b`, but nothing is sorted, folded or cancelled here.

Hash-consing: E. Goto, "Monocopy and associative algorithms in an extended Lisp" (1974).
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Literal, final

Kind = Literal["scalar", "complex", "integer", "vector", "matrix", "function", "set", "truth", "tuple"]
Value = Any  # hashable: a Fraction, a name, or a tuple of such

MAX_DEPTH = 150
MAX_SIZE = 5000
_MAX_LISTED = 300  # a longer list of nodes is not kept


class TooLarge(ValueError):
    """A tree over the caps on depth or size; readers turn it into a finding."""


@final
class Expr:
    """One node. `head` says what it is, `value` what a leaf or operator carries, `args` its children.

    Build nodes with `grader.expressions.build`, which documents every head.
    """

    __slots__ = ("__weakref__", "args", "depth", "head", "kind", "size", "value")

    head: str
    value: Value
    args: tuple[Expr, ...]
    kind: Kind
    size: int
    depth: int

    def __reduce__(self) -> tuple[Any, ...]:
        return (node, (self.head, self.args, self.value, self.kind))

    def __repr__(self) -> str:
        inner = [repr(self.value)] if self.value is not None else []
        return f"{self.head}({', '.join(inner + [repr(a) for a in self.args])})"

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a tree is immutable")


_Key = tuple[str, Value, tuple[Expr, ...], Kind]


class _Held(weakref.ref[Expr]):
    """Where a node of the table is, and what it stands under."""

    __slots__ = ("key",)

    key: _Key


# As `weakref.WeakValueDictionary` does it, but without a call of Python for each look.
_TREES: dict[_Key, _Held] = {}
_LOCK = threading.RLock()  # a node may go while another is made


def _forget(held: _Held) -> None:
    with _LOCK:
        if _TREES.get(held.key) is held:
            del _TREES[held.key]


def node(head: str, args: tuple[Expr, ...] = (), value: Value = None, kind: Kind = "scalar") -> Expr:
    """The one node with this head, value, kind and children.

    Raises `TooLarge` over the caps on depth and size, before anything is built.
    """
    key = (head, value, args, kind)
    held = _TREES.get(key)
    found = held() if held is not None else None
    if found is not None:
        return found
    size, depth = 1, 0
    for part in args:
        size += part.size
        if part.depth > depth:
            depth = part.depth
    if size > MAX_SIZE or depth >= MAX_DEPTH:
        raise TooLarge(f"a formula of {size} parts, {depth + 1} deep")
    with _LOCK:
        held = _TREES.get(key)
        found = held() if held is not None else None
        if found is None:
            found = _new(head, args, value, kind, size, depth + 1)
            held = _TREES[key] = _Held(found, _forget)
            held.key = key
    return found


def _new(head: str, args: tuple[Expr, ...], value: Value, kind: Kind, size: int, depth: int) -> Expr:
    made = object.__new__(Expr)
    put = object.__setattr__
    put(made, "head", head)
    put(made, "args", args)
    put(made, "value", value)
    put(made, "kind", kind)
    put(made, "size", size)
    put(made, "depth", depth)
    return made


def walk(tree: Expr) -> Iterator[Expr]:
    """Every node of the tree, each once however often it is shared, parents before children."""
    return iter(_listed(tree)) if tree.size <= _MAX_LISTED else _walked(tree)


@lru_cache(maxsize=4096)
def _listed(tree: Expr) -> tuple[Expr, ...]:
    """The nodes of a small tree; the same trees are walked again and again."""
    return tuple(_walked(tree))


def _walked(tree: Expr) -> Iterator[Expr]:
    seen: set[Expr] = set()
    stack = [tree]
    while stack:
        top = stack.pop()
        if top not in seen:
            seen.add(top)
            yield top
            stack.extend(reversed(top.args))
