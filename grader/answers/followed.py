"""References computed anew from an earlier answer of the student's, for follow-through."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from grader.equivalence import Assumptions, constant_ratio, decide, enclose, extrema
from grader.expressions.build import ONE, ZERO, derivative, mul, neg
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, replace
from grader.records import Equality
from grader.spec.model import Follow
from grader.working import Knowledge
from grader.working.arguments.norms import lengths


def followed_value(
    follow: Follow, earlier: Mapping[str, Expr], known: Knowledge, *, attained: bool = True
) -> Expr | None:
    """What the reference would be if the student's earlier answer were right; None if it is not to be had.

    Without `attained` also a bound that is only approached, at an end of the variable's range.

    >>> # follow: {maximum_over: p, of: norm(answer(q2))}
    """
    answer = earlier.get(follow.question)
    if answer is None:
        return None
    if follow.variable is None:
        return _with_answer(follow.of, answer)
    body = known.coordinates(_filled(follow.of, answer))
    scale, factor = _scaled(body)
    best = _largest(factor, follow.variable, known.assumptions(), attained)
    if best is None:
        return None
    at, value = best
    return at if follow.kind == "maximiser" else mul(value, scale)


def makes_easier(follow: Follow, earlier: Mapping[str, Expr], known: Knowledge) -> bool:
    """Whether the spec withholds follow-through from the student's earlier answer (`unless`)."""
    answer = earlier.get(follow.question)
    if answer is None:
        return False
    body = known.coordinates(answer)
    if any(known.coordinates(v) not in free_symbols(body) for v in follow.unless.free_of):
        return True
    if any(_is_linear(body, known.coordinates(v), known) for v in follow.unless.linear_in):
        return True
    return any(constant_ratio(answer, e, known.assumptions()) is not None for e in follow.unless.equals)


def _is_linear(body: Expr, variable: Expr, known: Knowledge) -> bool:
    bent = derivative(body, variable, variable)
    return decide(bent, ZERO, known.assumptions()).verdict is Equality.EQUAL


def _with_answer(of: Expr, answer: Expr) -> Expr:
    return replace(of, {p: answer for p in walk(of) if p.head == "apply" and p.args[0].value == "answer"})


def _filled(of: Expr, answer: Expr) -> Expr:
    """The function with the answer in it; the norm of c*v is |c| times the norm of v."""
    filled = _with_answer(of, answer)
    return lengths(filled.args[0]) if filled.head == "norm" else filled


def _scaled(body: Expr) -> tuple[Expr, Expr]:
    """The norms that stand in a tree as a scale, and the tree with them set to 1."""
    norms = [p for p in walk(body) if p.head == "norm" and p.args[0].kind == "vector"]
    scale = norms[0] if len(norms) == 1 else ONE
    return scale, replace(body, {scale: ONE}) if scale is not ONE else body


@lru_cache(maxsize=1024)
def _largest(
    factor: Expr, variable: Expr, assumptions: Assumptions, attained: bool
) -> tuple[Expr, Expr] | None:
    """Where on its domain the variable makes |factor| largest, and how large; None if it is not attained."""
    found = [(_size(e.value), e) for e in extrema(factor, variable, assumptions)]
    sizes = [(size, e) for size, e in found if size is not None]
    if not sizes or len(sizes) != len(found):
        return None
    size, best = max(sizes, key=lambda pair: abs(pair[0]))
    if best.at is None or (attained and not best.attained):
        return None
    return best.at, best.value if size > 0 else neg(best.value)


def _size(value: Expr) -> float | None:
    """A constant as a float: enough to see which of a few is the largest."""
    ball = enclose(value, {})
    try:
        return None if ball is None else float(ball.mid())
    except (AttributeError, ValueError):
        return None
