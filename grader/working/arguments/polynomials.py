"""`P_2(x) = 1 - 2x + 4x^2`, `1/(1+2x) ~ 1 - 2x + 4x^2`: Taylor polynomials, where a text speaks of them."""

from __future__ import annotations

import re

from grader.expressions.build import add, apply, chain, number, power, sub, symbol
from grader.expressions.nodes import Expr, walk
from grader.records import Equality, StepVerdict
from grader.working.arguments.conditions import undefined
from grader.working.arguments.taylor import compared, degree_of
from grader.working.definitions import defined_symbol
from grader.working.entailment import unknowns
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Trial

_NAME = re.compile(r"[PTpt]_\{?(?P<degree>\d)\}?$")


def taylor_polynomial(trial: Trial) -> Judgement | None:
    """Fails where a coefficient is not that of the function at the place where it is expanded."""
    link, known = trial.link, trial.known
    if known.told.centre is None or any(part.head == "decimal" for part in walk(link.right)):
        return None
    asked = _asked(trial)
    names = unknowns(asked[0]) if asked is not None else frozenset()
    if asked is None or len(names) != 1 or unknowns(known.coordinates(link.right)) != names:
        return None
    (variable,) = names
    degree = degree_of(known.coordinates(link.right), variable)
    if not degree or degree_of(asked[0], variable) is not None:
        return None
    left_out = power(sub(variable, known.told.centre), number(max(degree, asked[1]) + 1))
    rest = apply(symbol("O", "function"), left_out)
    relation = chain((asked[0], add(link.right, rest)), ("=",))
    verdict = compared(relation, variable, known.told.centre, known)
    if verdict.verdict is Equality.EQUAL and link.operator == "approx":
        return Judgement(StepVerdict.HOLDS, verdict.evidence)
    if verdict.verdict is not Equality.DIFFERENT:
        return None
    made = defined_symbol(link.left, link.right, known) if link.operator == "=" else None
    return Judgement(StepVerdict.FAILS, verdict.evidence, symbol=made)


def _asked(trial: Trial) -> tuple[Expr, int] | None:
    """The function that a polynomial stands for, and the degree that its name gives."""
    link, known = trial.link, trial.known
    if link.operator == "approx":
        left = known.coordinates(link.left)
        return None if undefined(left, trial) else (left, 0)
    if link.operator != "=" or not link.first or link.left.head != "apply" or len(link.left.args) != 2:
        return None
    name = _NAME.match(str(link.left.args[0].value))
    bodies = _functions_of(link.left.args[1], known) if name is not None else []
    return (bodies[0], int(name["degree"])) if name is not None and len(bodies) == 1 else None


def _functions_of(letter: Expr, known: Knowledge) -> list[Expr]:
    """The functions of a letter that the student has defined."""
    own = [s for s in known.own_symbols() if s.parameters == (letter,) and not _NAME.match(s.name)]
    return [known.coordinates(s.definition) for s in own if s.definition is not None]
