"""A normal form written out again as a tree, in factors: what an expression comes to."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from grader.equivalence.assumptions import Assumptions
from grader.equivalence.field import Beyond, Frac, Poly
from grader.equivalence.normal import Normalizer
from grader.equivalence.points import Space
from grader.equivalence.prepare import prepare
from grader.equivalence.values import normalizer_for
from grader.expressions.build import ONE, add, mul, number, power
from grader.expressions.nodes import Expr


def factored(tree: Expr, assumptions: Assumptions) -> Expr | None:
    """The tree worked out and factored over the rationals; None where there is no such form.

    >>> from grader.expressions.build import symbol, TWO
    >>> x = symbol("x")
    >>> factored(add(power(x, TWO), mul(number(-1), x)), Assumptions())
    mul(symbol('x'), add(symbol('x'), number(Fraction(-1, 1))))
    """
    prepared = prepare((tree,), assumptions)
    normalizer = normalizer_for(Space(prepared, assumptions))
    try:
        value = normalizer.attempt(lambda: normalizer.value(prepared.trees[0]))
    except Beyond:
        return None
    if not isinstance(value, Frac) or value.top == 0:
        return None
    return _written(value, _names(normalizer))


def _names(normalizer: Normalizer) -> Mapping[int, Expr]:
    """The tree that each kernel stands for, where one of the trees seen is just that kernel."""
    names: dict[int, Expr] = {}
    for tree, value in normalizer.done.items():
        if isinstance(value, Frac) and value.bottom == 1 and len(value.top) == 1:
            (exponents, coefficient) = next(iter(value.top.terms()))
            if coefficient == 1 and sum(exponents) == 1:
                names.setdefault(exponents.index(1), tree)
    return names


def _written(value: Frac, names: Mapping[int, Expr]) -> Expr | None:
    coefficient, factors = Fraction(1), []
    for poly, sign in ((value.top, 1), (value.bottom, -1)):
        content, parts = poly.factor()
        coefficient *= Fraction(int(content.p), int(content.q)) ** sign
        for part, multiplicity in parts:
            inner = _polynomial(part, names)
            if inner is None:
                return None
            exponent = sign * int(multiplicity)
            factors.append(inner if exponent == 1 else power(inner, number(exponent)))
    return (
        mul(*([number(coefficient)] if coefficient != 1 else []), *factors)
        if factors
        else number(coefficient)
    )


def _polynomial(poly: Poly, names: Mapping[int, Expr]) -> Expr | None:
    terms = []
    for exponents, coefficient in poly.terms():
        used = [(index, int(e)) for index, e in enumerate(exponents) if e]
        if any(index not in names for index, _ in used):
            return None
        factors = [names[i] if e == 1 else power(names[i], number(e)) for i, e in used]
        c = Fraction(int(coefficient.p), int(coefficient.q))
        terms.append(mul(*([number(c)] if c != 1 or not factors else []), *factors) if factors else number(c))
    return add(*terms) if terms else ONE
