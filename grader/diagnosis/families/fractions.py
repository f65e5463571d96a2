"""Fractions: upside down, added across, cancelled where nothing cancels."""

from __future__ import annotations

from collections.abc import Iterator

from grader.diagnosis.families.parts import (
    exact,
    exchanged,
    inverted,
    is_below,
    is_constant,
    over_and_under,
    pairs,
    with_part,
)
from grader.diagnosis.malrule import MalRule
from grader.expressions.build import MINUS_ONE, ONE, add, call, div, mul, power
from grader.expressions.nodes import Expr


def _inside_logarithm(part: Expr) -> Iterator[Expr]:
    """ln(b/a) for ln(a/b)."""
    if part.value == "ln":
        parts = over_and_under(part.args[0])
        yield call("ln", div(parts[1], parts[0]) if parts else power(part.args[0], MINUS_ONE))


def _flipped(part: Expr) -> Iterator[Expr]:
    """b/a for a/b; of numbers only where both stand there."""
    parts = over_and_under(part)
    if parts is not None and not (is_constant(part) and ONE in parts):
        yield div(parts[1], parts[0]) if parts[0] is not ONE else parts[1]


def _factor_flipped(part: Expr) -> Iterator[Expr]:
    """a b for a/b: a factor on the wrong side of the fraction bar (in -b there is none).

    Of an exponential it is the sign of the exponent that is wrong.
    """
    alone = sum(not is_constant(factor) for factor in part.args) < 2
    for index, factor in enumerate(part.args):
        if (alone and not is_below(factor)) or (factor.head == "call" and factor.value == "exp"):
            continue
        if not is_constant(factor) and factor.kind == "scalar":
            yield with_part(part, index, inverted(factor))


def _reciprocal_of_sum(part: Expr) -> Iterator[Expr]:
    """1/a + 1/b for 1/(a + b)."""
    base, exponent = part.args
    if exponent is MINUS_ONE and base.head == "add":
        yield add(*(inverted(t) for t in base.args))


def _fractions(part: Expr) -> Iterator[tuple[list[Expr], Expr, Expr, Expr, Expr]]:
    """Two fractions of a sum, taken apart: the other terms, and a, b, c, d of a/b + c/d."""
    for i, j in pairs(part.args):
        one, two = over_and_under(part.args[i]), over_and_under(part.args[j])
        if one is not None and two is not None:
            rest = [t for k, t in enumerate(part.args) if k not in (i, j)]
            yield rest, *one, *two


def _added_across(part: Expr) -> Iterator[Expr]:
    """(a + c)/(b + d) for a/b + c/d."""
    for rest, a, b, c, d in _fractions(part):
        yield add(*rest, div(add(a, c), add(b, d)))


def _denominators_multiplied_only(part: Expr) -> Iterator[Expr]:
    """(a + c)/(bd) for a/b + c/d."""
    for rest, a, b, c, d in _fractions(part):
        if b is not d:
            yield add(*rest, div(add(a, c), mul(b, d)))


def _same_denominator_added(part: Expr) -> Iterator[Expr]:
    """(a + c)/(2b) for a/b + c/b."""
    for rest, a, b, c, d in _fractions(part):
        if b is d:
            yield add(*rest, div(add(a, c), add(b, d)))


def _common_denominator_forgotten(part: Expr) -> Iterator[Expr]:
    """(a + c)/b for a + c/b."""
    for index, term in enumerate(part.args):
        parts = over_and_under(term)
        if parts is not None:
            yield div(add(*exchanged(part.args, index, parts[0])), parts[1])


def _split_below(part: Expr) -> Iterator[Expr]:
    """a/b + a/c for a/(b + c)."""
    for index, factor in enumerate(part.args):
        if is_below(factor) and factor.args[1] is MINUS_ONE and factor.args[0].head == "add":
            rest = exchanged(part.args, index)
            yield add(*(mul(*rest, inverted(t)) for t in factor.args[0].args))


def _divided_into_first(part: Expr) -> Iterator[Expr]:
    """a/c + b for (a + b)/c."""
    for i, j in ((i, j) for i in range(len(part.args)) for j in range(len(part.args)) if i != j):
        total, below = part.args[i], part.args[j]
        if total.head == "add" and (is_below(below) or (exact(below) or 1).denominator != 1):
            rest = [f for k, f in enumerate(part.args) if k not in (i, j)]
            for k, term in enumerate(total.args):
                yield mul(*rest, add(*exchanged(total.args, k, mul(term, below))))


def _term_cancelled(part: Expr) -> Iterator[Expr]:
    """1 + b for (a + b)/a, b for (a + b)/a."""
    for i, factor in enumerate(part.args):
        if not is_below(factor) or factor.args[1] is not MINUS_ONE:
            continue
        for j, total in enumerate(part.args):
            if total.head == "add":
                rest = [f for k, f in enumerate(part.args) if k not in (i, j)]
                for k, term in enumerate(total.args):
                    if _divides(factor.args[0], term):
                        left = mul(*(f for f in _factors(term) if f is not factor.args[0]))
                        yield mul(*rest, add(*exchanged(total.args, k, left)))
                        yield mul(*rest, add(*exchanged(total.args, k)))


def _factors(tree: Expr) -> tuple[Expr, ...]:
    return tree.args if tree.head == "mul" else (tree,)


def _divides(factor: Expr, term: Expr) -> bool:
    return factor in _factors(term)


def _cancelled_below(part: Expr) -> Iterator[Expr]:
    """1/b for a/(a + b): a term of the denominator cancelled."""
    for i, below in enumerate(part.args):
        if is_below(below) and below.args[1] is MINUS_ONE and below.args[0].head == "add":
            for j, factor in enumerate(part.args):
                if i != j and factor in below.args[0].args:
                    rest = [f for k, f in enumerate(part.args) if k not in (i, j)]
                    left = [t for t in below.args[0].args if t is not factor]
                    yield mul(*rest, inverted(add(*left)))
                    yield mul(*rest, inverted(add(ONE, *left)))


def _nested(part: Expr) -> Iterator[Expr]:
    """a/(bc) for a/(b/c)."""
    base, exponent = part.args
    parts = over_and_under(base) if exponent is MINUS_ONE else None
    if parts is not None and parts[0] is not ONE:
        yield inverted(mul(*parts))


RULES = (
    MalRule("inverted-fraction", "inside-logarithm", ("call",), _inside_logarithm, _inside_logarithm),
    MalRule("inverted-fraction", "fraction-flipped", ("mul", "pow"), _flipped, _flipped),
    MalRule("inverted-fraction", "factor-flipped", ("mul",), _factor_flipped, _factor_flipped),
    MalRule("inverted-fraction", "nested-fraction", ("pow",), _nested),
    MalRule("added-across", "reciprocal-of-sum", ("pow",), _reciprocal_of_sum),
    MalRule("added-across", "added-across", ("add",), _added_across),
    MalRule("added-across", "denominators-multiplied-only", ("add",), _denominators_multiplied_only),
    MalRule("added-across", "same-denominator-added", ("add",), _same_denominator_added),
    MalRule("added-across", "common-denominator-forgotten", ("add",), _common_denominator_forgotten),
    MalRule("added-across", "denominator-split", ("mul",), _split_below),
    MalRule("distribution", "divided-into-first", ("mul",), _divided_into_first),
    MalRule("cancelled-term", "term-cancelled", ("mul",), _term_cancelled),
    MalRule("cancelled-term", "cancelled-below", ("mul",), _cancelled_below),
)
