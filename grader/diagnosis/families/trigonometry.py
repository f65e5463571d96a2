"""Trigonometry: functions exchanged, identities half remembered, degrees for radians."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from grader.diagnosis.families.parts import exact, exchanged
from grader.diagnosis.malrule import MalRule
from grader.expressions.build import ONE, PI, TWO, add, call, div, mul, neg, number, power, sub
from grader.expressions.nodes import Expr

_SWAPS = {
    "sin": ("cos",),
    "cos": ("sin",),
    "tan": ("cot",),
    "cot": ("tan",),
    "sec": ("csc",),
    "csc": ("sec",),
    "sinh": ("cosh", "sin"),
    "cosh": ("sinh", "cos"),
    "tanh": ("tan",),
    "arcsin": ("arccos",),
    "arccos": ("arcsin",),
}
_PLAIN = ("sin", "cos", "tan", "cot", "sec", "csc")


def _exchanged(part: Expr) -> Iterator[Expr]:
    """cos(x) for sin(x)."""
    for name in _SWAPS.get(part.value, ()):
        yield call(name, part.args[0])


def _exchanged_back(part: Expr) -> Iterator[Expr]:
    for name, others in _SWAPS.items():
        if part.value in others:
            yield call(name, part.args[0])


def _multiple_pulled_out(part: Expr) -> Iterator[Expr]:
    """2 sin(x) for sin(2x)."""
    inner = part.args[0]
    if part.value in _PLAIN and inner.head == "mul":
        for k, factor in enumerate(inner.args):
            if exact(factor) not in (None, -1):
                yield mul(factor, call(part.value, mul(*exchanged(inner.args, k))))


def _of_each_term(part: Expr) -> Iterator[Expr]:
    """sin(a) + sin(b) for sin(a + b)."""
    inner = part.args[0]
    if part.value in _PLAIN and inner.head == "add":
        yield add(*(call(part.value, t) for t in inner.args))


def _addition_theorem_mixed(part: Expr) -> Iterator[Expr]:
    """sin a sin b + cos a cos b for sin(a + b), and other halves put together wrongly."""
    inner = part.args[0]
    if inner.head != "add" or len(inner.args) != 2:
        return
    (sa, ca), (sb, cb) = ((call("sin", t), call("cos", t)) for t in inner.args)
    if part.value == "sin":
        yield add(mul(sa, sb), mul(ca, cb))
        yield sub(mul(sa, cb), mul(ca, sb))
    elif part.value == "cos":
        yield add(mul(ca, cb), mul(sa, sb))
        yield add(mul(sa, cb), mul(ca, sb))


def _double_angle_mixed(part: Expr) -> Iterator[Expr]:
    """sin^2 + cos^2, sin cos, 1 - sin^2 ... for a double angle."""
    half = _half(part.args[0])
    if half is None:
        return
    s, c = call("sin", half), call("cos", half)
    s2, c2 = power(s, TWO), power(c, TWO)
    if part.value == "sin":
        yield mul(s, c)
        yield mul(TWO, s2)
    elif part.value == "cos":
        yield add(c2, s2)
        yield sub(s2, c2)
        yield sub(ONE, s2)
        yield sub(c2, ONE)
        yield add(ONE, mul(number(-2), c2))


def _half(inner: Expr) -> Expr | None:
    if inner.head == "mul" and exact(inner.args[0]) is not None:
        first = number((exact(inner.args[0]) or Fraction(0)) / 2)
        return mul(*inner.args[1:]) if first is ONE else mul(first, *inner.args[1:])
    return None


def _square_inside(part: Expr) -> Iterator[Expr]:
    """sin(x^2) for sin(x)^2."""
    base, exponent = part.args
    if (
        base.head == "call"
        and base.value in _SWAPS
        and exact(exponent) is not None
        and exponent is not number(-1)
    ):
        yield call(base.value, power(base.args[0], exponent))


def _square_outside(part: Expr) -> Iterator[Expr]:
    """sin(x)^2 for sin(x^2)."""
    inner = part.args[0]
    if part.value in _SWAPS and inner.head == "pow":
        yield power(call(part.value, inner.args[0]), inner.args[1])


def _pythagoras(part: Expr) -> Iterator[Expr]:
    """1 + cos^2 or cos^2 - 1 for sin^2; 1 - cos for sin."""
    base, exponent = part.args
    if base.head != "call" or exponent is not TWO or base.value not in ("sin", "cos", "tan", "sec"):
        return
    other = {"sin": "cos", "cos": "sin", "tan": "sec", "sec": "tan"}[base.value]
    square = power(call(other, *base.args), TWO)
    yield add(ONE, neg(square)) if base.value in ("tan", "sec") else add(ONE, square)
    yield add(ONE, square) if base.value == "tan" else sub(square, ONE)


def _pythagoras_for_sum(part: Expr) -> Iterator[Expr]:
    """1 for sin(x) + cos(x), 1 for sin^2 - cos^2."""
    names = {_bare(t)[0] for t in part.args}
    if len(part.args) == 2 and {"sin", "cos"} == names and len({_bare(t)[1] for t in part.args}) == 1:
        yield ONE


def _bare(term: Expr) -> tuple[str, Expr | None]:
    while term.head in ("pow", "mul"):
        term = term.args[0] if term.head == "pow" else term.args[-1]
    return (term.value, term.args[0]) if term.head == "call" else ("", None)


def _roots_of_identity(part: Expr) -> Iterator[Expr]:
    """1 - cos(x) for sin(x)."""
    if part.value in ("sin", "cos"):
        yield sub(ONE, call("cos" if part.value == "sin" else "sin", part.args[0]))


def _quotient_upside_down(part: Expr) -> Iterator[Expr]:
    """cos/sin for tan."""
    s, c = call("sin", part.args[0]), call("cos", part.args[0])
    if part.value == "tan":
        yield div(c, s)
    elif part.value == "cot":
        yield div(s, c)


def _degrees(part: Expr) -> Iterator[Expr]:
    """The argument read in degrees."""
    if part.value in _PLAIN:
        yield call(part.value, mul(part.args[0], PI, number(Fraction(1, 180))))


def _period_halved(part: Expr) -> Iterator[Expr]:
    """sin(x) for sin(x + pi): half a period taken for a whole one."""
    inner = part.args[0]
    if part.value in ("sin", "cos") and inner.head == "add":
        for k, term in enumerate(inner.args):
            if term is PI:
                yield call(part.value, add(*exchanged(inner.args, k)))


_CALL = ("call",)
RULES = (
    MalRule("trig-function", "functions-exchanged", _CALL, _exchanged, _exchanged_back),
    MalRule("trig-identity", "multiple-pulled-out", _CALL, _multiple_pulled_out),
    MalRule("trig-identity", "trig-of-each-term", _CALL, _of_each_term),
    MalRule("trig-identity", "addition-theorem-mixed", _CALL, _addition_theorem_mixed),
    MalRule("trig-identity", "double-angle-mixed", _CALL, _double_angle_mixed),
    MalRule("trig-identity", "square-inside", ("pow",), _square_inside),
    MalRule("trig-identity", "square-outside", _CALL, _square_outside),
    MalRule("trig-identity", "pythagoras-sign", ("pow",), _pythagoras),
    MalRule("trig-identity", "pythagoras-unsquared", ("add",), _pythagoras_for_sum),
    MalRule("trig-identity", "root-of-pythagoras", _CALL, _roots_of_identity),
    MalRule("inverted-fraction", "tangent-upside-down", _CALL, _quotient_upside_down),
    MalRule("degrees", "degrees-for-radians", _CALL, _degrees),
    MalRule("trig-identity", "period-halved", _CALL, _period_halved),
)
