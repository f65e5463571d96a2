"""Follow-through: a link that is right once an earlier wrong equation of the student's is taken as said."""

from __future__ import annotations

import dataclasses

from grader.expressions.calculus import evaluate_operators
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import replace, transform
from grader.expressions.symbols import SymbolTable
from grader.records import Equality
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Trial, holds


def own_slip(trial: Trial) -> Judgement | None:
    """Holds when the sides agree after the student's own (wrong) equation is put in."""
    sides = trial.link.left, trial.link.right
    if trial.link.operator != "=":
        return None
    for slip in reversed(trial.known.own):
        if slip.relation.head != "chain" or slip.relation.value != ("=",):
            continue
        carried = tuple(carry(side, slip.relation, trial.known) for side in sides)
        if carried == sides:
            continue
        verdict = trial.compare(*carried)
        if verdict.verdict is Equality.EQUAL:
            return holds(verdict.evidence, slip.line)
    return None


def carry(tree: Expr, slip: Expr, known: Knowledge) -> Expr:
    """The tree with what an equation says put in; one about f(z) or f'(z) is used at every argument."""
    pattern, body = slip.args[0], slip.args[-1]
    if pattern.head == "apply" and pattern.args[1].head == "symbol":
        opened = evaluate_operators(tree, abstract(known.table, pattern.args[0]))
        return transform(opened, lambda part: _instance(part, pattern, body))
    return replace(tree, {pattern: body})


def _instance(part: Expr, pattern: Expr, body: Expr) -> Expr:
    if part.head == "apply" and part.args[0] is pattern.args[0] and len(part.args) == 2:
        return replace(body, {pattern.args[1]: part.args[1]})
    return part


def abstract(table: SymbolTable, function: Expr) -> SymbolTable:
    """The table with a function left undefined, so that its derivative stays a name."""
    while function.head in ("derived", "inverse"):
        function = function.args[0]
    declared = table.symbols.get(function.value)
    if declared is None:
        return table
    return table.with_symbols([dataclasses.replace(declared, definition=None, inverse=None)])
