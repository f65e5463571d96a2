"""Differentiation against known derivatives, and against difference quotients of random trees."""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from grader.equivalence import Assumptions, decide, enclose
from grader.expressions.build import add, apply, call, dot, equation, mul, number, power, symbol
from grader.expressions.calculus import differentiate, evaluate_operators
from grader.expressions.domains import POSITIVE
from grader.expressions.nodes import Expr, node
from grader.expressions.symbols import Symbol, table
from grader.notation import read
from grader.records import Equality

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "calculus" / "derivatives.yaml").read_text())
X = symbol("x")


def parsed(text: object) -> Expr:
    reading = read(str(text), table(), syntax="text")
    assert reading.tree is not None
    assert not reading.errors
    return reading.tree


@pytest.mark.parametrize(("body", "variable", "wanted"), CASES)
def test_derivatives(body: str, variable: str, wanted: object) -> None:
    found = differentiate(parsed(body), symbol(variable))
    assert found is not None
    assert decide(found, parsed(wanted), Assumptions(ignore_domain=True)).verdict is Equality.EQUAL


def test_no_rule_is_none() -> None:
    assert differentiate(call("floor", X), X) is None


def test_gradient_of_a_quadratic_form() -> None:
    w, matrix = symbol("w", "vector"), symbol("A", "matrix")
    found = differentiate(dot(w, mul(matrix, w)), w)
    wanted = add(mul(matrix, w), mul(node("transpose", (matrix,), None, "matrix"), w))
    assert found is not None
    assert decide(found, wanted, Assumptions()).verdict is Equality.EQUAL


def test_a_defined_symbol_is_held_as_the_variable() -> None:
    u, v = symbol("u"), symbol("v")
    known = table([Symbol("u", definition=power(v, number(2))), Symbol("v", domain=POSITIVE)])
    tree = node("derivative", (power(v, number(4)), u))
    assert decide(tree, mul(number(2), u), Assumptions(table=known)).verdict is Equality.EQUAL


def test_a_function_that_is_defined() -> None:
    f = symbol("f", "function")
    known = table([Symbol("f", "function", parameters=(X,), definition=power(X, number(3)))])
    slope = evaluate_operators(apply(node("derived", (f,), 1, "function"), number(2)), known)
    assert decide(slope, number(12), Assumptions()).verdict is Equality.EQUAL


def test_the_value_at_a_point() -> None:
    tree = node("at", (node("derivative", (power(X, number(2)), X)), X, number(3)))
    assert decide(tree, number(6), Assumptions()).verdict is Equality.EQUAL
    assert equation(tree, tree).kind == "truth"


LEAVES = st.sampled_from([X, number(1), number(2), number(-1), number(Fraction(1, 2))])


def _grow(children: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    pairs = st.tuples(children, children)
    unary = st.sampled_from(["sin", "cos", "exp", "arctan", "tanh"])
    return st.one_of(
        pairs.map(lambda p: add(*p)),
        pairs.map(lambda p: mul(*p)),
        st.tuples(unary, children).map(lambda p: call(p[0], p[1])),
        st.tuples(children, st.integers(2, 3)).map(lambda p: power(p[0], number(p[1]))),
    )


TREES = st.recursive(LEAVES, _grow, max_leaves=8)


@settings(max_examples=60, deadline=None)
@given(TREES)
def test_difference_quotients(tree: Expr) -> None:
    slope = differentiate(tree, X)
    assert slope is not None
    step, place = Fraction(1, 10**12), Fraction(2, 7)
    values = [enclose(tree, {X: place + s}, 256) for s in (step, -step)]
    exact = enclose(slope, {X: place}, 256)
    assume(all(v is not None for v in values))
    assume(exact is not None and abs(float(exact)) < 1e6)
    quotient = float((values[0] - values[1]) / (2 * 10**-12)) if exact is not None else 0.0
    assert math.isclose(quotient, float(exact), rel_tol=1e-6, abs_tol=1e-6)
