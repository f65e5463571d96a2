"""Conditions with sums in them: from `sum x_i (y_i - b x_i) = 0` follows `sum x_i y_i = b sum x_i^2`.

Of what is summed nothing is known, so the condition is solved for a letter in which it is linear, perhaps
after it is multiplied by that letter, and the letter is put in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.expressions.build import ONE, TWO, ZERO, add, div, mul, number, power, sub
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, replace
from grader.records import Equality, StepVerdict
from grader.working.knowledge import Fact
from grader.working.links import Judgement, Trial

_LATEST = 4
_THREE = number(3)


def from_sums(trial: Trial) -> Judgement | None:
    """Holds where it follows from a condition with sums; unknown where none of them can be solved."""
    relation, known = trial.link.relation, trial.known
    if relation.value != ("=",) or not trial.link.first or trial.link.continuing:
        return None
    near = [f for f in reversed(known.facts) if _bears_on(f.relation, relation)][:_LATEST]
    if not near:
        return None
    solved = [_follows(trial, fact, letter) for fact in near for letter in _letters(fact, relation)]
    if Equality.EQUAL in solved:
        return Judgement(StepVerdict.HOLDS, None, (near[0].line,), fact=relation)
    return None if Equality.DIFFERENT in solved else Judgement(StepVerdict.UNKNOWN, fact=relation)


def _bears_on(premise: Expr, relation: Expr) -> bool:
    """Whether an equation with sums shares a letter with the relation."""
    shared = set(_scalars(premise)) & set(_scalars(relation))
    return premise.value == ("=",) and bool(shared) and any(map(_has_sums, (premise, relation)))


def _has_sums(tree: Expr) -> bool:
    return any(part.head in ("sum", "product") for part in walk(tree))


def _scalars(tree: Expr) -> Sequence[Expr]:
    """The letters that stand for one number: no families, and not what is counted to."""
    families = {part.args[0] for part in walk(tree) if part.head == "index"}
    ends = {
        s for part in walk(tree) if part.head == "sum" for end in part.args[1:] for s in free_symbols(end)
    }
    inside = {s for s in free_symbols(tree) if s.kind == "scalar"}
    return sorted(inside - families - ends, key=lambda s: str(s.value))


def _letters(fact: Fact, relation: Expr) -> Iterator[Expr]:
    """The letters of both."""
    here = set(_scalars(relation))
    yield from (s for s in _scalars(fact.relation) if s in here)


def _follows(trial: Trial, fact: Fact, letter: Expr) -> Equality:
    """Whether the link is an identity with the letter as the premise says that it is."""
    value = _solved(trial, sub(*fact.relation.args), letter)
    if value is None:
        return Equality.UNKNOWN
    sides = (replace(side, {letter: value}) for side in (trial.link.left, trial.link.right))
    return trial.compare(*sides).verdict


def _solved(trial: Trial, gap: Expr, letter: Expr) -> Expr | None:
    """The letter, where a multiple of the gap by one of its powers is linear in it."""
    for multiple in (gap, mul(letter, gap), mul(power(letter, TWO), gap)):
        first, second, third = (replace(multiple, {letter: at}) for at in (ONE, TWO, _THREE))
        bend = add(third, mul(number(-2), second), first)
        steep = sub(second, first)
        if trial.equal(bend, ZERO) and trial.compare(steep, ZERO).verdict is Equality.DIFFERENT:
            return sub(ONE, div(first, steep))
    return None
