"""Side by side binds more tightly than a dot: `A x . y` is the product of the vectors A x and y."""

from __future__ import annotations

from grader.expressions import build
from grader.expressions.nodes import Expr


def bound_tightly(factors: list[Expr], starts: list[int]) -> list[Expr]:
    """The factors, with a matrix before a vector as one vector; `starts` are the places behind a dot."""
    kinds = {f.kind for f in factors}
    if not {"matrix", "vector"} <= kinds:
        return factors
    ends = [*starts[1:], len(factors)]
    groups = [factors[a:b] for a, b in zip(starts, ends, strict=True)]
    return [factor for group in groups for factor in (_applied(group) if len(groups) > 1 else group)]


def _applied(group: list[Expr]) -> list[Expr]:
    """Matrices before the only vector of a group, applied to it."""
    vectors = [f for f in group if f.kind == "vector" or _is_row(f)]
    if len(group) < 2 or vectors != [group[-1]] or _is_row(group[-1]) or group[-2].kind != "matrix":
        return group
    return [build.mul(*group)]


def _is_row(factor: Expr) -> bool:
    return factor.head == "transpose" and factor.args[0].kind == "vector"
