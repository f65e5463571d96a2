"""Roots and absolute values."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from grader.diagnosis.families.parts import exact, is_constant
from grader.diagnosis.malrule import MalRule
from grader.expressions.build import HALF, add, call, mul, number, power
from grader.expressions.nodes import Expr


def _is_root(part: Expr) -> bool:
    value = exact(part.args[1])
    return value is not None and 0 < value < 1


def _root_of_sum(part: Expr) -> Iterator[Expr]:
    """The root of a plus the root of b for the root of a + b."""
    if _is_root(part) and part.args[0].head == "add":
        yield add(*(_root(t, part.args[1]) for t in part.args[0].args))


def _root(term: Expr, exponent: Expr) -> Expr:
    """The root of a term; of a square the bare base, of -t minus the root of t."""
    if term.head == "mul" and term.args[0] is number(-1):
        return mul(number(-1), _root(mul(*term.args[1:]), exponent))
    inner = exact(term.args[1]) if term.head == "pow" else None
    if inner is not None and (exact(exponent) or 0) * inner == 1:
        return term.args[0]
    return power(term, exponent)


def _root_dropped(part: Expr) -> Iterator[Expr]:
    """a for the root of a; of numbers only where they are still to be added."""
    if _is_root(part) and not (is_constant(part) and part.args[0].head != "add"):
        yield part.args[0]


def _root_put_back(part: Expr) -> Iterator[Expr]:
    if part.kind == "scalar" and not is_constant(part):
        yield power(part, HALF)


def _root_of_square_signed(part: Expr) -> Iterator[Expr]:
    """x for the root of x^2."""
    inner = part.args[0]
    if exact(part.args[1]) == Fraction(1, 2) and inner.head == "pow" and exact(inner.args[1]) == 2:
        yield inner.args[0]


def _absolute_dropped(part: Expr) -> Iterator[Expr]:
    """x for |x|."""
    if (part.head == "call" and part.value == "abs") or (
        part.head == "norm" and part.args[0].kind == "scalar"
    ):
        yield part.args[0]


def _absolute_of_sum(part: Expr) -> Iterator[Expr]:
    """|a| + |b| for |a + b|."""
    if part.value == "abs" and part.args[0].head == "add":
        yield add(*(call("abs", t) for t in part.args[0].args))


def _other_root(part: Expr) -> Iterator[Expr]:
    """The square root for the cube root, and the other way round."""
    value = exact(part.args[1])
    if value in (Fraction(1, 2), Fraction(1, 3)) and not is_constant(part):
        yield power(part.args[0], number(Fraction(1, 3) if value == Fraction(1, 2) else Fraction(1, 2)))


def _root_on_one_factor(part: Expr) -> Iterator[Expr]:
    """a times the root of b for the root of ab."""
    if _is_root(part) and part.args[0].head == "mul":
        factors = part.args[0].args
        for k, factor in enumerate(factors):
            yield mul(*factors[:k], power(factor, part.args[1]), *factors[k + 1 :])


RULES = (
    MalRule("root-of-sum", "root-of-sum", ("pow",), _root_of_sum),
    MalRule(
        "missing-root",
        "root-dropped",
        ("pow",),
        _root_dropped,
        _root_put_back,
        ("add", "mul", "symbol", "dot", "call", "apply"),
    ),
    MalRule("absolute-value", "root-of-square-signed", ("pow",), _root_of_square_signed),
    MalRule("absolute-value", "absolute-dropped", ("call", "norm"), _absolute_dropped),
    MalRule("absolute-value", "absolute-of-sum", ("call",), _absolute_of_sum),
    MalRule("wrong-exponent", "other-root", ("pow",), _other_root, _other_root),
    MalRule("exponent-rule", "root-on-one-factor", ("pow",), _root_on_one_factor),
)
