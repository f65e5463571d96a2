"""Places that the usual points do not reach: n = 31 where `|k - 30|` is added up to n, or `binomial(n, 25)`.

The numbers that stand in the trees say where to look. What turns at such a number by way of something that
is no plain letter (a norm, a member of a family, a sine) cannot be looked at: then agreement says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from grader.equivalence.ball import compile_tape, exact_at
from grader.equivalence.features import features
from grader.equivalence.points import Point, Space
from grader.equivalence.precision import bits
from grader.equivalence.refute import value_at
from grader.equivalence.scalars import Unclear
from grader.equivalence.settled import NO_VALUE
from grader.equivalence.tape import Tape
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols

_LARGE = 15
_MOST_TERMS = 300
_MOST_NUMBERS = 4
_TRIED = 8
_BITS = 96
_BREAKS = frozenset(["abs", "sign", "min", "max", "floor", "ceil", "mod"])
_RATIONAL = frozenset(["add", "mul", "pow", "number", "decimal", "symbol", "chain", "and", "or"])


def far_points(space: Space, trees: tuple[Expr, Expr]) -> Iterator[Point]:
    """Points with one letter at, before and behind a large number of the trees."""
    numbers = sorted({n for tree in trees for n in _numbers(tree)})[:_MOST_NUMBERS]
    for base in islice(space.points(1), 1 if numbers else 0):
        for symbol in space.scalars:
            for number in numbers:
                for place in (number + 1, number, number - 1, -number - 1):
                    if space.domains[symbol].holds(place) and abs(place) <= _MOST_TERMS:
                        yield replace(base, scalars={**base.scalars, symbol: place})


def hides_far(trees: tuple[Expr, Expr]) -> bool:
    """Whether a rule changes at a large number where no point can be put."""
    return any(_hides(part) for tree in trees for part in walk(tree) if _may_break(part))


def _may_break(part: Expr) -> bool:
    return (part.head == "call" and part.value in _BREAKS) or part.head == "cases"


def _hides(part: Expr) -> bool:
    tests = part.args[1::2] if part.head == "cases" else part.args
    held = [p for test in tests for p in walk(test)]
    numbers = [n for test in tests for n in _numbers(test)]
    plain = all(p.head in _RATIONAL and p.kind in ("scalar", "integer", "truth") for p in held)
    return bool(numbers) and (not plain or max(numbers) > _MOST_TERMS)


def _numbers(tree: Expr) -> Iterator[Fraction]:
    """The large whole numbers in a tree, denominators and powers of numbers included."""
    if features(tree).heads.isdisjoint(("number", "decimal")):
        return
    for part in walk(tree):
        value = exact_at(part, {}) if part.head in ("number", "decimal", "pow") else None
        for whole in (value.numerator, value.denominator) if value is not None else ():
            if abs(whole) >= _LARGE:
                yield Fraction(abs(int(whole)))


def is_out_of_reach(space: Space, trees: tuple[Expr, Expr]) -> bool:
    """Whether an integral cannot be worked out at a point where the other tree has a value.

    From 1 to a negative number 1/t has no integral, and ln|x| has a value there.
    """
    if not any(_ends_at_letter(t) for t in trees):
        return False
    tapes = [compile_tape(t, space.complexes) for t in trees]
    for point in space.points(_TRIED):
        with bits(_BITS):
            known = [_is_known(tape, space, point) for tape in tapes]
        if None in known and True in known:
            return True
    return False


def _ends_at_letter(tree: Expr) -> bool:
    held = "integral" in features(tree).heads
    return held and any(
        p.head == "integral" and any(free_symbols(end) for end in p.args[2:]) for p in walk(tree)
    )


def _is_known(tape: Tape, space: Space, point: Point) -> bool | None:
    """Whether a tree has a value; None where that is not clear."""
    try:
        return value_at(tape, space, point) is not NO_VALUE
    except Unclear:
        return None
