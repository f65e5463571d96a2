"""Equal up to a constant factor."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from grader.equivalence.arrays import Array, ShapeError
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.ball import Unsupported, compile_tape
from grader.equivalence.field import Beyond, Frac, rational
from grader.equivalence.normal_values import Combination, Entries, Value
from grader.equivalence.points import Space
from grader.equivalence.precision import bits
from grader.equivalence.scalars import Unclear, Undefined
from grader.equivalence.settle import settle
from grader.equivalence.values import decide_values, normalizer_for
from grader.expressions.build import div, mul, number
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import replace
from grader.records import Equality

_CONSTANT_SORTS = ("pi", "ln", "exp", "root", "oddroot", "i")


def constant_ratio(left: Expr, right: Expr, assumptions: Assumptions) -> Fraction | Expr | None:
    """The nonzero constant c with left = c right, free of every symbol; None if there is none.

    >>> from grader.expressions.build import symbol
    >>> x = symbol("x")
    >>> constant_ratio(mul(number(6), x), mul(number(2), x), Assumptions())
    Fraction(3, 1)
    """
    if left.kind == "truth" or right.kind == "truth":
        return None
    prepared, settled = settle((left, right), assumptions)
    space = Space(prepared, settled)
    a, b = prepared.trees
    normalizer = normalizer_for(space)
    try:
        ratio = normalizer.attempt(lambda: _ratio(normalizer.value(a), normalizer.value(b), normalizer.div))
        if ratio is None or ratio.top == 0:
            return None
        exact = rational(ratio)
        if exact is not None:
            return exact if _agree(left, number(exact), right, assumptions) else None
        if not _is_constant(normalizer, ratio):
            return None
    except Beyond:
        exact = _ratio_at_a_point(a, b, space)
        if exact is not None:
            return exact if _agree(left, number(exact), right, assumptions) else None
        return None
    c = _constant_tree(a, b, space)
    return c if c is not None and _agree(left, c, right, assumptions) else None


def _agree(left: Expr, c: Expr, right: Expr, assumptions: Assumptions) -> bool:
    return decide_values(left, mul(c, right), assumptions).verdict is Equality.EQUAL


def _ratio(a: Value, b: Value, div: object) -> Frac | None:
    assert callable(div)
    if isinstance(a, Frac) and isinstance(b, Frac):
        return div(a, b) if b.top != 0 else None
    if isinstance(a, Combination) and isinstance(b, Combination):
        if not b.terms or not a.terms or a.terms[0][0] != b.terms[0][0]:
            return None
        return div(a.terms[0][1], b.terms[0][1])  # type: ignore[no-any-return]
    if isinstance(a, Entries) and isinstance(b, Entries):
        pairs = [(x, y) for x, y in zip(a.entries, b.entries, strict=False) if y.top != 0]
        return div(*pairs[0]) if pairs else None
    return None


def _is_constant(normalizer: object, ratio: Frac) -> bool:
    kernels = normalizer.kernels  # type: ignore[attr-defined]
    for poly in ratio:
        for slot, degree in enumerate(poly.degrees()):
            if degree and kernels[slot].sort not in _CONSTANT_SORTS:
                return False
    return True


def _constant_tree(a: Expr, b: Expr, space: Space) -> Expr | None:
    """The quotient at one point, as a tree."""
    if space.vectors or space.matrices or space.unknowns:
        return None
    for point in space.points(1):
        table = {s: number(v) for s, v in point.scalars.items()}
        return div(replace(a, table), replace(b, table))
    return None


def _ratio_at_a_point(a: Expr, b: Expr, space: Space) -> Fraction | None:
    try:
        left, right = compile_tape(a, space.complexes), compile_tape(b, space.complexes)
        for point in space.points(6):
            try:
                with bits(256):
                    env = space.environment(point)
                    found = _simple(left.run(env), right.run(env))
            except (Undefined, Unclear):
                continue
            return found
    except (Unsupported, ShapeError):
        return None
    return None


def _simple(a: object, b: object) -> Fraction | None:
    """A rational with a small denominator that a quotient of two enclosures holds."""
    if type(a) is Array or type(b) is Array:
        if type(a) is not Array or type(b) is not Array:
            return None
        a, b = a.entries[0], b.entries[0]
    quotient = a / b  # type: ignore[operator]
    if type(quotient) is fmpq:
        return Fraction(int(quotient.numerator), int(quotient.denominator))
    for q in range(1, 200):
        top = (quotient * q).unique_fmpz() if hasattr(quotient, "unique_fmpz") else None
        if top is not None:
            return Fraction(int(top), q)
    return None
