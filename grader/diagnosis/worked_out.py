"""Numbers beside one and the same thing: what they are without it, and how the right ones are worked out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from grader.answers.forms import Extremal
from grader.diagnosis.families.parts import BARE, exact, is_constant
from grader.equivalence.ball import exact_at
from grader.expressions.build import ONE, mul, number
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, replace, transform

Bare = tuple[Expr, tuple[Expr, ...], tuple[Expr, ...]]


def without_common(wrong: Expr, rights: Sequence[Expr]) -> Bare:
    """`6/27 |v|` for `2 * 1/3 * 4/9 |v|` as the numbers alone, and what they are multiplied by (if anything).

    Only beside a bare thing, where nothing but the numbers can be wrong.

    >>> from grader.expressions.build import symbol
    >>> from grader.notation import to_text
    >>> v = symbol("v")
    >>> wrong, rights, common = without_common(mul(number(6), v), [mul(number(2), number(4), v)])
    >>> [to_text(tree) for tree in (wrong, *rights, *common)]
    ['6', '2*4', 'v']
    """
    numbers, common = _apart(wrong)
    bare = [found for found, others in map(_apart, rights) if set(others) == set(common)]
    if len(common) != 1 or common[0].head not in BARE or not bare:
        return wrong, tuple(rights), ()
    return transform(numbers, _added), tuple(dict.fromkeys(bare)), common


def _apart(tree: Expr) -> tuple[Expr, tuple[Expr, ...]]:
    """A product as its numbers, and its other factors."""
    factors = tree.args if tree.head == "mul" else (tree,)
    numbers = [f for f in factors if is_constant(f)]
    return mul(*numbers) if numbers else ONE, tuple(f for f in factors if f not in numbers)


def worked_out(reference: Expr, extremal: Extremal) -> Iterator[Expr]:
    """The largest value as it is worked out: `2 * 1/3 * (2/3)^2 |v|` for `8/27 |v|`."""
    there = transform(replace(extremal.body, {extremal.variable: extremal.place}), _added)
    numbers, rest = _apart(reference)
    whole, part = exact_at(numbers, {}), None if free_symbols(there) else exact_at(there, {})
    if whole is not None and part:
        yield mul(number(whole / part), there, *rest)


def is_written_product(tree: Expr) -> bool:
    """Whether several numbers are left to be multiplied: `2 * 1/3 * 2/3 |v|`, not `4/9 |v|`."""
    return exact(_apart(tree)[0]) is None


def is_misconverted(wrong: Expr, right: Expr) -> bool:
    """Whether a decimal is not the fraction that stands before it: `8/27 |v| = 0.269 |v|`."""
    said, (before, *_), _ = without_common(wrong, [right])
    value = exact(before)
    if said.head != "decimal" or value is None or value.denominator == 1:
        return False
    number_, digits = said.value
    return bool(abs(number_ - value) > Fraction(1, 2 * 10**digits))


def _added(part: Expr) -> Expr:
    """A sum of numbers as one: `1 - 1/3` as `2/3`."""
    value = exact_at(part, {}) if part.head == "add" and not free_symbols(part) else None
    return part if value is None else number(value)
