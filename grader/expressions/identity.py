"""The identity matrix of a size that is not a number: the power 0 of a matrix that has no other use."""

from __future__ import annotations

from grader.expressions.build import ZERO, power, symbol
from grader.expressions.nodes import Expr

_OPEN, _CLOSE = "identity[", "]"


def identity(index: str = "") -> Expr:
    """The identity of the size that fits; `index` is the letter that is written below it.

    >>> identity("n").kind
    'matrix'
    """
    return power(symbol(f"{_OPEN}{index}{_CLOSE}", "matrix"), ZERO)


def index_of(letter: Expr) -> str | None:
    """The letter below an identity matrix ("" if there is none); None for any other matrix.

    >>> index_of(identity("n").args[0]), index_of(symbol("A", "matrix"))
    ('n', None)
    """
    name = str(letter.value)
    if letter.head != "symbol" or letter.kind != "matrix" or not name.startswith(_OPEN):
        return None
    return name[len(_OPEN) : name.index(_CLOSE)]


def is_identity(tree: Expr) -> bool:
    """Whether a tree is the identity matrix.

    >>> is_identity(identity())
    True
    """
    return tree.head == "pow" and index_of(tree.args[0]) is not None


def numbered(tree: Expr, count: int) -> Expr:
    """The identity of a place of its own, whose size need not be that of another one.

    >>> numbered(identity("n"), 1) is numbered(identity("n"), 2)
    False
    """
    return power(symbol(f"{tree.args[0].value}{count}", "matrix"), ZERO)
