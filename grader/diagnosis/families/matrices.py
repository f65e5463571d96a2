"""Matrices: transposed, commuted, multiplied entry by entry; determinants and inverses."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

from grader.diagnosis.families.parts import exact, exchanged, inverted, is_constant, negated
from grader.diagnosis.malrule import MalRule
from grader.expressions.build import MINUS_ONE, ZERO, add, call, matrix, mul, power, sub, transpose
from grader.expressions.nodes import Expr

_ARRAYS = ("symbol", "matrix")


def _transposed(part: Expr) -> Iterator[Expr]:
    """A^T for A, A for A^T."""
    if part.head == "transpose":
        if part.args[0].kind == "matrix":
            yield part.args[0]
    elif part.kind == "matrix":
        yield _turned(part)


def _turned(part: Expr) -> Expr:
    if part.head != "matrix":
        return transpose(part)
    rows, columns = part.value
    return matrix(columns, rows, *(part.args[i * columns + j] for j in range(columns) for i in range(rows)))


def _commuted(part: Expr) -> Iterator[Expr]:
    """BA for AB."""
    places = [i for i, f in enumerate(part.args) if f.kind == "matrix"]
    for i, j in itertools.pairwise(places):
        if part.args[i] is not part.args[j]:
            swapped = list(part.args)
            swapped[i], swapped[j] = swapped[j], swapped[i]
            yield mul(*swapped)


def _order_kept(part: Expr) -> Iterator[Expr]:
    """A^T B^T for (AB)^T, A^-1 B^-1 for (AB)^-1."""
    inner = part.args[0]
    if inner.head != "mul" or inner.kind != "matrix":
        return
    if part.head == "transpose":
        yield mul(*(transpose(f) if f.kind == "matrix" else f for f in inner.args))
    elif part.args[1] is MINUS_ONE:
        yield mul(*(power(f, MINUS_ONE) for f in inner.args))


def _entries_multiplied(part: Expr) -> Iterator[Expr]:
    """The product taken entry by entry; a power taken of every entry."""
    if part.head == "pow":
        base, exponent = part.args
        if base.head == "matrix" and base.kind == "matrix" and (exact(exponent) or -1) > 0:
            yield matrix(*base.value, *(power(e, exponent) for e in base.args))
        return
    grids = [f for f in part.args if f.head == "matrix"]
    if len(grids) == 2 and grids[0].value == grids[1].value:
        rest = [f for f in part.args if f not in grids]
        products = (mul(a, b) for a, b in zip(grids[0].args, grids[1].args, strict=True))
        yield mul(*rest, matrix(*grids[0].value, *products))


def _rows_by_rows(part: Expr) -> Iterator[Expr]:
    """A B^T for AB: rows multiplied by rows."""
    for i, factor in enumerate(part.args):
        if factor.kind == "matrix" and factor.head == "matrix" and i and part.args[i - 1].kind == "matrix":
            yield mul(*exchanged(part.args, i, _turned(factor)))


def _scaled_determinant(part: Expr) -> Iterator[Expr]:
    """c det(A) for det(cA)."""
    inner = part.args[0]
    if part.value == "det" and inner.head == "mul":
        scalars = [f for f in inner.args if f.kind != "matrix"]
        if scalars:
            yield mul(*scalars, call("det", mul(*(f for f in inner.args if f.kind == "matrix"))))


def _determinant_of_sum(part: Expr) -> Iterator[Expr]:
    """det A + det B for det(A + B)."""
    inner = part.args[0]
    if part.value == "det" and inner.head == "add":
        yield add(*(call("det", t) for t in inner.args))


def _inverse_of_sum(part: Expr) -> Iterator[Expr]:
    """A^-1 + B^-1 for (A + B)^-1."""
    inner, exponent = part.args
    if inner.head == "add" and inner.kind == "matrix" and exponent is MINUS_ONE:
        yield add(*(power(t, MINUS_ONE) for t in inner.args))


def _trace_of_product(part: Expr) -> Iterator[Expr]:
    """tr A tr B for tr(AB), det for tr."""
    inner = part.args[0]
    if part.value == "tr" and inner.head == "mul":
        yield mul(*(call("tr", f) if f.kind == "matrix" else f for f in inner.args))


def _diagonals_added(part: Expr) -> Iterator[Expr]:
    """ad + bc for ad - bc."""
    if part.value == "det" and part.args[0].head == "matrix" and part.args[0].value == (2, 2):
        a, b, c, d = part.args[0].args
        yield add(mul(a, d), mul(b, c))


def _cofactor_signs(part: Expr) -> Iterator[Expr]:
    """The expansion of a 3 by 3 determinant without its alternating signs."""
    if part.value == "det" and part.args[0].head == "matrix" and part.args[0].value == (3, 3):
        a, b, c, d, e, f, g, h, i = part.args[0].args
        minors = (
            sub(mul(e, i), mul(f, h)),
            sub(mul(d, i), mul(f, g)),
            sub(mul(d, h), mul(e, g)),
        )
        yield add(*(mul(x, m) for x, m in zip((a, b, c), minors, strict=True)))


def _inverse_by_half(part: Expr) -> Iterator[Expr]:
    """The 2 by 2 inverse without the determinant, with the signs or the places left alone; entry by entry."""
    grid, exponent = part.args
    if grid.head != "matrix" or grid.value != (2, 2) or exponent is not MINUS_ONE:
        return
    a, b, c, d = grid.args
    over = power(sub(mul(a, d), mul(b, c)), MINUS_ONE)
    yield matrix(2, 2, d, negated(b), negated(c), a)
    yield mul(over, matrix(2, 2, d, b, c, a))
    yield mul(over, matrix(2, 2, a, negated(b), negated(c), d))
    yield mul(over, matrix(2, 2, d, negated(c), negated(b), a))
    yield mul(power(over, MINUS_ONE), matrix(2, 2, d, negated(b), negated(c), a))


def _inverse_of_entries(part: Expr) -> Iterator[Expr]:
    """1/a for every entry of an inverse."""
    grid, exponent = part.args
    if grid.head == "matrix" and exponent is MINUS_ONE and all(exact(e) != 0 for e in grid.args):
        yield matrix(*grid.value, *(inverted(e) for e in grid.args))


def _one_for_identity(part: Expr) -> Iterator[Expr]:
    """A + c added to every entry for A + cI."""
    grids = [t for t in part.args if t.head == "matrix" and t.value[0] == t.value[1] > 1]
    for grid in grids:
        n = grid.value[0]
        diagonal = [grid.args[k * n + k] for k in range(n)]
        off = [e for k, e in enumerate(grid.args) if k % (n + 1)]
        if all(e is ZERO for e in off) and all(d is diagonal[0] and is_constant(d) for d in diagonal):
            full = matrix(n, n, *([diagonal[0]] * (n * n)))
            yield add(*(full if t is grid else t for t in part.args))


def _divided_by_matrix(part: Expr) -> Iterator[Expr]:
    """B A^-1 for A^-1 B: the inverse on the other side."""
    for i, factor in enumerate(part.args):
        if factor.head == "pow" and factor.kind == "matrix" and exact(factor.args[1]) == Fraction(-1):
            yield mul(*exchanged(part.args, i), factor)
            yield mul(factor, *exchanged(part.args, i))


RULES = (
    MalRule("transposed", "transposed", ("transpose", *_ARRAYS), _transposed, _transposed),
    MalRule("transposed", "rows-by-rows", ("mul",), _rows_by_rows),
    MalRule("commuted", "commuted", ("mul",), _commuted, _commuted),
    MalRule("commuted", "order-kept", ("transpose", "pow"), _order_kept),
    MalRule("commuted", "inverse-on-the-other-side", ("mul",), _divided_by_matrix, _divided_by_matrix),
    MalRule("entrywise-product", "entries-multiplied", ("mul", "pow"), _entries_multiplied),
    MalRule("determinant-rule", "scaled-determinant", ("call",), _scaled_determinant),
    MalRule("determinant-rule", "determinant-of-sum", ("call",), _determinant_of_sum),
    MalRule("determinant-rule", "trace-of-product", ("call",), _trace_of_product),
    MalRule("sign-error", "diagonals-added", ("call",), _diagonals_added),
    MalRule("sign-error", "cofactor-signs", ("call",), _cofactor_signs),
    MalRule("matrix-inverse", "inverse-half-done", ("pow",), _inverse_by_half),
    MalRule("matrix-inverse", "inverse-of-entries", ("pow",), _inverse_of_entries),
    MalRule("matrix-inverse", "inverse-of-sum", ("pow",), _inverse_of_sum),
    MalRule("identity-matrix", "one-for-identity", ("add",), _one_for_identity),
)
