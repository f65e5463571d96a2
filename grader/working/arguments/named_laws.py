"""`P(X = 2) = 10 (1/3)^2 (2/3)^3` for `X ~ Bin(5, 1/3)`: chances and moments of a named distribution."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grader.equivalence import decide
from grader.expressions.build import TWO, ZERO, add, mul, power
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, replace
from grader.records import Equality, StepVerdict
from grader.working.arguments.chances import chances_in
from grader.working.arguments.rounding import is_rounded_from
from grader.working.entailment import unknowns
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Trial
from grader.working.telling.laws import chance_of
from grader.working.told import Law


def by_law(trial: Trial) -> Judgement | None:
    """Holds or fails with what the distribution says of every chance and moment in a link."""
    link, known = trial.link, trial.known
    table = dict(_values(link.relation, known))
    if link.operator != "=" or not table:
        return None
    left, right = (replace(side, table) for side in (link.left, link.right))
    if any(chances_in(left, known)) or any(chances_in(right, known)):
        return None
    verdict = decide(left, right, known.assumptions())
    if verdict.verdict is Equality.EQUAL or is_rounded_from(right, left, known):
        point = link.relation if link.left in table and not unknowns(right) else None
        return Judgement(StepVerdict.HOLDS, verdict.evidence, point=point)
    if verdict.verdict is not Equality.DIFFERENT or not unknowns(right) <= unknowns(left):
        return None
    lines = tuple(sorted({law.line for _, law in known.told.laws}))
    return Judgement(StepVerdict.FAILS, verdict.evidence, lines)


def _moment(name: str, inside: Expr, laws: Mapping[Expr, Law]) -> Expr | None:
    """The mean or the variance of `aX + b`."""
    letters = free_symbols(inside) & laws.keys()
    letter = next(iter(letters), None)
    slope = differentiate(inside, letter) if letter is not None and len(letters) == 1 else None
    if slope is None or letter is None or free_symbols(slope):
        return None
    law = laws[letter]
    if name == "Var":
        return mul(power(slope, TWO), law.variance)
    return add(mul(slope, law.mean), replace(inside, {letter: ZERO}))


def _values(tree: Expr, known: Knowledge) -> Iterator[tuple[Expr, Expr]]:
    """The chances and moments in a tree of which the distribution is named, each with its value."""
    laws = dict(known.told.laws)
    for part in walk(tree) if laws else ():
        if part.head != "apply" or len(part.args) != 2:
            continue
        name, inside = part.args
        value: Expr | None = None
        if name.value in ("P", "Pr") and inside.head == "chain" and inside.args[0] in laws:
            value = chance_of(inside, inside.args[0], laws[inside.args[0]])
        elif name.value in ("E", "Var"):
            value = _moment(str(name.value), known.coordinates(inside), laws)
        if value is not None:
            yield part, value
