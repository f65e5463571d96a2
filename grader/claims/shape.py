"""One key for the common ways of writing one expression, so that prose finds the quantity it means.

This is no proof of equality and never needs to be one: a formula that gets no quantity here keeps its
own tree, and the caller's `same` decides. Sums and products are sorted, signs and numbers collected,
`norm(c*v)` is `|c|*norm(v)`, symbols that abbreviate are expanded.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from grader.expressions import build
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import replace
from grader.expressions.symbols import SymbolTable

Key = tuple[Any, ...]
_Factors = dict[Key, Fraction]


def expanded(tree: Expr, table: SymbolTable) -> Expr:
    """The tree with every variable that abbreviates an expression written out."""
    meant = {
        s.expr: s.definition
        for s in table.symbols.values()
        if s.definition is not None and not s.parameters and s.kind != "function"
    }
    for _ in range(4):
        wider = replace(tree, meant)
        if wider is tree:
            break
        tree = wider
    return tree


def shape(tree: Expr) -> Key:
    """The key of a tree: equal keys are equal expressions (domains aside)."""
    coefficient, factors = _product(tree)
    if not factors:
        return ("number", coefficient)
    parts = tuple(sorted(((k, e) for k, e in factors.items() if e), key=repr))
    return ("mul", coefficient, parts)


def varying_factors(tree: Expr) -> frozenset[tuple[Key, Fraction]]:
    """The factors of a product without numbers, vectors and norms of vectors: what can make it 0."""
    _, factors = _product(tree)
    return frozenset((k, e) for k, e in factors.items() if k[0] != "norm" and k[-1] != "vector")


def _product(tree: Expr) -> tuple[Fraction, _Factors]:
    if tree.head == "number":
        return tree.value, {}
    if tree.head == "decimal":
        return tree.value[0], {}
    if tree.head == "mul":
        return _merged([_product(a) for a in tree.args])
    if tree.head == "pow" and tree.args[1].head == "number":
        return _power(_product(tree.args[0]), tree.args[1].value)
    if tree.head == "norm":
        return _norm(tree)
    if tree.head == "add":
        return _sum(tree)
    return Fraction(1), {_atom(tree): Fraction(1)}


def _merged(parts: list[tuple[Fraction, _Factors]]) -> tuple[Fraction, _Factors]:
    coefficient = Fraction(1)
    factors: _Factors = {}
    for number, more in parts:
        coefficient *= number
        for key, exponent in more.items():
            factors[key] = factors.get(key, Fraction(0)) + exponent
    return coefficient, {k: e for k, e in factors.items() if e}


def _power(inner: tuple[Fraction, _Factors], exponent: Fraction) -> tuple[Fraction, _Factors]:
    coefficient, factors = inner
    scaled = {k: e * exponent for k, e in factors.items()}
    if exponent.denominator == 1 and abs(exponent) < 50 and coefficient:
        return coefficient**exponent.numerator, scaled
    return Fraction(1), scaled if coefficient == 1 else {
        ("pow", coefficient, exponent): Fraction(1),
        **scaled,
    }


def _norm(tree: Expr) -> tuple[Fraction, _Factors]:
    coefficient, factors = _product(tree.args[0])
    vectors = {k: e for k, e in factors.items() if k[-1] == "vector"}
    scalars = {k: e for k, e in factors.items() if k[-1] != "vector"}
    key: Key = ("norm", tree.value, tuple(sorted(vectors.items(), key=repr)))
    return abs(coefficient), {**scalars, **({key: Fraction(1)} if vectors else {})}


def _sum(tree: Expr) -> tuple[Fraction, _Factors]:
    terms: dict[Key, Fraction] = {}
    for part in tree.args:
        coefficient, factors = _product(part)
        key: Key = tuple(sorted(factors.items(), key=repr))
        terms[key] = terms.get(key, Fraction(0)) + coefficient
    kept = sorted(((k, c) for k, c in terms.items() if c), key=repr)
    if not kept:
        return Fraction(0), {}
    lead = kept[0][1]
    return lead, {("add", tuple((k, c / lead) for k, c in kept), tree.kind): Fraction(1)}


def _atom(tree: Expr) -> Key:
    args = tuple(shape(a) for a in tree.args)
    if tree.head == "dot":
        args = tuple(sorted(args, key=repr))
    return (tree.head, tree.value, args, tree.kind)


ZERO_SHAPE = shape(build.ZERO)
