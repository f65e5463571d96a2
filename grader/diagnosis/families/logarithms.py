"""Logarithms and exponentials: the wrong base, sums and products mixed up."""

from __future__ import annotations

from collections.abc import Iterator

from grader.diagnosis.families.parts import exact, exchanged, negated, over_and_under
from grader.diagnosis.malrule import MalRule
from grader.expressions.build import E, add, call, div, mul, number, power
from grader.expressions.nodes import Expr

_TEN, _TWO = number(10), number(2)


def _is_logarithm(part: Expr) -> bool:
    return part.value in ("ln", "log")


def _log(like: Expr, argument: Expr) -> Expr:
    """A logarithm to the same base."""
    return call("ln", argument) if like.value == "ln" else call("log", argument, like.args[1])


def _other_base(part: Expr) -> Iterator[Expr]:
    """log10(x), log2(x) for ln(x)."""
    if part.value == "ln":
        yield call("log", part.args[0], _TEN)
        yield call("log", part.args[0], _TWO)


def _natural_for_base(part: Expr) -> Iterator[Expr]:
    """ln(x) for log10(x); log10(x) for log2(x)."""
    if part.value == "log":
        yield call("ln", part.args[0])
        for base in (_TEN, _TWO):
            if part.args[1] is not base:
                yield call("log", part.args[0], base)


def _base_and_argument_swapped(part: Expr) -> Iterator[Expr]:
    """log_x(b) for log_b(x)."""
    if part.value == "log":
        yield call("log", part.args[1], part.args[0])


def _log_of_sum(part: Expr) -> Iterator[Expr]:
    """ln a + ln b for ln(a + b)."""
    if _is_logarithm(part) and part.args[0].head == "add":
        terms = part.args[0].args
        yield add(*(_signed(part, t) for t in terms))
        yield mul(*(_log(part, t) for t in terms))


def _signed(like: Expr, term: Expr) -> Expr:
    """ln t, and -ln t for a term -t."""
    if term.head == "mul" and term.args[0] is number(-1):
        return mul(number(-1), _log(like, mul(*term.args[1:])))
    if (exact(term) or 0) < 0:
        return mul(number(-1), _log(like, negated(term)))
    return _log(like, term)


def _sum_of_logs(part: Expr) -> Iterator[Expr]:
    """ln(a + b) for ln a + ln b."""
    logs = [t for t in part.args if t.head == "call" and _is_logarithm(t)]
    if len(logs) >= 2:
        rest = [t for t in part.args if t not in logs]
        yield add(*rest, _log(logs[0], add(*(t.args[0] for t in logs))))


def _log_of_product(part: Expr) -> Iterator[Expr]:
    """ln a ln b for ln(ab)."""
    if _is_logarithm(part) and part.args[0].head == "mul":
        yield mul(*(_log(part, f) for f in part.args[0].args))


def _log_of_quotient(part: Expr) -> Iterator[Expr]:
    """ln a / ln b for ln(a/b)."""
    parts = over_and_under(part.args[0]) if _is_logarithm(part) else None
    if parts is not None:
        yield div(_log(part, parts[0]), _log(part, parts[1]))


def _product_of_logs(part: Expr) -> Iterator[Expr]:
    """ln a + ln b for ln a ln b."""
    logs = [f for f in part.args if f.head == "call" and _is_logarithm(f)]
    if len(logs) >= 2:
        yield mul(*(f for f in part.args if f not in logs), add(*logs))


def _log_of_power(part: Expr) -> Iterator[Expr]:
    """(ln a)^n for ln(a^n), ln(a^n) for (ln a)^n."""
    if part.head == "pow" and part.args[0].head == "call" and _is_logarithm(part.args[0]):
        yield _log(part.args[0], power(part.args[0].args[0], part.args[1]))
        yield mul(part.args[1], part.args[0])
    elif part.head == "call" and _is_logarithm(part) and part.args[0].head == "pow":
        base, exponent = part.args[0].args
        yield power(_log(part, base), exponent)


def _factor_into_log(part: Expr) -> Iterator[Expr]:
    """ln(nx) for n ln x."""
    for i, factor in enumerate(part.args):
        if factor.head == "call" and _is_logarithm(factor):
            for j, other in enumerate(part.args):
                if i != j and exact(other) is not None:
                    rest = [f for k, f in enumerate(part.args) if k not in (i, j)]
                    yield mul(*rest, _log(factor, mul(other, factor.args[0])))


def _exponent(part: Expr) -> Expr | None:
    if part.head == "call":
        return part.args[0] if part.value == "exp" else None
    return part.args[1]


def _raised(like: Expr, exponent: Expr) -> Expr:
    return call("exp", exponent) if like.head == "call" else power(like.args[0], exponent)


def _exponential_of_sum(part: Expr) -> Iterator[Expr]:
    """e^a + e^b for e^(a+b)."""
    exponent = _exponent(part)
    if exponent is not None and exponent.head == "add":
        yield add(*(_raised(part, t) for t in exponent.args))


def _exponential_of_product(part: Expr) -> Iterator[Expr]:
    """e^a e^b for e^(ab)."""
    exponent = _exponent(part)
    if exponent is not None and exponent.head == "mul" and number(-1) not in exponent.args:
        yield mul(*(_raised(part, f) for f in exponent.args))


def _coefficient_kept_outside(part: Expr) -> Iterator[Expr]:
    """n a for e^(n ln a): the exponential and the logarithm cancel past the factor."""
    exponent = _exponent(part) if part.head == "call" or part.args[0] is E else None
    if exponent is not None and exponent.head == "mul":
        for i, factor in enumerate(exponent.args):
            if factor.head == "call" and factor.value == "ln":
                yield mul(*exchanged(exponent.args, i, factor.args[0]))


def _cancelled_into_sum(part: Expr) -> Iterator[Expr]:
    """a + b for ln(e^a + b): the logarithm cancels past a sum."""
    if part.value == "ln" and part.args[0].head == "add":
        for i, term in enumerate(part.args[0].args):
            exponent = _exponent(term) if term.head == "call" or term.head == "pow" else None
            natural = term.head == "call" or (term.head == "pow" and term.args[0] is E)
            if exponent is not None and natural:
                yield add(*exchanged(part.args[0].args, i, exponent))


RULES = (
    MalRule("wrong-base", "other-base", ("call",), _other_base, _natural_for_base),
    MalRule("wrong-base", "natural-for-base", ("call",), _natural_for_base),
    MalRule("wrong-base", "base-and-argument-swapped", ("call",), _base_and_argument_swapped),
    MalRule("log-of-sum", "log-of-sum", ("call",), _log_of_sum),
    MalRule("log-of-sum", "sum-of-logs", ("add",), _sum_of_logs),
    MalRule("log-product", "log-of-product", ("call",), _log_of_product),
    MalRule("log-product", "log-of-quotient", ("call",), _log_of_quotient),
    MalRule("log-product", "product-of-logs", ("mul",), _product_of_logs),
    MalRule("log-power", "log-of-power", ("call", "pow"), _log_of_power),
    MalRule("log-power", "factor-into-log", ("mul",), _factor_into_log),
    MalRule("exponent-rule", "exponential-of-sum", ("call", "pow"), _exponential_of_sum),
    MalRule("exponent-rule", "exponential-of-product", ("call", "pow"), _exponential_of_product),
    MalRule("log-power", "coefficient-kept-outside", ("call", "pow"), _coefficient_kept_outside),
    MalRule("log-of-sum", "cancelled-into-sum", ("call",), _cancelled_into_sum),
)
