"""Sums, products, and integrals between ends: the ends, and what may be pulled apart."""

from __future__ import annotations

from collections.abc import Iterator

from grader.diagnosis.families.parts import exact, negated
from grader.diagnosis.malrule import MalRule
from grader.expressions.build import add, mul, number, sub
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, rebuild, replace


def _end(part: Expr, place: int, by: int) -> Expr:
    old = part.args[place]
    value = exact(old)
    new = number(value + by) if value is not None else add(old, number(by))
    return rebuild(part, (*part.args[:place], new, *part.args[place + 1 :]))


def _one_off(part: Expr) -> Iterator[Expr]:
    """A sum with one term too many or too few at one of its ends."""
    if len(part.args) == 4:
        for place in (2, 3):
            for by in (1, -1):
                yield _end(part, place, by)


def _sum_of_product(part: Expr) -> Iterator[Expr]:
    """The product of the sums for the sum of the products."""
    body = part.args[0]
    if body.head == "mul" and len(part.args) == 4:
        moving = [f for f in body.args if part.args[1] in free_symbols(f)]
        if len(moving) >= 2:
            still = [f for f in body.args if f not in moving]
            yield mul(*still, *(rebuild(part, (f, *part.args[1:])) for f in moving))


def _constant_counted_once(part: Expr) -> Iterator[Expr]:
    """c for the sum of n times c, in the body or in one of its terms."""
    body = part.args[0]
    if len(part.args) == 4:
        terms = body.args if body.head == "add" else (body,)
        for k, term in enumerate(terms):
            if part.args[1] not in free_symbols(term):
                rest = [t for i, t in enumerate(terms) if i != k]
                yield add(term, rebuild(part, (add(*rest), *part.args[1:]))) if rest else term


def _last_term_for_sum(part: Expr) -> Iterator[Expr]:
    """The last term for the whole sum."""
    if len(part.args) == 4:
        yield replace(part.args[0], {part.args[1]: part.args[3]})


def _ends_swapped(part: Expr) -> Iterator[Expr]:
    """F(a) - F(b) for F(b) - F(a)."""
    if len(part.args) == 4:
        yield negated(part)


def _difference_of_ends_for_count(part: Expr) -> Iterator[Expr]:
    """n - m for the number n - m + 1 of the terms of a constant."""
    body = part.args[0]
    if len(part.args) == 4 and part.args[1] not in free_symbols(body):
        yield mul(body, sub(part.args[3], part.args[2]))


def _integral_of_product(part: Expr) -> Iterator[Expr]:
    """The product of the integrals for the integral of a product."""
    yield from _sum_of_product(part)


def _constant_integrated_once(part: Expr) -> Iterator[Expr]:
    """The integrand at the upper end less that at the lower one: not integrated."""
    if len(part.args) == 4:
        body, x, low, high = part.args
        yield sub(replace(body, {x: high}), replace(body, {x: low}))


_FOLDS = ("sum", "product")
RULES = (
    MalRule("off-by-one", "one-term-off", _FOLDS, _one_off),
    MalRule("off-by-one", "terms-miscounted", ("sum",), _difference_of_ends_for_count),
    MalRule("sum-of-product", "sum-of-product", ("sum",), _sum_of_product),
    MalRule("sum-of-product", "integral-of-product", ("integral",), _integral_of_product),
    MalRule("constant-in-sum", "constant-counted-once", ("sum",), _constant_counted_once),
    MalRule("missing-term", "last-term-for-sum", _FOLDS, _last_term_for_sum),
    MalRule("sign-error", "ends-swapped", ("integral",), _ends_swapped),
    MalRule("not-integrated", "ends-put-into-the-integrand", ("integral",), _constant_integrated_once),
)
