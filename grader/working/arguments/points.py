"""After a stated value (p = 1/3) lines are read there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from grader.equivalence import decide
from grader.expressions.build import chain, number
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import replace
from grader.records import Equality, Remark
from grader.working.arguments.norms import MISSING_NORM, as_norms
from grader.working.entailment import unknowns
from grader.working.knowledge import Fact, Knowledge
from grader.working.links import Judgement, Trial, holds

_AFTER = re.compile(r"\b(after|at|in|when|for|by)\b[^.;:\d]*(?P<number>\d+(\.\d+)?)(?!\w)[^.;=]*$")


def at_stated_point(trial: Trial) -> Judgement | None:
    """Holds when the sides are equal at a value that the student has stated."""
    link, known = trial.link, trial.known
    if link.operator != "=":
        return None
    for point in (*reversed(known.points), *_spoken(trial)):
        there = at(link.left, point.relation, known), at(link.right, point.relation, known)
        for pair, remarks in _readings(there):
            verdict = decide(*pair, known.assumptions())
            if verdict.verdict is Equality.EQUAL:
                return holds(verdict.evidence, point.line, remarks=remarks)
    return _at_all_of_them(trial)


def _at_all_of_them(trial: Trial) -> Judgement | None:
    """Holds when the sides are equal at the latest values of several letters: `at (1, 2)`."""
    latest = {point.relation.args[0]: point for point in trial.known.points}
    if len(latest) < 2:
        return None
    sides = trial.link.left, trial.link.right
    for point in latest.values():
        sides = at(sides[0], point.relation, trial.known), at(sides[1], point.relation, trial.known)
    verdict = decide(*sides, trial.known.assumptions())
    if verdict.verdict is not Equality.EQUAL:
        return None
    return holds(verdict.evidence, *sorted({point.line for point in latest.values()}))


def _spoken(trial: Trial) -> Iterator[Fact]:
    """`After 20 days: N/N_0 = e^(-20k)`: a number that words give, for a letter of one side only."""
    link = trial.link
    found = _AFTER.search(link.cue)
    if found is None:
        return
    left, right = (unknowns(trial.known.coordinates(side)) for side in (link.left, link.right))
    for letter in sorted(left ^ right, key=lambda s: str(s.value)):
        if letter.kind == "scalar":
            value = number(Fraction(found["number"]))
            yield Fact(chain((letter, value), ("=",)), link.place)


def _readings(pair: tuple[Expr, Expr]) -> Iterator[tuple[tuple[Expr, Expr], tuple[Remark, ...]]]:
    yield pair, ()
    normed = as_norms(*pair)
    if normed is not None:
        yield normed, (MISSING_NORM,)


def at(tree: Expr, point: Expr, known: Knowledge) -> Expr:
    """The tree where `point` (symbol = value) holds, and with it all that the symbol abbreviates."""
    name, value = (known.coordinates(side) for side in point.args)
    return replace(known.coordinates(tree), {name: value})


def read_at_points(fact: Fact, known: Knowledge) -> Iterator[Fact]:
    """`z = 2 e^(i (pi + 2 k pi)/3)` where `k = 0` is the latest that was stated of k."""
    said = [p.relation for p in known.points if p.relation.head == "chain" and p.relation.value == ("=",)]
    plain = [r for r in said if r.args[0].head == "symbol" and r.args[1].kind == "scalar"]
    table = {r.args[0]: r.args[1] for r in plain if not unknowns(r.args[1])}
    there = replace(fact.relation, {n: v for n, v in table.items() if n not in fact.relation.args})
    if there is not fact.relation:
        yield Fact(there, fact.place)
