"""Equations whose solutions are taken one after another, in lines of their own: `x = 2`, later `x = -3`.

Each line by itself would lose the other solutions.
"""

from __future__ import annotations

from grader.expressions.nodes import Expr, node
from grader.records import Equality, StepVerdict
from grader.working.entailment import entails
from grader.working.knowledge import Knowledge
from grader.working.records import Step, Working


def split_lines(found: Working) -> frozenset[int]:
    """The lines of equations from which several lines follow as cases that together lose nothing."""
    lines = {line for step in found.steps if (line := _lost_from(step)) is not None}
    return frozenset(line for line in lines if _is_split(found, line))


def _lost_from(step: Step) -> int | None:
    """The line of which a step loses solutions."""
    if step.verdict is not StepVerdict.FAILS or step.evidence is None:
        return None
    line = step.evidence.data.get("lost_from")
    return line if isinstance(line, int) else None


def _is_split(found: Working, line: int) -> bool:
    """Whether one of the cases holds wherever the equation on the line does."""
    stated = [s.relation for s in found.steps if s.line == line and s.relation is not None]
    if not stated:
        return False
    cases = dict.fromkeys(_cases(found, line, stated[-1]))
    whole = node("or", tuple(cases), None, "truth")
    return len(cases) > 1 and _follows(stated[-1], whole, found.known)


def _cases(found: Working, line: int, equation: Expr) -> list[Expr]:
    """What loses solutions of the equation, and what is solved anew after it and solves it as well."""
    cases = []
    for step in found.steps:
        relation = step.relation
        if relation is None or step.line <= line:
            continue
        anew = step.verdict is StepVerdict.GIVEN and relation.head == "chain" and relation.value == ("=",)
        solves = anew and relation.args[0].head != "symbol" and _follows(relation, equation, found.known)
        if _lost_from(step) == line or solves:
            cases.append(relation)
    return cases


def _follows(premise: Expr, conclusion: Expr, known: Knowledge) -> bool:
    return entails([premise], conclusion, known).verdict is Equality.EQUAL
