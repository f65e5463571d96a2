"""Derivatives with respect to one member of a family: d/dw_j of sum over i of w_i x_i is x_j.

Every member w_i is moved by h [i = j], and the derivative by h is taken at h = 0. A sum over i of
[i = j] F(i) is F(j): j is taken to lie in the range of the sum.
"""

from __future__ import annotations

from grader.expressions.build import ONE, ZERO, add, chain, constant, mul, symbol
from grader.expressions.calculus_rules import differentiate, slope_of
from grader.expressions.nodes import Expr, node, walk
from grader.expressions.rewrite import free_symbols, rebuild, replace, transform

_STEP = symbol("\u210e", "scalar")


def member_slope(tree: Expr, member: Expr) -> Expr | None:
    """The derivative by index(family, place); None where no rule is known.

    >>> from grader.expressions.build import number
    >>> w, i, j, n = symbol("w"), symbol("i"), symbol("j"), symbol("n")
    >>> total = node("sum", (node("index", (w, i)), i, number(1), n))
    >>> member_slope(total, node("index", (w, j))) is ONE
    True
    """
    family, place = member.args
    bound = {p.args[1] for p in walk(tree) if p.head == "sum"}
    moved: dict[Expr, Expr] = {}
    for part in walk(tree):
        if part.head != "index" or part.args[0] is not family:
            continue
        if part.args[1] not in bound and free_symbols(part.args[1]) & bound:
            return None
        moved[part] = add(part, mul(_STEP, _same(part.args[1], place, bound)))
    step = differentiate(replace(tree, moved), _STEP)
    if step is None:
        return None
    return transform(replace(step, {b: a for a, b in moved.items()}), lambda part: _collapsed(part, place))


def _mark(bound: Expr) -> Expr:
    """Stands for [i = j] under a sum over i."""
    return symbol(f"[{bound.value}]", "scalar")


def _same(inner: Expr, place: Expr, bound: set[Expr]) -> Expr:
    if inner in bound:
        return _mark(inner)
    met = chain((inner, place), ("=",))
    return ONE if inner is place else node("cases", (ONE, met, ZERO, constant("true")))


def _collapsed(part: Expr, place: Expr) -> Expr:
    if part.head != "sum" or _mark(part.args[1]) not in free_symbols(part.args[0]):
        return part
    body, bound, *ends = part.args
    mark = _mark(bound)
    picked = replace(slope_of(body, mark), {bound: place})
    terms = body.args if body.head == "add" else (body,)
    if all(t is mark or (t.head == "mul" and mark in t.args) for t in terms):
        return picked
    return add(picked, rebuild(part, (replace(body, {mark: ZERO}), bound, *ends)))
