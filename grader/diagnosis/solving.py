"""A wrong equation beside what solving the one before it gives: `z = ln(y/(1 + y))` after `sigma(z) = y`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import islice

from grader.diagnosis.families.parts import exact
from grader.diagnosis.isolating import solved
from grader.diagnosis.search import Explanation
from grader.equivalence import Assumptions
from grader.equivalence.polynomial import coefficients_of
from grader.equivalence.truths import with_sign
from grader.expressions.build import HALF, TWO, add, div, mul, neg, number, power, sub
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import contains, free_symbols, replace, transform
from grader.expressions.symbols import SymbolTable

MOST_PREMISES = 3
MOST_THINGS = 4
Diagnose = Callable[[Expr, Sequence[Expr]], Explanation | None]


def by_solving(
    wrong: Expr, premises: Sequence[Expr], assumptions: Assumptions, diagnose: Diagnose
) -> Explanation | None:
    """The slip between what a side should be, by one of the equations before, and what is written there."""
    if wrong.head != "chain" or wrong.value != ("=",):
        return None
    for premise in premises[:MOST_PREMISES]:
        if premise.head == "chain" and premise.value == ("=",):
            for said, values in _expected(wrong, premise, assumptions.table):
                found = diagnose(said, values)
                if found is not None:
                    return found
    return None


def _expected(wrong: Expr, premise: Expr, table: SymbolTable) -> Iterator[tuple[Expr, Sequence[Expr]]]:
    """A side of the wrong equation, and what should stand there."""
    for side, said in (wrong.args, wrong.args[::-1]):
        for known in dict.fromkeys((premise, _spelled(premise, table))):
            for thing in islice(_things(side, known), MOST_THINGS):
                values = [] if contains(said, thing) else list(solved(known, thing, table))
                if values:
                    yield said, [replace(side, {thing: value}) for value in values]
            yield from ((chosen, [root]) for chosen, root in _by_formula(side, said, known))


def _things(side: Expr, premise: Expr) -> Iterator[Expr]:
    """The parts of a side that stand in the equation before as well, the largest first."""
    for part in walk(side):
        if part.kind == "scalar" and free_symbols(part) and contains(premise, part):
            yield part


def _by_formula(side: Expr, said: Expr, premise: Expr) -> Iterator[tuple[Expr, Expr]]:
    """What stands for a root of a quadratic equation as the formula is written down, and the root."""
    if side.head != "symbol" or free_symbols(said) or exact(said) is not None:
        return
    coefficients = coefficients_of(sub(*premise.args), side)
    if coefficients is None or len(coefficients) != 3 or any(exact(c) is None for c in coefficients):
        return
    signs = (1, -1) if any(part.head == "plusminus" for part in walk(said)) else (0,)
    for sign in signs:
        yield from ((with_sign(said, sign) if sign else said, root) for root in _roots(coefficients, sign))


def _roots(coefficients: Sequence[Expr], sign: int) -> Iterator[Expr]:
    c, b, a = (exact(x) or Fraction(0) for x in coefficients)
    root = power(add(power(number(abs(b)), TWO), number(-4 * a * c)), HALF)
    for way in (sign,) if sign else (1, -1):
        yield div(add(number(-b), root if way > 0 else neg(root)), mul(TWO, number(a)))


def _spelled(tree: Expr, table: SymbolTable) -> Expr:
    """With named numbers by what they are short for: `sigma(w . phi(x)) = y` for `p = y`."""

    def change(part: Expr) -> Expr:
        known = table.symbols.get(str(part.value)) if part.head == "symbol" else None
        plain = known is not None and known.kind == "scalar" and not known.parameters
        return known.definition if known is not None and plain and known.definition is not None else part

    return transform(tree, change)
