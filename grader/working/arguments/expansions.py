"""`cos 2x = 1 - 2x^2 + O(x^4)`: what is written agrees with the left side in every lower power."""

from __future__ import annotations

from collections.abc import Sequence

from grader.equivalence.polynomial import coefficients_of
from grader.expressions.build import ZERO, add, apply, chain, div, neg, number, power, sub, symbol
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, rebuild, replace
from grader.records import Equality, Evidence, EvidenceKind, StepVerdict, Verdict
from grader.working.arguments.conditions import undefined
from grader.working.arguments.taylor import compared, degree_of
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Trial
from grader.working.orders import REST, orders_in

_GROWING = frozenset("nNmMkK")
_OPEN = Judgement(StepVerdict.UNKNOWN)


def expansion(trial: Trial) -> Judgement | None:
    """Holds or fails for an equation with `O(x^4)` in it, by the Taylor coefficients of both sides."""
    relation, known = trial.link.relation, trial.known
    if REST in walk(relation):
        return _with_dots(trial)
    orders = orders_in(relation)
    if not orders:
        return None
    if any(part.head == "limit" for part in walk(relation)):
        plain = [replace(side, dict.fromkeys(orders, ZERO)) for side in relation.args]
        verdict = trial.compare(plain[0], plain[1])
        return Judgement(StepVerdict.HOLDS, verdict.evidence) if verdict.verdict is Equality.EQUAL else _OPEN
    if undefined(known.coordinates(relation), trial) - {order.args[0] for order in orders}:
        return Judgement(StepVerdict.GIVEN)
    place = _place(orders, known)
    if trial.link.operator != "=" or place is None:
        return _OPEN
    return _judged(compared(relation, *place, known))


def _with_dots(trial: Trial) -> Judgement:
    """The same for `1 + x + x^2/2 + ...`: what is written counts up to its highest power."""
    known, sides = trial.known, trial.link.relation.args
    if undefined(known.coordinates(trial.link.relation), trial):
        return Judgement(StepVerdict.GIVEN)
    written = [known.coordinates(replace(side, {REST: ZERO})) for side in sides]
    names = [free_symbols(side) for side in written]
    if trial.link.operator not in ("=", "approx") or names[0] != names[1]:
        return _OPEN
    if any(_descends(side, names[0]) for side in sides):
        return _OPEN
    for variable in sorted(names[0], key=lambda s: (s.value != "x", str(s.value))):
        centre = _centre(sides, variable)
        ordered = [_ordered(known.coordinates(side), variable, centre) for side in sides]
        if all(side is not None for side in ordered):
            relation = chain(tuple(side for side in ordered if side is not None), ("=",))
            return _judged(compared(relation, variable, centre, known))
    return _OPEN


def _descends(side: Expr, names: frozenset[Expr]) -> bool:
    """`x^4 + 8x^3 + ...`: what is left out are lower powers."""
    terms = [t for t in side.args if REST not in walk(t)] if side.head == "add" else []
    for variable in names if len(terms) > 1 else ():
        first, last = (coefficients_of(t, variable) for t in (terms[0], terms[-1]))
        if first is not None and last is not None and len(first) > len(last):
            return True
    return False


def _ordered(tree: Expr, variable: Expr, centre: Expr) -> Expr | None:
    """The tree with `O(x^3)` for the dots behind `1 + x + x^2`; None where no polynomial stands there."""
    if tree is REST:
        return None
    if tree.head == "add" and any(_is_rest(term) for term in tree.args):
        written = add(*(term for term in tree.args if not _is_rest(term)))
        degree = degree_of(written, variable)
        left_out = power(sub(variable, centre), number((degree or 0) + 1))
        return None if degree is None else add(written, apply(symbol("O", "function"), left_out))
    args = [_ordered(part, variable, centre) for part in tree.args]
    return None if None in args else rebuild(tree, tuple(part for part in args if part is not None))


def _is_rest(term: Expr) -> bool:
    return term is REST or (term.head == "mul" and REST in term.args)


def _centre(sides: Sequence[Expr], variable: Expr) -> Expr:
    """Where it is expanded: 1 where powers of x - 1 stand before the dots."""
    dotted = [p for side in sides for p in walk(side) if p.head == "add" and any(map(_is_rest, p.args))]
    terms = (part for p in dotted for term in p.args for part in (term, *term.args))
    for power_of in (part for part in terms if part.head == "pow" and part.args[0].head == "add"):
        if free_symbols(power_of.args[0]) == {variable}:
            return neg(replace(power_of.args[0], {variable: ZERO}))
    return ZERO


def _place(orders: Sequence[Expr], known: Knowledge) -> tuple[Expr, Expr] | None:
    """The variable of `O((x - 1)^3)` and where it is expanded; None at infinity, or for several."""
    names = {s for order in orders for s in free_symbols(known.coordinates(order.args[1]))}
    if len(names) != 1 or next(iter(names)).value in _GROWING:
        return None
    (variable,) = names
    base = known.coordinates(orders[0].args[1])
    while base.head in ("pow", "mul"):
        base = next((part for part in base.args if variable in free_symbols(part)), base)
        if base is variable:
            return variable, ZERO
    slope = differentiate(base, variable)
    if slope is None or slope is ZERO or free_symbols(slope):
        return None
    return variable, neg(div(replace(base, {variable: ZERO}), slope))


def _judged(verdict: Verdict) -> Judgement:
    if verdict.verdict is Equality.UNKNOWN:
        return _OPEN
    if verdict.verdict is Equality.EQUAL:
        said = Evidence(EvidenceKind.CALCULUS, "Both sides have the same terms up to what is left out.")
        return Judgement(StepVerdict.HOLDS, said)
    return Judgement(StepVerdict.FAILS, verdict.evidence)
