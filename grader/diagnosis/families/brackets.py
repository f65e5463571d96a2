"""Brackets: a factor or a power that does not reach every term, products not multiplied out in full."""

from __future__ import annotations

from collections.abc import Iterator

from grader.diagnosis.families.parts import exact, exchanged, is_array, negated, pairs
from grader.diagnosis.malrule import MalRule
from grader.expressions.build import TWO, add, mul, power
from grader.expressions.nodes import Expr


def _first_term_only(part: Expr) -> Iterator[Expr]:
    """ab + c for a(b + c)."""
    for i, j in ((i, j) for i in range(len(part.args)) for j in range(len(part.args)) if i != j):
        total, factor = part.args[i], part.args[j]
        if total.head == "add" and not is_array(factor):
            rest = exchanged(part.args, max(i, j))
            rest = exchanged(rest, min(i, j))
            for k, term in enumerate(total.args):
                yield mul(*rest, add(*exchanged(total.args, k, mul(factor, term))))


def _all_but_one_term(part: Expr) -> Iterator[Expr]:
    """ab + ac + d for a(b + c + d)."""
    if len(part.args) == 2:
        for total, factor in (part.args, reversed(part.args)):
            if total.head == "add" and len(total.args) > 2 and not is_array(factor):
                for k, term in enumerate(total.args):
                    yield add(term, *(mul(factor, t) for t in exchanged(total.args, k)))


def _bracket_forgotten(part: Expr) -> Iterator[Expr]:
    """a - b + c for a - (b + c): the bracket after a minus (or a factor) is left out."""
    for index, term in enumerate(part.args):
        if term.head == "mul":
            for k, factor in enumerate(term.args):
                if factor.head == "add":
                    first, *others = factor.args
                    head = mul(*exchanged(term.args, k, first))
                    yield add(*exchanged(part.args, index, head, *others))


def _power_of_each_term(part: Expr) -> Iterator[Expr]:
    """a^2 + b^2 for (a + b)^2."""
    base, exponent = part.args
    value = exact(exponent)
    if base.head == "add" and value is not None and value > 1:
        yield add(*(_raised(t, exponent) for t in base.args))
        yield add(*(_signed(t, exponent) for t in base.args))


def _raised(term: Expr, exponent: Expr) -> Expr:
    bare = negated(term) if _is_negative(term) else term
    even = exact(exponent) is not None and (exact(exponent) or 0) % 2 == 0
    raised = power(bare, exponent)
    return raised if even or bare is term else negated(raised)


def _signed(term: Expr, exponent: Expr) -> Expr:
    """-(b^2) for a term -b."""
    return negated(power(negated(term), exponent)) if _is_negative(term) else power(term, exponent)


def _is_negative(term: Expr) -> bool:
    first = term.args[0] if term.head == "mul" else term
    return (exact(first) or 0) < 0


def _cross_term_single(part: Expr) -> Iterator[Expr]:
    """a^2 + ab + b^2 for (a + b)^2."""
    base, exponent = part.args
    if base.head == "add" and exponent is TWO:
        squares = [_raised(t, TWO) for t in base.args]
        crossed = [mul(base.args[i], base.args[j]) for i, j in pairs(base.args)]
        yield add(*squares, *crossed)


def _last_square_negative(part: Expr) -> Iterator[Expr]:
    """a^2 - 2ab - b^2 for (a - b)^2."""
    base, exponent = part.args
    if base.head == "add" and len(base.args) == 2 and exponent is TWO:
        a, b = base.args
        yield add(power(a, TWO), mul(TWO, a, b), negated(_raised(b, TWO)))


def _firsts_and_lasts(part: Expr) -> Iterator[Expr]:
    """ac + bd for (a + b)(c + d)."""
    for i, j in pairs(part.args):
        one, two = part.args[i], part.args[j]
        if one.head == two.head == "add" and len(one.args) == len(two.args):
            rest = [f for k, f in enumerate(part.args) if k not in (i, j)]
            yield mul(*rest, add(*(mul(a, b) for a, b in zip(one.args, two.args, strict=True))))


def _a_product_left_out(part: Expr) -> Iterator[Expr]:
    """ac + ad + bd for (a + b)(c + d)."""
    for i, j in pairs(part.args):
        one, two = part.args[i], part.args[j]
        if one.head == two.head == "add" and len(one.args) * len(two.args) <= 9:
            rest = [f for k, f in enumerate(part.args) if k not in (i, j)]
            terms = [mul(a, b) for a in one.args for b in two.args]
            for k in range(len(terms)):
                yield mul(*rest, add(*exchanged(terms, k)))


RULES = (
    MalRule("distribution", "first-term-only", ("mul",), _first_term_only),
    MalRule("distribution", "all-but-one-term", ("mul",), _all_but_one_term),
    MalRule("distribution", "bracket-forgotten", ("add",), _bracket_forgotten),
    MalRule("power-of-sum", "power-of-each-term", ("pow",), _power_of_each_term),
    MalRule("power-of-sum", "cross-term-single", ("pow",), _cross_term_single),
    MalRule("sign-error", "last-square-negative", ("pow",), _last_square_negative),
    MalRule("distribution", "firsts-and-lasts", ("mul",), _firsts_and_lasts),
    MalRule("distribution", "product-left-out", ("mul",), _a_product_left_out),
)
