"""The right answer in several forms: slips show in one of them that another hides."""

from __future__ import annotations

from grader.expressions.nodes import Expr
from grader.spec.model import AllOf, AnyOf, Condition, LineEquals, Question


def reference_forms(question: Question) -> tuple[Expr, ...]:
    """The reference, and the lines that the mark scheme wants reached on the way to it.

    >>> # 2(p - y)p(1 - p)phi(x) and 2(p - y)sigma'(w . phi(x))phi(x): a dropped sigma' is seen in the second
    """
    reference = question.answer.reference
    if reference is None:
        return ()
    lines = [e for mark in question.marks for e in _expressions(mark.when) if e.kind == reference.kind]
    return (reference, *lines)


def _expressions(condition: Condition) -> tuple[Expr, ...]:
    if isinstance(condition, AnyOf | AllOf):
        return tuple(e for part in condition.conditions for e in _expressions(part))
    return (condition.expression,) if isinstance(condition, LineEquals) else ()
