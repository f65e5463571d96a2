"""Limits: put in where nothing can be put in, quotients treated like sums, leading terms mixed up."""

from __future__ import annotations

from collections.abc import Iterator

from grader.diagnosis.families.parts import exact, over_and_under
from grader.diagnosis.malrule import MalRule
from grader.equivalence import enclose
from grader.expressions.build import INFINITY, ONE, ZERO, add, div, mul
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, replace


def _quotient(part: Expr) -> tuple[Expr, Expr] | None:
    return over_and_under(part.args[0])


def _put_in(tree: Expr, part: Expr) -> Expr:
    return replace(tree, {part.args[1]: part.args[2]})


def _is_finite(part: Expr) -> bool:
    return not any(p is INFINITY for p in (part.args[2], *part.args[2].args))


def _zero_over_zero(part: Expr) -> Iterator[Expr]:
    """0 or 1 for a quotient whose parts both vanish."""
    parts = _quotient(part)
    if parts is not None and _is_finite(part) and all(_vanishes(_put_in(p, part)) for p in parts):
        yield ZERO
        yield ONE


def _vanishes(tree: Expr) -> bool:
    ball = enclose(tree, {})
    return ball is not None and bool(abs(ball) < 1e-9)


def _infinity_over_infinity(part: Expr) -> Iterator[Expr]:
    """1 or 0 where the parts both grow: infinity over infinity, infinity minus infinity."""
    if not _is_finite(part):
        yield ONE
        yield ZERO


def _one_part_differentiated(part: Expr) -> Iterator[Expr]:
    """The rule of l'Hospital with one part left as it was."""
    parts = _quotient(part)
    if parts is not None and _is_finite(part):
        x = part.args[1]
        above, below = differentiate(parts[0], x), differentiate(parts[1], x)
        if above is not None and below is not None:
            yield _put_in(div(above, parts[1]), part)
            yield _put_in(div(parts[0], below), part)
            yield _put_in(div(below, above), part)


def _hospital_on_a_determined_form(part: Expr) -> Iterator[Expr]:
    """The rule of l'Hospital where the quotient can simply be put in."""
    parts = _quotient(part)
    if parts is not None and _is_finite(part):
        x = part.args[1]
        above, below = differentiate(parts[0], x), differentiate(parts[1], x)
        if above is not None and below is not None:
            yield _put_in(div(above, below), part)


def _constant_terms(part: Expr) -> Iterator[Expr]:
    """The quotient of the constant terms at infinity, of the leading ones at 0."""
    parts = _quotient(part)
    if parts is not None and not _is_finite(part):
        x = part.args[1]
        low = [add(*_free_terms(p, x)) for p in parts]
        if low[1] is not ZERO:
            yield div(*low)


def _free_terms(tree: Expr, x: Expr) -> list[Expr]:
    terms = tree.args if tree.head == "add" else (tree,)
    return [t for t in terms if x not in free_symbols(t)]


def _leading_power_ignored(part: Expr) -> Iterator[Expr]:
    """The quotient of the leading coefficients though the degrees differ."""
    parts = _quotient(part)
    if parts is not None and not _is_finite(part):
        x = part.args[1]
        top, bottom = (_leading(p, x) for p in parts)
        if top is not None and bottom is not None:
            yield div(top, bottom)


def _leading(tree: Expr, x: Expr) -> Expr | None:
    best: tuple[int, Expr] | None = None
    for term in tree.args if tree.head == "add" else (tree,):
        degree, rest = 0, []
        for factor in term.args if term.head == "mul" else (term,):
            if factor is x:
                degree += 1
            elif factor.head == "pow" and factor.args[0] is x and exact(factor.args[1]) is not None:
                degree += int(exact(factor.args[1]) or 0)
            elif x in free_symbols(factor):
                return None
            else:
                rest.append(factor)
        if best is None or degree > best[0]:
            best = degree, mul(*rest)
    return best[1] if best is not None else None


_LIMIT = ("limit",)
RULES = (
    MalRule("indeterminate-form", "zero-over-zero", _LIMIT, _zero_over_zero),
    MalRule("indeterminate-form", "infinity-over-infinity", _LIMIT, _infinity_over_infinity),
    MalRule("l-hospital", "one-part-differentiated", _LIMIT, _one_part_differentiated),
    MalRule("l-hospital", "determined-form", _LIMIT, _hospital_on_a_determined_form),
    MalRule("leading-term", "constant-terms", _LIMIT, _constant_terms),
    MalRule("leading-term", "degrees-ignored", _LIMIT, _leading_power_ignored),
)
