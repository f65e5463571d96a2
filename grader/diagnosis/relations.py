"""A line that does not follow from a relation before it: a slip in that one, or one to be undone here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from grader.diagnosis.isolating import rewritten
from grader.diagnosis.mutants import Named, Slipped, mends_at, slips_at, spots
from grader.diagnosis.search import Explanation
from grader.equivalence import Assumptions
from grader.expressions.build import ZERO, add, chain, neg
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import rebuild
from grader.expressions.symbols import SymbolTable

Holds = Callable[[Expr], bool]

MAX_TRIED = 5
_OUTERMOST = ("sign-error", "inverted-fraction", "constant-factor", "wrong-base")


@dataclass(frozen=True, slots=True)
class Consequence:
    """A wrong relation, the ones before it (the latest first), and what decides about relations.

    `follows` says whether a relation follows from what stands before, `same` whether two relations have
    the same solutions.
    """

    wrong: Expr
    premises: Sequence[Expr]
    assumptions: Assumptions
    follows: Holds
    same: Callable[[Expr, Expr], bool]


def explain(case: Consequence) -> Explanation | None:
    """The one slip that leads from a premise to the wrong relation; None if none does."""
    if case.wrong.head != "chain" or len(case.wrong.args) != 2:
        return None
    found = upside_down(case) or (_slipped(case) if case.wrong.value == ("=",) else None)
    return found or _mended(case)


def upside_down(case: Consequence) -> Explanation | None:
    """`z = ln((1 - y)/y)`: the fraction is upside down as it is written, and no sign stands there."""
    if case.wrong.head != "chain" or case.wrong.value != ("=",) or len(case.wrong.args) != 2:
        return None
    for side in (1, 0):
        for rule, new in mends_at(case.wrong.args[side]):
            args = (case.wrong.args[0], new) if side else (new, case.wrong.args[1])
            written = rule.name == "inside-logarithm" and new.args[0].head != "symbol"
            if written and case.follows(rebuild(case.wrong, args)):
                return Explanation(rule.id, rule.name)
    return None


def _slipped(case: Consequence) -> Explanation | None:
    """A slip in one of the two latest premises, or one that turns the wrong equation into a premise again."""
    from grader.diagnosis.hits import quiet  # loads NumPy

    equations = [p for p in case.premises[:2] if p.head == "chain" and p.value == ("=",)]
    later = (form for p in equations for form in rewritten(p, case.wrong))
    with quiet():
        tried = (_slip_between(case, p) for p in (*equations, *later))
        return next((found for found in tried if found is not None), None)


def _slip_between(case: Consequence, premise: Expr) -> Explanation | None:
    from grader.diagnosis.hits import hits
    from grader.diagnosis.samples import proportional, sampler_for

    sampler = sampler_for(case.assumptions)
    before, after = difference(premise), difference(case.wrong)
    known, target = sampler.value(before), sampler.value(after)
    if target is None or known is None or target.rank or known.rank:  # of vectors nothing is told apart here
        return None
    for rule, slip in slips_at(premise, case.assumptions.table):
        value = sampler.value(difference(slip))
        if value is not None and proportional(value, target) and case.same(slip, case.wrong):
            return Explanation(rule.id, rule.name)
    for source, aim, other, slips in (
        (before, target, case.wrong, partial(_inner_slips, before)),
        (after, known, premise, mends_at),
    ):
        for hit in hits(sampler, source, aim, slips, proportional):
            if case.same(chain((hit.tree, ZERO), ("=",)), other):
                return Explanation(hit.rule.id, hit.rule.name)
    return None


def _inner_slips(whole: Expr, part: Expr) -> tuple[Slipped, ...]:
    """Slips in the difference of the sides; as a whole it stands nowhere."""
    if part is whole:
        return tuple(s for s in mends_at(part) if s[0].name == "term-flipped")
    return slips_at(part, SymbolTable())


def difference(relation: Expr) -> Expr:
    """Left side minus right side."""
    left, right = relation.args[0], relation.args[-1]
    return left if right is ZERO else add(left, neg(right))


def _mended(case: Consequence) -> Explanation | None:
    """A slip that, undone in one of the sides, makes the relation follow; the outermost few are tried."""
    for rule, relation in islice(_mends(case.wrong), MAX_TRIED):
        if case.follows(relation):
            return Explanation(rule.id, rule.name)
    return None


def _mends(wrong: Expr) -> Iterator[tuple[Named, Expr]]:
    yield from mends_at(wrong)
    for side in (1, 0):
        for spot in spots(wrong.args[side])[:1]:
            for rule, new in mends_at(spot.node):
                if rule.id in _OUTERMOST:
                    args = (wrong.args[0], new) if side else (new, wrong.args[1])
                    yield rule, rebuild(wrong, args)
