"""Matching a tree against a form with wildcards, up to the order of terms and factors.

Only as much of associative-commutative matching as forms need: in a sum or product of the form at most
one wildcard takes what is left over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import prod

from grader.expressions.build import MINUS_ONE, ONE, ZERO, add, mul, neg, number, power
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import transform

Allowed = Callable[[str, Expr], bool]
Same = Callable[[Expr, Expr], bool]


def fits(form: Expr, tree: Expr, wildcards: frozenset[str], allowed: Allowed, same: Same) -> bool:
    """Whether the tree has the form, each wildcard standing for something that it may stand for."""
    matcher = _Matcher(wildcards, allowed, same)
    return matcher.fits(_tidy(form), _tidy(tree))


def _tidy(tree: Expr) -> Expr:
    """|a|^2 as a^2, and a*a as a^2, so that a square looks like one."""

    def change(part: Expr) -> Expr:
        if part.head == "pow" and part.args[1] == number(2) and _is_abs(part.args[0]):
            return power(part.args[0].args[0], part.args[1])
        if part.head == "mul":
            return _squares(_one_number(part))
        return part

    return transform(tree, change)


def _one_number(product: Expr) -> Expr:
    """`x^4/4` and `1/4 x^4` alike: the numbers of a product as one."""
    values = [_value(a) for a in product.args]
    known = [v for v in values if v is not None]
    if len(known) < 1 or (len(known) == 1 and product.args[0].head == "number"):
        return product
    rest = [a for a, v in zip(product.args, values, strict=True) if v is None]
    total = prod(known, start=Fraction(1))
    return mul(*rest) if total == 1 and rest else mul(number(total), *rest)


def _value(tree: Expr) -> Fraction | None:
    """A number, or one over a number."""
    if tree.head == "number":
        return Fraction(tree.value)
    if tree.head == "decimal":
        return Fraction(tree.value[0])
    inner = tree.args[0] if tree.head == "pow" and tree.args[1] is MINUS_ONE else None
    return 1 / Fraction(inner.value) if inner is not None and inner.head == "number" and inner.value else None


def _is_abs(tree: Expr) -> bool:
    bars = (tree.head == "call" and tree.value == "abs") or tree.head == "norm"
    return bars and tree.args[0].kind == "scalar"


def _squares(product: Expr) -> Expr:
    rest = list(product.args)
    out: list[Expr] = []
    while rest:
        factor = rest.pop(0)
        twin = next((r for r in rest if r is factor and r.head == "add"), None)
        if twin is not None:
            rest.remove(twin)
            factor = power(factor, number(2))
        out.append(factor)
    return mul(*out)


class _Matcher:
    """One match: what the wildcards are, and what they may be."""

    def __init__(self, wildcards: frozenset[str], allowed: Allowed, same: Same) -> None:
        self.wildcards, self.allowed, self.same = wildcards, allowed, same

    def fits(self, form: Expr, tree: Expr) -> bool:
        """Whether a tree has a form."""
        if self._is_wildcard(form):
            return self.allowed(form.value, tree)
        if form.head == "mul":
            return self._spread(form.args, tree.args if tree.head == "mul" else (tree,), mul, ONE)
        if form.head == "add" and tree.head == "add":
            return self._spread(form.args, tree.args, add, ZERO)
        if form.head == "pow" and tree.head == "pow":
            return self._power(form, tree)
        return form is tree or (form.head == "symbol" and tree.head == "symbol" and self.same(form, tree))

    def _is_wildcard(self, form: Expr) -> bool:
        return form.head == "symbol" and form.value in self.wildcards

    def _power(self, form: Expr, tree: Expr) -> bool:
        if form.args[1] is not tree.args[1]:
            return False
        even = form.args[1].head == "number" and form.args[1].value % 2 == 0
        bases = [tree.args[0]] + ([_negated(tree.args[0])] if even else [])
        return any(self.fits(form.args[0], base) for base in bases)

    def _spread(
        self, forms: Sequence[Expr], parts: Sequence[Expr], join: Callable[..., Expr], empty: Expr
    ) -> bool:
        """Give every fixed part of the form a part of the tree; the wildcard takes the rest."""
        takers = [f for f in forms if self._is_wildcard(_positive(f))]
        fixed = [f for f in forms if f not in takers]
        rest = list(parts)
        for want in fixed:
            found = next((p for p in rest if self.fits(want, p)), None)
            if found is None:
                return False
            rest.remove(found)
        if not takers:
            return not rest
        left = join(*rest) if rest else empty
        if takers[0].head == "mul":
            left = _negated(left)
            if _positive(left) is not left:  # a sum, where the form asks for a difference: y + F
                return False
        return self.allowed(_positive(takers[0]).value, left)


def _positive(form: Expr) -> Expr:
    """F for -F."""
    if form.head == "mul" and len(form.args) == 2 and form.args[0] is MINUS_ONE:
        return form.args[1]
    return form


def _negated(tree: Expr) -> Expr:
    """-tree, term by term, without a double minus."""
    if tree.head == "add":
        return add(*(_negated(term) for term in tree.args))
    return _positive(tree) if tree.head == "mul" and tree.args[0] is MINUS_ONE else neg(tree)
