"""Numbers put in for probabilities and expectations: of which distribution is spoken, the question says.

`Var(X) = E[X^2] - E[X]^2` is a law and may fail; `= 1/2 - 4/9` gives values, unless others were stated.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.equivalence import decide
from grader.expressions.build import TWO, power, sub
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import replace
from grader.notation.chances import OPERATORS
from grader.records import Equality, StepVerdict
from grader.working.arguments.quantity import names
from grader.working.entailment import unknowns
from grader.working.knowledge import Fact, Knowledge
from grader.working.links import Judgement, Trial, holds


def is_chance(name: Expr) -> bool:
    """Whether a name is that of a probability or a moment: `E[X] = 1/lambda` says nothing of `E[X^2]`."""
    return str(name.value).partition("_")[0] in OPERATORS


def chances_in(tree: Expr, known: Knowledge) -> Iterator[Expr]:
    """The probabilities and moments in a tree, of a distribution that nothing defines."""
    for part in walk(tree):
        if part.head != "apply" or part.args[0].head != "symbol":
            continue
        declared = known.table.symbols.get(part.args[0].value)
        if is_chance(part.args[0]) and (declared is None or declared.definition is None):
            yield part


def values_put_in(trial: Trial) -> Judgement | None:
    """Given where a number stands for what nobody has told; judged where every part was told before."""
    link, known = trial.link, trial.known
    if link.operator not in ("=", "approx") or not any(chances_in(link.left, known)):
        return None
    if any(chances_in(link.right, known)) or names(link.left, known):
        return None
    if trial.identity.verdict is Equality.EQUAL:
        return None
    if link.first and not link.continuing and link.left.head == "apply":
        return _variance(trial)  # `P(A) = 0.3` is stated, and kept
    told = list(_told(trial))
    left = replace(link.left, {f.relation.args[0]: f.relation.args[1] for f in told})
    if any(chances_in(left, known)) or unknowns(known.coordinates(left)) - unknowns(link.right):
        return Judgement(StepVerdict.GIVEN)
    verdict = decide(left, link.right, known.assumptions())
    if verdict.verdict is Equality.EQUAL:
        return holds(verdict.evidence, *(f.line for f in told))
    failed = verdict.verdict is Equality.DIFFERENT and link.operator == "="
    return Judgement(StepVerdict.FAILS if failed else StepVerdict.GIVEN, verdict.evidence)


def _variance(trial: Trial) -> Judgement | None:
    """`Var(X) = 91/6 - 7/2` where E[X] and E[X^2] were told before: judged by Var(X) = E[X^2] - E[X]^2."""
    link, known = trial.link, trial.known
    if link.left.args[0].value != "Var" or len(link.left.args) != 2:
        return None
    of = link.left.args[1]
    told = {f.relation.args[0]: f for f in (*known.facts, *known.points) if _says_what_is(f.relation)}
    first = [told[p] for p in told if p.args[0].value == "E" and p.args[1] is of]
    second = [told[p] for p in told if p.args[0].value == "E" and p.args[1] is power(of, TWO)]
    if not first or not second:
        return None
    value = sub(second[0].relation.args[-1], power(first[0].relation.args[-1], TWO))
    verdict = decide(value, link.right, known.assumptions())
    lines = tuple(sorted({first[0].line, second[0].line}))
    if verdict.verdict is Equality.EQUAL:
        return Judgement(StepVerdict.HOLDS, verdict.evidence, lines, fact=link.relation)
    if verdict.verdict is Equality.DIFFERENT:
        return Judgement(StepVerdict.FAILS, verdict.evidence, lines)
    return None


def _says_what_is(relation: Expr) -> bool:
    said = relation.head == "chain" and relation.value == ("=",) and relation.args[0].head == "apply"
    return said and len(relation.args[0].args) == 2


def _told(trial: Trial) -> Iterator[Fact]:
    """The lines before that say what a probability or a moment of the left side is."""
    wanted = set(chances_in(trial.link.left, trial.known))
    for fact in (*trial.known.facts, *trial.known.points):
        relation = fact.relation
        if relation.head == "chain" and relation.value == ("=",) and relation.args[0] in wanted:
            yield fact


def set_by_chances(trial: Trial) -> Judgement | None:
    """`sigma^2 = E[X^2] - mu^2`: what says of letters that nothing explains how they belong to chances."""
    link, known = trial.link, trial.known
    if link.operator != "=" or not link.first or link.continuing:
        return None
    if not any(chances_in(link.relation, known)) or any(names(side, known) for side in link.relation.args):
        return None
    spoken = frozenset().union(*(unknowns(c) for c in chances_in(link.relation, known)))
    others = unknowns(link.relation) - spoken
    if not any(known.is_free(name) for name in others):
        return None
    return Judgement(StepVerdict.GIVEN, fact=link.relation)
