"""Equations of vectors that are linear in one of them: the normal equations, and their solution."""

from __future__ import annotations

from fractions import Fraction

from grader.equivalence.assumptions import Assumptions
from grader.equivalence.features import features
from grader.equivalence.grams import layouts, oblong, open_grams, turned_too
from grader.equivalence.linear_solutions import differing_solutions, solution
from grader.equivalence.prepare import Prepared
from grader.equivalence.sentences import undecided
from grader.equivalence.shapes import Misfit, Shapes, apart
from grader.equivalence.sized import SizedSpace
from grader.equivalence.values import decide_values
from grader.expressions.build import mul, number, sub
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import replace
from grader.records import Equality, Verdict

_FACTORS = tuple(number(Fraction(c)) for c in ("1", "-1", "2", "-2", "1/2", "-1/2"))


def compare_linear(left: Expr, right: Expr, assumptions: Assumptions) -> Verdict | None:
    """Two equations of abstract vectors: one is the other times a number, or says what solves the other.

    None where they are neither. The trees are prepared.
    """
    if not all(_is_of_vectors(t) for t in (left, right)):
        return None
    for solved, other in ((left, right), (right, left)):
        found = _put_in(solved, other, assumptions)
        if found is not None:
            return found
    ours, theirs = (sub(*t.args) for t in (left, right))
    for factor in _FACTORS:
        found = decide_values(ours, theirs if factor is _FACTORS[0] else mul(factor, theirs), assumptions)
        if found.verdict is Equality.EQUAL:
            return found
    return differing_solutions(ours, theirs, assumptions)


def _is_of_vectors(tree: Expr) -> bool:
    if tree.head != "chain" or tree.value != ("=",) or "matrix" not in features(tree).kinds:
        return False
    return any(a.kind == "vector" for a in tree.args)


def _put_in(solved: Expr, other: Expr, assumptions: Assumptions) -> Verdict | None:
    """The verdict where one says what a vector is, by what the other says of that vector."""
    unknown, value = solved.args if solved.args[0].head == "symbol" else solved.args[::-1]
    if unknown.head != "symbol" or unknown.kind != "vector" or unknown in features(value).free:
        return None
    if unknown not in features(other).free:
        return None
    here, there = (replace(a, {unknown: value}) for a in other.args)
    found = decide_values(here, there, assumptions)
    if found.verdict is Equality.UNKNOWN:
        return found if found.evidence is not None else None
    if found.verdict is Equality.DIFFERENT:
        return found
    try:
        if not _has_one_solution(other, solved, unknown, assumptions):
            return None
        names = _squared(sub(*other.args), sub(*solved.args))
    except Misfit:
        return None
    if names:
        return undecided(f"They are equal if {names[0]} is square, which nothing here says.")
    return found


def _squared(equation: Expr, other: Expr) -> list[str]:
    """The letters X of normal equations, with X^T and X, that only the other equation takes to be square."""
    alone, both = (apart(t) for t in ((equation,), (equation, other)))
    shapes, together = Shapes(alone), Shapes(both, alike=False)
    seen = turned_too(equation)
    letters = {s for s, turned in seen if (s, not turned) in seen}
    return sorted(str(s.value) for s in letters if _is_open(s, shapes) and not _is_open(s, together))


def _is_open(letter: Expr, shapes: Shapes) -> bool:
    shape = shapes.of(letter)
    return shape is not None and shapes.find(shape[0]) != shapes.find(shape[1])


def _has_one_solution(equation: Expr, solved: Expr, unknown: Expr, assumptions: Assumptions) -> bool:
    """Whether an equation is linear in a vector, with a matrix before it that has an inverse.

    Raises `Misfit` if shapes are not known.
    """
    gap, other = apart((sub(*equation.args), sub(*solved.args)))
    shapes = Shapes((gap, other), alike=False)
    grams = open_grams((gap, other), shapes)
    for sizes in layouts(shapes, grams) if grams else oblong(shapes):
        space = SizedSpace(Prepared((gap, other)), assumptions, shapes, sizes)
        if any(solution(gap, unknown, space, point) is None for point in space.points(1)):
            return False
    return True
