"""`states: sigma'(z)`: a line says what an expression equals, rightly and in closed form."""

from __future__ import annotations

from grader.criteria.records import NOT_MET, Gathered, met
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import replace
from grader.records import Match, StepVerdict
from grader.spec.model import States
from grader.working.links import is_operator


def states(condition: States, gathered: Gathered) -> Match:
    """Met at the first step that holds, with the subject (at any argument) on its left."""
    for statement in gathered.statements:
        for step in statement.steps:
            if step.verdict is not StepVerdict.HOLDS or step.relation is None:
                continue
            left, right = step.relation.args
            if not is_operator(right) and _is_subject(left, condition.subject, gathered):
                return met(statement, "stated here, and right", evidence=step.evidence)
    return NOT_MET


def _is_subject(tree: Expr, subject: Expr, gathered: Gathered) -> bool:
    """Whether a tree is the subject with its argument exchanged for another."""
    if tree.head == "derived" and subject.head == "apply":
        return tree is subject.args[0]
    if tree.head == "apply" and subject.head == "apply":
        return tree.args[0] is subject.args[0]
    if tree.head != "derivative" or len(tree.args) != 2 or subject.head != "apply":
        return False
    return gathered.same(tree, replace(subject, {subject.args[1]: _variable(tree)}))


def _variable(tree: Expr) -> Expr:
    """What a derivative is taken by."""
    return tree.args[1]
