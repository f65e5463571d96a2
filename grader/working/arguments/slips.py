"""Follow-through: a link that is right once an earlier wrong equation of the student's is taken as said."""

from __future__ import annotations

import dataclasses

from grader.expressions.build import apply, chain, derived, symbol
from grader.expressions.calculus import differentiate, evaluate_operators
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import rebuild, replace, transform
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


def by_said_slope(trial: Trial) -> Judgement | None:
    """Holds with what a line before says of an open function: `s' = s(1 - s)` where nothing defines s."""
    link, known = trial.link, trial.known
    if link.operator != "=" or trial.identity.verdict is not Equality.DIFFERENT:
        return None
    for fact in reversed((*known.facts, *known.said)):
        said = pointwise(fact.relation)
        if said.head != "chain" or said.value != ("=",) or not _is_slope(said.args[0]):
            continue
        left, right = (carry(known.coordinates(side), said, known) for side in (link.left, link.right))
        verdict = trial.compare(left, right)
        if verdict.verdict is Equality.EQUAL:
            return holds(verdict.evidence, fact.line)
    return None


def _is_slope(pattern: Expr) -> bool:
    """The derivative of a function at a letter."""
    return pattern.head == "apply" and pattern.args[0].head == "derived" and pattern.args[1].head == "symbol"


def carried(sides: tuple[Expr, Expr], known: Knowledge) -> tuple[Expr, Expr]:
    """Both sides with every wrong equation put in, the latest first."""
    left, right = sides
    for slip in reversed(known.own):
        if slip.relation.head == "chain" and slip.relation.value == ("=",):
            left, right = (carry(side, slip.relation, known) for side in (left, right))
    return left, right


def pointwise(relation: Expr) -> Expr:
    """`sigma' = sigma(1 + sigma)`, `d sigma/dz = ...` as what they say of the values at one place."""
    left, right = relation.args[0], relation.args[-1]
    if relation.head != "chain" or len(relation.args) != 2:
        return relation
    if left.head == "derivative" and len(left.args) == 2 and _is_bare(left.args[0]):
        head, place = derived(left.args[0]), left.args[1]
    elif left.head == "derived" and _is_bare(left.args[0]):
        head, place = left, symbol("z")
    else:
        return relation
    return chain((apply(head, place), _at(right, place)), relation.value)


def _is_bare(tree: Expr) -> bool:
    return tree.head == "symbol" and tree.kind == "function"


def _at(tree: Expr, place: Expr) -> Expr:
    """The tree with functions that stand alone by their values at a place."""
    if _is_bare(tree) or (tree.head == "derived" and _is_bare(tree.args[0])):
        return apply(tree, place)
    first = 1 if tree.head == "apply" else 0
    return rebuild(tree, (*tree.args[:first], *(_at(part, place) for part in tree.args[first:])))


def carry(tree: Expr, slip: Expr, known: Knowledge) -> Expr:
    """The tree with what an equation says put in; one about f(z) or f'(z) is used at every argument."""
    pattern, body = slip.args[0], slip.args[-1]
    if pattern.head == "derivative":
        return transform(replace(tree, {pattern: body}), lambda part: _further(part, pattern, body))
    if pattern.head == "apply" and pattern.args[1].head == "symbol":
        opened = evaluate_operators(tree, abstract(known.table, pattern.args[0]))
        return transform(opened, lambda part: _instance(part, pattern, body))
    short = (s.expr for s in known.table.symbols.values() if s.definition is pattern)
    return replace(tree, {pattern: body, **dict.fromkeys(short, body)})


def _further(part: Expr, pattern: Expr, body: Expr) -> Expr:
    """A higher derivative of what the pattern is a lower one of: y'' after a wrong y'."""
    lower = pattern.args
    if part.head != "derivative" or part.args[: len(lower)] != lower:
        return part
    found: Expr | None = body
    for variable in part.args[len(lower) :]:
        found = differentiate(found, variable) if found is not None else None
    return part if found is None else found


def _instance(part: Expr, pattern: Expr, body: Expr) -> Expr:
    if part.head != "apply" or len(part.args) != 2:
        return part
    (function, order), (known, least) = _order(part.args[0]), _order(pattern.args[0])
    if function is not known or order < least:
        return part
    found: Expr | None = body
    for _ in range(order - least):
        found = differentiate(found, pattern.args[1]) if found is not None else None
    return part if found is None else replace(found, {pattern.args[1]: part.args[1]})


def _order(function: Expr) -> tuple[Expr, int]:
    """The function and how often it is differentiated: f'' is (f, 2)."""
    return (function.args[0], function.value) if function.head == "derived" else (function, 0)


def abstract(table: SymbolTable, function: Expr) -> SymbolTable:
    """The table with a function left undefined, so that its derivative stays a name."""
    while function.head in ("derived", "inverse"):
        function = function.args[0]
    declared = table.symbols.get(function.value)
    if declared is None:
        return table
    return table.with_symbols([dataclasses.replace(declared, definition=None, inverse=None)])
