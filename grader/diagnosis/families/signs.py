"""Signs: lost, gained, or not carried through a bracket."""

from __future__ import annotations

from collections.abc import Iterator

from grader.diagnosis.families.parts import argument, at, exact, negated, together, with_part
from grader.diagnosis.malrule import MalRule
from grader.expressions.build import MINUS_ONE, E, add, mul, number, power
from grader.expressions.nodes import Expr

_EVEN = ("cos", "cosh", "sec", "abs")


def _term_flipped(part: Expr) -> Iterator[Expr]:
    """a - b for a + b."""
    for index, term in enumerate(part.args):
        yield with_part(part, index, negated(term))


def _minus_dropped(part: Expr) -> Iterator[Expr]:
    """x for -x."""
    for index, factor in enumerate(part.args):
        value = exact(factor)
        if value is not None and value < 0:
            yield negated(part) if index == 0 else with_part(part, index, negated(factor))


def _minus_gained(part: Expr) -> Iterator[Expr]:
    """-x for x."""
    value = exact(part)
    if value is None or value > 0:
        yield negated(part)


def _exponent_flipped(part: Expr) -> Iterator[Expr]:
    """exp(x) for exp(-x)."""
    if part.head == "call" and part.value == "exp":
        yield at(part, negated(part.args[0]))
    elif part.head == "pow" and (part.args[0] is E or exact(part.args[1]) is None):
        yield power(part.args[0], negated(part.args[1]))


def _argument_flipped(part: Expr) -> Iterator[Expr]:
    """f(-x) for f(x)."""
    inner = argument(part)
    if inner is not None and not (part.head == "call" and part.value in ("exp", *_EVEN)):
        yield at(part, negated(inner))


def _bracket_half_negated(part: Expr) -> Iterator[Expr]:
    """-a + b for -(a + b): the minus reaches the first term only."""
    for index, factor in enumerate(part.args):
        if factor.head == "add" and any((exact(f) or 0) < 0 for f in part.args):
            first, *rest = factor.args
            yield together(
                part, (*part.args[:index], add(first, *map(negated, rest)), *part.args[index + 1 :])
            )


def _square_keeps_minus(part: Expr) -> Iterator[Expr]:
    """-x^2 for (-x)^2."""
    base, exponent = part.args
    value = exact(exponent)
    negative = base.head == "mul" and (exact(base.args[0]) or 0) < 0
    if value is not None and value % 2 == 0 and (negative or (exact(base) or 0) < 0):
        yield mul(MINUS_ONE, power(negated(base), exponent))


def _even_function_negated(part: Expr) -> Iterator[Expr]:
    """-cos(x) for cos(-x)."""
    inner = argument(part)
    if part.value in _EVEN and inner is not None and negated(inner).size < inner.size:
        yield mul(MINUS_ONE, at(part, negated(inner)))


def _two_minuses_kept(part: Expr) -> Iterator[Expr]:
    """-(ab) for (-a)(-b): minus times minus taken for minus."""
    below = [i for i, f in enumerate(part.args) if (exact(f) or 0) < 0]
    if len(below) >= 2:
        plain = [
            number(abs(f.value)) if i in below and f.head == "number" else f for i, f in enumerate(part.args)
        ]
        yield mul(MINUS_ONE, *plain)


def _entry_flipped(part: Expr) -> Iterator[Expr]:
    """An entry with the other sign."""
    for index, entry in enumerate(part.args):
        if exact(entry) != 0:
            yield with_part(part, index, negated(entry))


_ANY = ("mul", "pow", "call", "apply", "symbol", "dot", "number", "add")

RULES = (
    MalRule("sign-error", "term-flipped", ("add",), _term_flipped, _term_flipped),
    MalRule("sign-error", "exponent-flipped", ("call", "pow"), _exponent_flipped, _exponent_flipped),
    MalRule("sign-error", "argument-flipped", ("call", "apply"), _argument_flipped, _argument_flipped),
    MalRule("sign-error", "minus-dropped", ("mul",), _minus_dropped, _minus_gained, _ANY),
    MalRule("sign-error", "minus-gained", _ANY, _minus_gained, _minus_dropped, ("mul",)),
    MalRule("sign-error", "bracket-half-negated", ("mul",), _bracket_half_negated, _bracket_half_negated),
    MalRule("sign-error", "square-keeps-minus", ("pow",), _square_keeps_minus),
    MalRule("sign-error", "even-function-negated", ("call",), _even_function_negated),
    MalRule("sign-error", "two-minuses-kept", ("mul",), _two_minuses_kept),
    MalRule("sign-error", "entry-flipped", ("matrix", "tuple", "set"), _entry_flipped, _entry_flipped),
)
