"""Two evaluators against each other, and properties of the normal form."""

from __future__ import annotations

from fractions import Fraction

import mpmath
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.equivalence import Assumptions, constant_ratio, decide, enclose, extrema, normal_form
from grader.expressions.build import PI, add, call, mul, neg, number, power, sub, symbol
from grader.expressions.domains import UNIT
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import rebuild
from grader.expressions.symbols import Symbol, table
from grader.records import Equality

X, Y = symbol("x"), symbol("y")
SMALL = st.fractions(min_value=-3, max_value=3, max_denominator=4)
LEAVES = st.one_of(st.sampled_from([X, Y, PI]), SMALL.map(number))
POWERS = st.sampled_from([-1, 2, 3, Fraction(1, 2)])
UNARY = ("sin", "cos", "tan", "exp", "ln", "abs", "arctan", "tanh", "arsinh", "sinh", "cosh", "arcsin", "sec")
NAMES = {"ln": "log", "abs": "fabs", "arctan": "atan", "arsinh": "asinh", "arcsin": "asin"}


def _grow(children: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    pairs = st.tuples(children, children)
    return st.one_of(
        pairs.map(lambda p: add(*p)),
        pairs.map(lambda p: mul(*p)),
        st.tuples(st.sampled_from(UNARY), children).map(lambda p: call(p[0], p[1])),
        st.tuples(children, POWERS).map(lambda p: power(p[0], number(p[1]))),
    )


TREES = st.recursive(LEAVES, _grow, max_leaves=9)


class _NoValue(Exception):
    """No real value."""


def reference(tree: Expr, point: dict[Expr, Fraction]) -> mpmath.mpf:
    """A plain recursive evaluation with mpmath; raises `_NoValue`."""
    if tree.head == "number":
        return mpmath.mpf(tree.value.numerator) / tree.value.denominator
    if tree.head == "symbol":
        return mpmath.mpf(point[tree].numerator) / point[tree].denominator
    if tree is PI:
        return +mpmath.pi
    args = [reference(a, point) for a in tree.args]
    if tree.head == "add":
        return mpmath.fsum(args)
    if tree.head == "mul":
        return mpmath.fprod(args)
    try:
        if tree.head == "pow":
            value = args[0] ** args[1]
        else:
            value = getattr(mpmath, NAMES.get(tree.value, tree.value))(args[0])
    except (ZeroDivisionError, ValueError, OverflowError):
        raise _NoValue from None
    if isinstance(value, mpmath.mpc) or not mpmath.isfinite(value):
        raise _NoValue
    return value


@settings(max_examples=150, deadline=None)
@given(TREES, SMALL, SMALL)
def test_two_evaluators_agree(tree: Expr, x: Fraction, y: Fraction) -> None:
    point = {X: x, Y: y}
    ball = enclose(tree, point, 256)
    if ball is None:
        return
    with mpmath.workdps(60):
        try:
            value = reference(tree, point)
        except _NoValue:
            return
        gap = abs(mpmath.mpf(str(ball.mid().str(50, radius=False))) - value)
        assert gap <= 1e-30 * (1 + abs(value)) or float(ball.rad()) > float(gap)


@settings(max_examples=60, deadline=None)
@given(TREES)
def test_order_does_not_matter(tree: Expr) -> None:
    def turned(part: Expr) -> Expr:
        args = tuple(turned(a) for a in part.args)
        return rebuild(part, args[::-1] if part.head in ("add", "mul") else args)

    assert decide(tree, turned(tree), Assumptions()).verdict is not Equality.DIFFERENT


@settings(max_examples=60, deadline=None)
@given(TREES)
def test_adding_one_is_seen(tree: Expr) -> None:
    assert decide(tree, add(tree, number(1)), Assumptions()).verdict is not Equality.EQUAL


@settings(max_examples=40, deadline=None)
@given(TREES, SMALL.filter(bool))
def test_constant_factors_are_found(tree: Expr, c: Fraction) -> None:
    found = constant_ratio(mul(number(c), tree), tree, Assumptions())
    assert found is None or found == c


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(SMALL, st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=4))
def test_normal_forms_of_polynomials_are_canonical(terms: list[tuple[Fraction, int, int]]) -> None:
    parts = [mul(number(c), power(X, number(i)), power(Y, number(j))) for c, i, j in terms]
    assert decide(add(*parts), add(*reversed(parts)), Assumptions()).verdict is Equality.EQUAL
    assert normal_form(sub(add(*parts), add(*parts)), Assumptions()) is not None


def test_extrema_on_an_open_interval() -> None:
    p = symbol("p")
    known = Assumptions(table=table([Symbol("p", domain=UNIT)]))
    found = extrema(mul(p, power(sub(number(1), p), number(2))), p, known)
    assert [(e.kind, e.at, e.attained) for e in found] == [
        ("max", number(Fraction(1, 3)), True),
        ("inf", number(0), False),
    ]
    assert decide(found[0].value, number(Fraction(4, 27)), known).verdict is Equality.EQUAL


def test_constant_ratio_of_signs() -> None:
    assert constant_ratio(sub(X, Y), sub(Y, X), Assumptions()) == -1
    assert constant_ratio(X, add(X, number(1)), Assumptions()) is None
    assert constant_ratio(neg(X), Y, Assumptions()) is None
