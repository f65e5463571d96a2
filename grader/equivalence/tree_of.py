"""A quotient of polynomials in kernels, back as a tree."""

from __future__ import annotations

from fractions import Fraction

from grader.equivalence.factoring import Factors
from grader.equivalence.field import Beyond, Frac, Poly
from grader.expressions.build import ONE, PI, add, call, constant, div, mul, number, power, symbol
from grader.expressions.nodes import Expr

_MAX_TERMS = 40


def tree_of(n: Factors, value: Frac) -> Expr:
    """The tree; raises `Beyond` for kernels that have none (an unknown function ...).

    >>> from grader.equivalence.assumptions import Assumptions
    >>> from grader.equivalence.normal import Normalizer
    >>> x = symbol("x")
    >>> n = Normalizer(Assumptions().domain)
    >>> tree_of(n, n.attempt(lambda: n.scalar(add(x, x)))) is mul(number(2), x)
    True
    """
    top = poly_tree(n, value.top)
    return top if value.bottom.is_one() else div(top, poly_tree(n, value.bottom))


def poly_tree(n: Factors, poly: Poly) -> Expr:
    """The same for a polynomial."""
    if len(poly) > _MAX_TERMS:
        raise Beyond
    terms = []
    for exponents, c in poly.terms():
        coefficient = Fraction(int(c.numerator), int(c.denominator))
        factors = [_raised(kernel_tree(n, slot), int(e)) for slot, e in enumerate(exponents) if e]
        front = [number(coefficient)] if coefficient != 1 or not factors else []
        terms.append(mul(*front, *factors))
    return add(*terms)


def _raised(tree: Expr, n: int) -> Expr:
    return tree if n == 1 else power(tree, number(n))


def kernel_tree(n: Factors, slot: int) -> Expr:
    """What a kernel stands for."""
    kernel = n.kernels[slot]
    if kernel.sort == "symbol":
        return _symbol(n, slot)
    if kernel.sort == "pi":
        return PI
    if kernel.sort == "i":
        return constant("i")
    if kernel.sort == "exp":
        monomial, unit = kernel.data
        if not kernel.key.endswith("|1"):
            raise Beyond
        return call("exp", mul(number(unit), poly_tree(n, monomial)))
    if kernel.sort == "ln" and kernel.data is not None:
        return _logarithm(n, kernel.data)
    if kernel.sort in ("sin", "cos"):
        monomial, bottom, unit = kernel.data
        return call(kernel.sort, mul(number(unit), tree_of(n, Frac(monomial, bottom))))
    if kernel.sort in ("arcsin", "arctan"):
        return call(kernel.sort, tree_of(n, kernel.data))
    if kernel.sort == "abs":
        return call("abs", poly_tree(n, kernel.data))
    if kernel.sort in ("root", "oddroot") and kernel.data is not None:
        return power(poly_tree(n, kernel.data), div(ONE, number(kernel.order)))
    raise Beyond


def _logarithm(n: Factors, inside: Poly) -> Expr:
    """ln|f|, without the bars where the sign of f is known."""
    sign = n.sign(inside)
    tree = poly_tree(n, inside if sign >= 0 else -inside)
    return call("ln", tree if sign else call("abs", tree))


def _symbol(n: Factors, slot: int) -> Expr:
    for key, place in n.slots.items():
        if place == slot:
            name, _, kind = key.removeprefix("symbol:").rpartition("/")
            if kind in ("scalar", "integer"):
                return symbol(name, "integer" if kind == "integer" else "scalar")
    raise Beyond
