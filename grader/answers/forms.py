"""The right answer in several forms: slips show in one of them that another hides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.expressions.nodes import Expr
from grader.spec.model import AllOf, AnyOf, Condition, DerivativeOf, LineEquals, Question, ValueTaken


@dataclass(frozen=True, slots=True)
class Extremal:
    """The answer is the value of a multiple of `body` where `variable` is `place`."""

    body: Expr
    variable: Expr
    place: Expr


def reference_forms(question: Question) -> tuple[Expr, ...]:
    """The reference, and the lines that the mark scheme wants reached on the way to it.

    >>> # 2(p - y)p(1 - p)phi(x) and 2(p - y)sigma'(w . phi(x))phi(x): a dropped sigma' is seen in the second
    """
    reference = question.answer.reference
    if reference is None:
        return ()
    lines = [c.expression for c in _conditions(question) if isinstance(c, LineEquals)]
    return (reference, *(line for line in lines if line.kind == reference.kind))


def extremal_of(question: Question) -> Extremal | None:
    """What the mark scheme has differentiated, and the value that it wants taken; None if it does not say."""
    derivatives = [c for c in _conditions(question) if isinstance(c, DerivativeOf)]
    values = [c for c in _conditions(question) if isinstance(c, ValueTaken)]
    for condition in derivatives:
        for taken in values:
            if taken.subject in condition.with_respect_to:
                return Extremal(condition.of[0], taken.subject, taken.value)
    return None


def _conditions(question: Question) -> Iterator[Condition]:
    for mark in question.marks:
        yield from _parts(mark.when)


def _parts(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, AnyOf | AllOf):
        for part in condition.conditions:
            yield from _parts(part)
    else:
        yield condition
