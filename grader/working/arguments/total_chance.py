"""`P(B) = 0.31` where `P(A)`, `P(B | A)` and `P(B | A^c)` were told: what they leave open is judged."""

from __future__ import annotations

from fractions import Fraction

from grader.equivalence import decide, follows
from grader.equivalence.chances import spelled_out_chances
from grader.expressions.build import call, chain, mul, number, sub
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import replace
from grader.records import Equality, StepVerdict
from grader.working.arguments.rounding import is_rounded_from
from grader.working.entailment import unknowns
from grader.working.knowledge import Fact, Knowledge
from grader.working.links import Judgement, Trial
from grader.working.sampling import determined, sample

_MEASURES = ("P", "P|", "Pr", "Pr|")
_MOST = 5


def total_chance(trial: Trial) -> Judgement | None:
    """Holds or fails for a probability that those told before determine, by the laws of probability."""
    link, known = trial.link, trial.known
    if link.operator != "=" or not _is_chance(link.left) or unknowns(link.right):
        return None
    told = [f for f in (*known.facts, *known.points) if _says_what_is(f.relation)][-_MOST:]
    if not told or any(f.relation.args[0] is link.left for f in told):
        return None
    value = _value(link.left, told, known)
    if value is None:
        return None
    verdict = decide(value, link.right, known.assumptions())
    lines = tuple(sorted({f.line for f in told}))
    if verdict.verdict is Equality.EQUAL:
        return Judgement(StepVerdict.HOLDS, verdict.evidence, lines, point=link.relation)
    if verdict.verdict is Equality.UNKNOWN or _is_near(link.right, value, told, known):
        return None
    return Judgement(StepVerdict.FAILS, verdict.evidence, lines)


def _is_near(written: Expr, value: Expr, told: list[Fact], known: Knowledge) -> bool:
    """Whether it is the value but for the rounding of a decimal, here or in what was told."""
    decimals = any(part.head == "decimal" for fact in told for part in walk(fact.relation))
    if not decimals:
        return is_rounded_from(written, value, known)
    gap = call("abs", sub(value, written))
    close = chain((gap, mul(number(Fraction(1, 100)), call("abs", value))), ("<=",))
    return follows([], close, known.assumptions()).verdict is Equality.EQUAL


def _is_chance(tree: Expr) -> bool:
    return tree.head == "apply" and tree.args[0].value in _MEASURES


def _says_what_is(relation: Expr) -> bool:
    plain = relation.head == "chain" and relation.value == ("=",) and len(relation.args) == 2
    return plain and _is_chance(relation.args[0]) and not unknowns(relation.args[1])


def _value(asked: Expr, told: list[Fact], known: Knowledge) -> Expr | None:
    """What a probability is in every sample space in which those told are as told; None if that is open."""
    spelled = spelled_out_chances((asked, *(f.relation.args[0] for f in told)), known.table)
    if spelled is None:
        return None
    tree, *others = spelled.trees
    equations = tuple(chain((t, f.relation.args[1]), ("=",)) for t, f in zip(others, told, strict=True))
    assumptions, names = known.assumptions(), unknowns(tree)
    values = [replace(tree, place) for place in sample(equations, names, assumptions)]
    if not values or any(unknowns(value) for value in values):
        return None
    if len(values) < 2 and not determined(equations, names, assumptions):
        return None
    same = (decide(values[0], value, known.assumptions()).verdict is Equality.EQUAL for value in values[1:])
    return values[0] if all(same) else None
