"""The tangent or the normal of a curve at a stated place: it meets the curve there, and has its slope."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace as replace_fields

from grader.equivalence import decide
from grader.expressions.build import MINUS_ONE, ZERO, div, mul, neg, sub
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, replace
from grader.expressions.symbols import Symbol
from grader.records import Equality, StepVerdict
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Trial

_NAMED = re.compile(r"\b(?P<line>tangent|normal)s?\b(?! vector| plane| distribution)[^.;]*$")

_PLANE = re.compile(r"\b(tangent plane|lineari[sz]\w*|linear approximation|approximat\w*)\b")


def tangent(trial: Trial) -> Judgement | None:
    """Holds or fails for `y = 2x - 1` that words call the tangent; from then on y is what the line says."""
    link, known = trial.link, trial.known
    named = _NAMED.search(link.cue) or _NAMED.search(link.sentence)
    if named is None or link.operator != "=" or not link.first or link.continuing:
        return None
    for name, variable, curve, place in _curves(link.relation, known):
        line = _solved(link.relation, name)
        if line is None or name in free_symbols(line):
            continue
        found = _against_curve(line, curve, variable, place, named["line"] == "normal", known)
        if found is None:
            continue
        return replace_fields(found, symbol=Symbol(str(name.value), name.kind, definition=line))
    return None


def tangent_plane(trial: Trial) -> Judgement | None:
    """Unknown for `z = 2x + 6y - 4` that words call the tangent plane: z is no more the surface's."""
    link, known = trial.link, trial.known
    own = known.table.symbols.get(str(link.left.value)) if link.left.head == "symbol" else None
    said = _PLANE.search(link.cue) or _PLANE.search(link.sentence)
    if said is None or own is None or own.definition is None or link.operator != "=" or not link.first:
        return None
    letters = sorted(free_symbols(known.coordinates(own.definition)), key=lambda s: str(s.value))
    slopes = [differentiate(link.right, letter) for letter in letters]
    flat = all(slope is not None and not free_symbols(known.coordinates(slope)) for slope in slopes)
    return Judgement(StepVerdict.UNKNOWN) if len(letters) > 1 and flat else None


def _curves(relation: Expr, known: Knowledge) -> Iterator[tuple[Expr, Expr, Expr, tuple[Expr, int]]]:
    """The name on the line, the variable, the curve in it, and the place that was stated last."""
    for own in known.own_symbols():
        if own.definition is None or own.kind not in ("scalar", "function") or len(own.parameters) > 1:
            continue
        curve = known.coordinates(own.definition)
        letters = [*own.parameters] or sorted(free_symbols(curve), key=lambda s: str(s.value))
        names = [s for s in free_symbols(relation) if s.kind == "scalar" and s not in letters]
        places = [f for f in known.points if f.relation.args[0] in letters]
        whole = len(letters) == 1 and len(names) == 1 and letters[0] in free_symbols(relation)
        if whole and places and (own.parameters or own.expr is names[0]):
            yield names[0], letters[0], curve, (places[-1].relation.args[1], places[-1].line)


def _solved(relation: Expr, name: Expr) -> Expr | None:
    """What a relation that is linear in a name says that it is."""
    gap = sub(*relation.args)
    slope = differentiate(gap, name)
    if slope is None or slope is ZERO or free_symbols(slope):
        return None
    return neg(div(replace(gap, {name: ZERO}), slope))


def _against_curve(
    line: Expr, curve: Expr, variable: Expr, place: tuple[Expr, int], normal: bool, known: Knowledge
) -> Judgement | None:
    """HOLDS where the line meets the curve with the right slope, FAILS where not; None if that is open."""
    again = decide(line, curve, known.assumptions())
    if again.verdict is Equality.EQUAL:
        return Judgement(StepVerdict.HOLDS, again.evidence, (place[1],))  # in another form
    there = {variable: place[0]}
    slopes = [differentiate(tree, variable) for tree in (line, curve)]
    if slopes[0] is None or slopes[1] is None:
        return None
    steep = mul(slopes[0], slopes[1]), MINUS_ONE
    pairs = [(line, curve), steep if normal else (slopes[0], slopes[1])]
    found = [decide(replace(a, there), replace(b, there), known.assumptions()) for a, b in pairs]
    for verdict in found:
        if verdict.verdict is Equality.DIFFERENT:
            return Judgement(StepVerdict.FAILS, verdict.evidence, (place[1],))
    if any(verdict.verdict is not Equality.EQUAL for verdict in found):
        return None
    return Judgement(StepVerdict.HOLDS, found[0].evidence, (place[1],))
