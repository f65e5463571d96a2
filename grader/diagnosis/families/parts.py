"""What the tables share: taking a node apart, and putting it together with one part exchanged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from grader.expressions.build import MINUS_ONE, ONE, ZERO, add, mul, neg, number, power
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import rebuild

ARRAYS = ("vector", "matrix", "tuple")
FUNCTIONS = ("call", "apply")
BARE = ("norm", "symbol", "apply", "dot")  # a thing of which nothing is worked out


def exchanged(parts: Sequence[Expr], index: int, *new: Expr) -> tuple[Expr, ...]:
    """The parts with the one at `index` exchanged for others (or left out)."""
    return (*parts[:index], *new, *parts[index + 1 :])


def with_part(tree: Expr, index: int, new: Expr) -> Expr:
    """The node with one child exchanged; sums and products stay flat."""
    parts = exchanged(tree.args, index, new)
    return together(tree, parts)


def together(tree: Expr, parts: Sequence[Expr]) -> Expr:
    """A node of the same head over other children."""
    if tree.head == "add":
        return add(*parts)
    return mul(*parts) if tree.head == "mul" else rebuild(tree, tuple(parts))


def negated(tree: Expr) -> Expr:
    """-tree without a double minus."""
    if tree.head == "mul" and tree.args[0] is MINUS_ONE:
        return mul(*tree.args[1:])
    if tree.head == "mul" and tree.args[0].head == "number" and tree.args[0].value < 0:
        return with_part(tree, 0, number(-tree.args[0].value))
    return neg(tree)


def exact(tree: Expr) -> Fraction | None:
    """The value of a literal number, or of a fraction of two."""
    if tree.head == "number":
        value: Fraction = tree.value
        return value
    if tree.head == "decimal":
        return Fraction(tree.value[0])
    if tree.head == "mul" and len(tree.args) == 2:
        above, below = tree.args
        if above.head == "number" and is_below(below) and below.args[0].head == "number":
            bottom: Fraction = below.args[0].value
            return above.value / bottom if bottom and below.args[1] is MINUS_ONE else None
    return None


def is_constant(tree: Expr) -> bool:
    """Whether a tree is a number: a literal, a power of one, pi or e."""
    if tree.head in ("number", "decimal"):
        return True
    if tree.head == "constant":
        return tree.value in ("pi", "e")
    return tree.head in ("pow", "mul", "add") and all(is_constant(a) for a in tree.args)


def inverted(tree: Expr) -> Expr:
    """1/tree without a double fraction."""
    if tree.head == "pow" and tree.args[1].head == "number" and tree.args[1].value < 0:
        exponent = -tree.args[1].value
        return tree.args[0] if exponent == 1 else power(tree.args[0], number(exponent))
    value = exact(tree)
    if value is not None and tree.head == "number" and value != 0:
        return number(1 / value)
    return power(tree, MINUS_ONE)


def is_below(tree: Expr) -> bool:
    """Whether a factor stands in a denominator."""
    return tree.head == "pow" and tree.args[1].head == "number" and tree.args[1].value < 0


def over_and_under(tree: Expr) -> tuple[Expr, Expr] | None:
    """Numerator and denominator of a fraction; None if the tree is none."""
    if is_below(tree):
        return ONE, inverted(tree)
    if tree.head == "number" and tree.value.denominator != 1:
        return number(tree.value.numerator), number(tree.value.denominator)
    if tree.head != "mul" or not any(is_below(f) for f in tree.args):
        return None
    above = [f for f in tree.args if not is_below(f)]
    return mul(*above), mul(*(inverted(f) for f in tree.args if is_below(f)))


def pairs(parts: Sequence[Expr]) -> Iterator[tuple[int, int]]:
    """All pairs of places, in order."""
    for i in range(len(parts)):
        for j in range(i + 1, len(parts)):
            yield i, j


def argument(tree: Expr) -> Expr | None:
    """What a function of one argument is applied to."""
    if tree.head == "call" and len(tree.args) == 1:
        return tree.args[0]
    return tree.args[1] if tree.head == "apply" and len(tree.args) == 2 else None


def at(tree: Expr, new: Expr) -> Expr:
    """The same function at another argument."""
    return rebuild(tree, (new,) if tree.head == "call" else (tree.args[0], new))


def is_array(tree: Expr) -> bool:
    """Whether a tree is a vector or a matrix."""
    return tree.kind in ARRAYS


def times(*factors: Expr) -> Expr:
    """A product without ones; 0 if a factor is."""
    if ZERO in factors:
        return ZERO
    return mul(*(f for f in factors if f is not ONE))


def total(*terms: Expr) -> Expr:
    """A sum without zeros."""
    return add(*(t for t in terms if t is not ZERO))
