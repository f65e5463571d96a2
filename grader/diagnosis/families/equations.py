"""Equations and inequalities solved line by line: what is done to one side, one term, or the other way."""

from __future__ import annotations

from collections.abc import Iterator

from grader.diagnosis.families.parts import exact, exchanged, inverted, is_below
from grader.diagnosis.malrule import MalRule
from grader.expressions.build import HALF, ONE, TWO, ZERO, add, chain, mul, number, power, sub
from grader.expressions.nodes import Expr


def _sides(part: Expr) -> Iterator[tuple[Expr, Expr, tuple[str, ...]]]:
    """Both ways round of an equation; an inequality as it stands."""
    if part.head == "chain" and len(part.args) == 2:
        left, right = part.args
        yield left, right, part.value
        if part.value == ("=",):
            yield right, left, part.value


def _other_factors(side: Expr) -> Iterator[tuple[Expr, Expr]]:
    """A factor that is a number, and the rest."""
    for k, factor in enumerate(side.args if side.head == "mul" else ()):
        if exact(factor) not in (None, 0, -1):
            yield factor, mul(*exchanged(side.args, k))
    if side.head == "mul":
        for k, factor in enumerate(side.args):
            if is_below(factor):
                yield factor, mul(*exchanged(side.args, k))


def _inverse_operation(part: Expr) -> Iterator[Expr]:
    """x = ab for ax = b: multiplied where it should be divided; x = b - a."""
    for left, right, op in _sides(part):
        for factor, rest in _other_factors(left):
            yield chain((rest, mul(factor, right)), op)
            yield chain((rest, sub(right, factor)), op)
            yield chain((rest, add(right, factor)), op)


def _term_divided(part: Expr) -> Iterator[Expr]:
    """x = b/a for x + a = b: divided where it should be subtracted."""
    for left, right, op in _sides(part):
        for k, term in enumerate(left.args if left.head == "add" else ()):
            if exact(term) not in (None, 0):
                yield chain((add(*exchanged(left.args, k)), mul(right, inverted(term))), op)


def _one_side_only(part: Expr) -> Iterator[Expr]:
    """x = b for ax = b; x = b for x + a = b."""
    for left, right, op in _sides(part):
        for _, rest in _other_factors(left):
            yield chain((rest, right), op)
        for k, term in enumerate(left.args if left.head == "add" else ()):
            if exact(term) not in (None, 0):
                yield chain((add(*exchanged(left.args, k)), right), op)


def _one_term_only(part: Expr) -> Iterator[Expr]:
    """x + b = c/a for ax + b = c: only one term is divided."""
    for left, right, op in _sides(part):
        for k, term in enumerate(left.args if left.head == "add" else ()):
            for factor, rest in _other_factors(term):
                yield chain((add(*exchanged(left.args, k, rest)), mul(right, inverted(factor))), op)


def _solution_lost(part: Expr) -> Iterator[Expr]:
    """x = a for x^2 = a^2; b = c for ab = ac."""
    for left, right, op in _sides(part):
        if op != ("=",):
            continue
        if left.head == "pow" and left.args[1] is TWO:
            yield chain((left.args[0], power(right, HALF)), op)
            yield chain((left.args[0], mul(number(-1), power(right, HALF))), op)
        for k, factor in enumerate(left.args if left.head == "mul" else ()):
            if right is ZERO and exact(factor) is None and not is_below(factor):
                yield chain((mul(*exchanged(left.args, k)), ZERO), op)
            elif right.head == "mul" and factor in right.args and exact(factor) is None:
                other = exchanged(right.args, right.args.index(factor))
                yield chain((mul(*exchanged(left.args, k)), mul(*other)), op)
            elif right is factor:
                yield chain((mul(*exchanged(left.args, k)), ONE), op)


def _root_not_taken(part: Expr) -> Iterator[Expr]:
    """x = a for x^2 = a, x = a/2 for x^2 = a."""
    for left, right, op in _sides(part):
        if left.head == "pow" and exact(left.args[1]) is not None:
            yield chain((left.args[0], right), op)
            yield chain((left.args[0], mul(right, inverted(left.args[1]))), op)


def _squared_one_side(part: Expr) -> Iterator[Expr]:
    """a = b for the root of a = b."""
    for left, right, op in _sides(part):
        if left.head == "pow" and left.args[1] is HALF:
            yield chain((left.args[0], right), op)


def _factors_set_to_constant(part: Expr) -> Iterator[Expr]:
    """a = c for ab = c with c not 0."""
    for left, right, op in _sides(part):
        if left.head == "mul" and right is not ZERO and op == ("=",):
            for factor in left.args:
                if exact(factor) is None:
                    yield chain((factor, right), op)


def _not_turned(part: Expr) -> Iterator[Expr]:
    """-2x < 4 as x < -2: the direction is kept where it turns round."""
    if part.value[0] in _TURNED:
        yield chain(part.args, tuple(_TURNED.get(op, op) for op in part.value))


def _strictness(part: Expr) -> Iterator[Expr]:
    """x < 2 for x <= 2."""
    if part.value[0] in _STRICT:
        yield chain(part.args, (_STRICT[part.value[0]], *part.value[1:]))


_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_STRICT = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
_CHAIN = ("chain",)
RULES = (
    MalRule("inverse-operation", "inverse-operation", _CHAIN, _inverse_operation),
    MalRule("inverse-operation", "term-divided", _CHAIN, _term_divided),
    MalRule("one-side-only", "one-side-only", _CHAIN, _one_side_only),
    MalRule("one-side-only", "one-term-only", _CHAIN, _one_term_only),
    MalRule("missing-square", "squared-one-side", _CHAIN, _squared_one_side),
    MalRule("lost-solution", "solution-lost", _CHAIN, _solution_lost),
    MalRule("missing-root", "root-not-taken", _CHAIN, _root_not_taken),
    MalRule("zero-product", "factors-set-to-constant", _CHAIN, _factors_set_to_constant),
    MalRule("inequality-direction", "direction-kept", _CHAIN, _not_turned, _not_turned),
    MalRule("strictness", "strictness", _CHAIN, _strictness, _strictness),
)
