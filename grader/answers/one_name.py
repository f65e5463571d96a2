"""One thing under two spellings: `V(x) = x^2` and `V = x^2`, `\\varphi` and `\\phi`, `\\ell` and `l`."""

from __future__ import annotations

from grader.equivalence.features import features
from grader.expressions.build import symbol
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import rebuild, replace, symbols_of
from grader.notation.tokens import VARIANTS

_SPELLINGS = {**VARIANTS, "ell": "l"}


def with_one_name(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """Both trees with one spelling where each of them uses one only; else as they are."""
    left, right = _with_one_letter(left, right)
    return _as_value(left, right), _as_value(right, left)


def _with_one_letter(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    ours, theirs = features(left).names, features(right).names
    for variant, plain in _SPELLINGS.items() if ours != theirs else ():
        both = {variant, plain}
        if both <= ours | theirs and not both <= ours and not both <= theirs:
            left, right = (_respelled(t, variant, plain) for t in (left, right))
    return left, right


def _respelled(tree: Expr, variant: str, plain: str) -> Expr:
    return replace(tree, {s: symbol(plain, s.kind) for s in symbols_of(tree) if s.value == variant})


def _as_value(tree: Expr, other: Expr) -> Expr:
    """`V(x) = x^2` as `V = x^2` where the other says V without an argument."""
    if not all(t.head == "chain" and t.value[:1] == ("=",) for t in (tree, other)):
        return tree
    called, name = tree.args[0], other.args[0]
    if called.head != "apply" or name.head != "symbol" or called.args[0].value != name.value:
        return tree
    plain = all(a.head == "symbol" for a in called.args[1:])
    return rebuild(tree, (name, *tree.args[1:])) if plain else tree
