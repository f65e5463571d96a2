"""`1 + 2 + ... + n` as a sum, `x_1 x_2 ... x_n` as a product: the last term says how the others go.

The letter that counts stands in the last term and in none before it; with 1, 2, 3 (or 0, 1, 2 ...) put for
it, the last term has to give the first ones, as they are written.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import reduce
from math import factorial

from grader.expressions.build import ONE, ZERO, add, mul, number, power, symbol
from grader.expressions.nodes import Expr, node, walk
from grader.expressions.rewrite import free_symbols, rebuild, replace
from grader.notation.errors import Problem
from grader.notation.tokens import Token

_Fold = Callable[[Fraction, Fraction], Fraction]
_STARTS = (1, 0, 2, 3, -1, -2)
_COUNTERS = ("k", "j", "i", "m", "l", "r", "s")
_LARGEST = 64


def refused(tok: Token) -> Problem:
    """An ellipsis that nothing tells how to go on."""
    message = "an ellipsis (…) leaves out part of the formula"
    return Problem(tok.start, "ellipsis", message, "write it with `\\sum` or in full")


def gone_on(terms: list[Expr], tok: Token, last: Expr, fold: str) -> list[Expr]:
    """The terms (or factors) with those up to the last one as a sum (or product); raises `Problem`."""
    for start in range(len(terms)):
        made = spelled_out(terms[start:], last, fold)
        if made is not None:
            return [*terms[:start], made]
    raise refused(tok)


def spelled_out(first: Sequence[Expr], last: Expr, fold: str) -> Expr | None:
    """The sum (or product) from the first terms to the last; None where no letter counts them.

    >>> n = symbol("n")
    >>> spelled_out([ONE, number(2)], n, "sum") is node("sum", (symbol("k"), symbol("k"), ONE, n))
    True
    """
    seen = frozenset().union(*(free_symbols(t) for t in first))
    letters = [s for s in _in_order(last) if s not in seen and s.kind in ("scalar", "integer")]
    wanted = [_folded(t) for t in first]
    for letter, start in ((c, k) for c in letters for k in _STARTS):
        found = (_folded(replace(last, {letter: number(start + i)})) for i in range(len(first)))
        if (len(first) > 1 or _is_member(last, letter)) and all(
            a is b for a, b in zip(found, wanted, strict=True)
        ):
            if _counts_by_one(first) and not _is_linear(last, letter):
                return None  # `1 + 2 + ... + 2^n`: of powers, or of all numbers?
            return _made(last, letter, start, fold, seen)
    return None


def _made(last: Expr, letter: Expr, start: int, fold: str, seen: frozenset[Expr]) -> Expr:
    taken = {s.value for s in seen | free_symbols(last)}
    counter = symbol(next(c for c in _COUNTERS if c not in taken))
    return node(fold, (replace(last, {letter: counter}), counter, number(start), letter), None, last.kind)


def _counts_by_one(first: Sequence[Expr]) -> bool:
    numbers = [t.value for t in first if t.head == "number"]
    return len(numbers) == len(first) == 2 and numbers[1] - numbers[0] == 1


def _is_linear(last: Expr, letter: Expr) -> bool:
    parts = last.args if last.head == "add" else (last,)
    return letter in parts


def _in_order(tree: Expr) -> Iterator[Expr]:
    return (p for p in walk(tree) if p.head == "symbol")


def _is_member(last: Expr, letter: Expr) -> bool:
    """`x_1 + ... + x_n`: of a family one term is enough."""
    return any(p.head == "index" and p.args[-1] is letter for p in walk(last))


def _folded(tree: Expr) -> Expr:
    """The tree with its numbers worked out, so that `2 x^1` is `2 x`."""
    args = tuple([_folded(a) for a in tree.args])
    if tree.head == "add":
        return _joined(args, ZERO, operator.add, add)
    if tree.head == "mul":
        return ZERO if ZERO in args else _joined(args, ONE, operator.mul, mul)
    if tree.head == "pow":
        return _raised(*args)
    if tree.head == "call" and tree.value == "factorial" and _is_small(args[0]):
        return number(factorial(int(args[0].value)))
    if tree.head == "index" and len(args) == 2 and args[1].head == "number" and args[0].head == "symbol":
        return symbol(f"{args[0].value}_{args[1].value}", tree.kind)
    return rebuild(tree, args)


def _is_small(tree: Expr) -> bool:
    return tree.head == "number" and tree.value.denominator == 1 and 0 <= tree.value <= _LARGEST


def _joined(args: tuple[Expr, ...], nothing: Expr, fold: _Fold, make: Callable[..., Expr]) -> Expr:
    """A sum or product with its numbers in one, which stands first; `nothing` is left out."""
    head = "add" if nothing is ZERO else "mul"
    flat = [b for a in args for b in (a.args if a.head == head else (a,))]
    total: Fraction = reduce(fold, (a.value for a in flat if a.head == "number"), nothing.value)
    rest = [a for a in flat if a.head != "number"]
    front = [] if total == nothing.value and rest else [number(total)]
    return make(*front, *rest)


def _raised(base: Expr, exponent: Expr) -> Expr:
    if exponent.head != "number":
        return power(base, exponent)
    if exponent is ZERO or base is ONE:
        return ONE
    whole = exponent.value.denominator == 1 and abs(exponent.value) <= _LARGEST
    if base.head == "number" and whole and base.value:
        return number(base.value ** int(exponent.value))
    return base if exponent is ONE else power(base, exponent)
