"""The constant of integration: answers that differ by a constant which `+ C` takes up.

A letter is such a constant beside an indefinite integral, or where both answers look like antiderivatives:
functions of one variable and `C`, with no constant written beside it (`x^2 + C + 1` is not `x^2 + C`).
"""

from __future__ import annotations

from dataclasses import dataclass

from grader.equivalence.features import features
from grader.expressions.build import add, sub
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols

_LETTERS = frozenset(["C", "c", "K", "k", "constant", "const"])
_CAPITAL = frozenset(["C", "constant", "const"])


@dataclass(frozen=True, slots=True)
class Apart:
    """The difference of two answers without their constants, what it may not depend on, and whether
    nothing but custom says that the constants are arbitrary."""

    gap: Expr
    names: frozenset[Expr]
    customary: bool


def constant_apart(left: Expr, right: Expr, declared: frozenset[str]) -> Apart | None:
    """How two sums differ without their free constants.

    None unless each is a sum with one constant of its own that stands nowhere else in it. Definitions
    `F(x) = ...` of one name are taken by their right sides.
    """
    integral = any(_has_indefinite(t) for t in (left, right))
    if left.head == right.head == "chain" and left.value == right.value == ("=",):
        if left.args[0] is not right.args[0]:
            return None
        left, right = left.args[1], right.args[1]
    parts = [_parted(t, declared) for t in (left, right)]
    if parts[0] is None or parts[1] is None:
        return None
    (one, ours), (other, theirs) = parts[0], parts[1]
    names = free_symbols(ours) | free_symbols(theirs)
    if not integral and not (_CAPITAL & {one.value, other.value} and _look_alike(ours, theirs, names)):
        return None
    called = all(features(t).calls for t in (ours, theirs))
    return Apart(sub(ours, theirs), names, not integral and not called)


def _has_indefinite(tree: Expr) -> bool:
    held = "integral" in features(tree).heads
    return held and any(p.head == "integral" and len(p.args) == 2 for p in walk(tree))


def _look_alike(ours: Expr, theirs: Expr, names: frozenset[Expr]) -> bool:
    """Whether both are antiderivatives by their looks: of one variable, without a constant of their own."""
    terms = [t for rest in (ours, theirs) for t in (rest.args if rest.head == "add" else (rest,))]
    return len(names) == 1 and all(free_symbols(t) for t in terms)


def _parted(tree: Expr, declared: frozenset[str]) -> tuple[Expr, Expr] | None:
    """The constant of a sum, and the rest."""
    terms = tree.args if tree.head == "add" else ()
    constants = [t for t in terms if t.head == "symbol" and t.value in _LETTERS and t.value not in declared]
    if len(constants) != 1:
        return None
    rest = [t for t in terms if t is not constants[0]]
    if any(constants[0] in free_symbols(t) for t in rest):
        return None
    return constants[0], add(*rest)
