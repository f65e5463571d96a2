"""Candidates for extreme values compared by certified enclosures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flint import arb

from grader.equivalence.arrays import ShapeError
from grader.equivalence.ball import Unsupported, compile_tape
from grader.equivalence.field import Beyond
from grader.equivalence.normal import Normalizer
from grader.equivalence.points import Space
from grader.equivalence.precision import bits
from grader.equivalence.scalars import Unclear, Undefined, to_arb
from grader.equivalence.solving import coefficients_in, quadratic_roots
from grader.equivalence.values import normalizer_for
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import replace

if TYPE_CHECKING:
    from grader.equivalence.extrema import Extremum

_BITS = 128


def factor_branches(slope: Expr, variable: Expr, space: Space) -> tuple[Expr, ...] | None:
    """Roots of the factors of the slope that hold the variable alone; None if another factor holds it."""
    n = normalizer_for(space)
    try:
        return n.attempt(lambda: _roots(n, slope, variable))
    except Beyond:
        return None


def _roots(n: Normalizer, slope: Expr, variable: Expr) -> tuple[Expr, ...] | None:
    gap = n.scalar(slope)
    slot = n.scalar(variable).top.degrees().index(1)
    if gap.top == 0:
        return None
    found: list[Expr] = []
    for factor, _ in n.factors(gap.top)[1]:
        used = [i for i, d in enumerate(factor.degrees()) if d]
        if slot not in used:
            if any(_hides(n, i, variable) for i in used):
                return None
            continue
        if used != [slot]:
            return None
        roots = quadratic_roots(coefficients_in(factor, slot))
        if roots is None:
            return None
        found.extend(roots)
    return tuple(found)


def _hides(n: Normalizer, slot: int, variable: Expr) -> bool:
    """Whether a kernel is made of the variable (an exponential, a root): it may vanish where that does."""
    kernel = n.kernels[slot]
    return kernel.sort not in ("symbol", "norm", "dot", "apply", "pi") and kernel.low != 0


def compare_candidates(
    tree: Expr, variable: Expr, roots: tuple[Expr, ...], ends: tuple[tuple[Expr, bool], ...], space: Space
) -> tuple[Extremum, ...]:
    """The candidate with the largest and the one with the smallest value (at sample values of the rest)."""
    inside = [r for r in dict.fromkeys(roots) if _inside(r, ends)]
    candidates = [(r, True) for r in inside] + list(ends)
    values = [_value(replace(tree, {variable: place}), space) for place, _ in candidates]
    known = [(c, v) for c, v in zip(candidates, values, strict=True) if v is not None]
    if not known or len(known) < len(candidates):
        return ()
    found = []
    for way, names in ((1, ("max", "sup")), (-1, ("min", "inf"))):
        if len(ends) < 2 and not _is_turning(tree, variable, inside, way, space):
            continue
        best = max(known, key=lambda item: way * float(item[1]))
        (place, attained), value = best
        reached = [c for c, v in known if c[1] and v.overlaps(value)]
        if reached:
            place, attained = reached[0]
        found.append(_made(names[0 if attained else 1], place, replace(tree, {variable: place}), attained))
    return tuple(found)


def _made(kind: Any, place: Expr, value: Expr, attained: bool) -> Extremum:
    from grader.equivalence.extrema import Extremum

    return Extremum(kind, place, value, attained)


def _inside(place: Expr, ends: tuple[tuple[Expr, bool], ...]) -> bool:
    """Whether a critical point lies between the ends."""
    from grader.equivalence.ball import enclose

    here = enclose(place, {})
    if here is None:
        return False
    edges = [e.value for e, _ in ends]
    low = min(edges) if len(edges) == 2 else None
    high = max(edges) if len(edges) == 2 else None
    if low is None or high is None:
        return True
    return bool(here > arb(low.numerator) / low.denominator and here < arb(high.numerator) / high.denominator)


def _value(tree: Expr, space: Space) -> Any | None:
    try:
        tape = compile_tape(tree, space.complexes)
        for point in space.points(1):
            with bits(_BITS):
                return to_arb(tape.run(space.environment(point)))
    except (Undefined, Unclear, Unsupported, ShapeError):
        return None
    return None


def _is_turning(tree: Expr, variable: Expr, roots: list[Expr], way: int, space: Space) -> bool:
    """On an unbounded domain: one critical point, and the values far away lie on its other side."""
    if len(roots) != 1:
        return False
    middle = _value(replace(tree, {variable: roots[0]}), space)
    if middle is None:
        return False
    from fractions import Fraction

    from grader.expressions.build import number

    domain = space.domains.get(variable)
    for far in (Fraction(-1000), Fraction(1000), Fraction(1, 997)):
        if domain is not None and not domain.holds(far):
            continue
        there = _value(replace(tree, {variable: number(far)}), space)
        if there is None or not (there - middle) * way < 0:
            return False
    return True
