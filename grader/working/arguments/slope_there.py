"""`At (3, -4), dy/dx = 3/4`: the slope of a curve at a place that words or stated values give."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.equivalence import decide
from grader.expressions.build import ZERO, div, neg, sub
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, replace
from grader.notation import read
from grader.records import Equality, StepVerdict
from grader.working import cues
from grader.working.completing import USUAL, slopes_in
from grader.working.entailment import unknowns
from grader.working.knowledge import Fact, Knowledge
from grader.working.links import Judgement, Trial

_NUMBER = r"\s*([^,()$=]*\d[^,()$=]*|-?\\pi)\s*"
_PLACE = re.compile(rf"\b(?:at|for|point)\b[^()=]*?\({_NUMBER},{_NUMBER}\)")


def slope_there(trial: Trial) -> Judgement | None:
    """Holds or fails for the number that a slope is at a place, by the latest line that says what it is."""
    link, known = trial.link, trial.known
    if link.operator != "=" or not link.first or link.continuing or unknowns(link.right):
        return None
    if cues.supposes(_PLACE.sub("", link.cue)) and not _PLACE.search(link.sentence):
        return None
    found = next(((of, by) for part, of, by, n in slopes_in(link.left) if part is link.left and n == 1), None)
    if found is None:
        return None
    for fact in reversed(known.facts):
        for place in _places(trial, fact, *found):
            value = _value(link.left, fact, place, known)
            verdict = decide(value, link.right, known.assumptions()) if value is not None else None
            if verdict is not None and verdict.verdict is Equality.EQUAL:
                return Judgement(StepVerdict.HOLDS, verdict.evidence, (fact.line,))
            if verdict is not None and verdict.verdict is Equality.DIFFERENT:
                return Judgement(StepVerdict.FAILS, verdict.evidence, (fact.line,))
    return None


def _places(trial: Trial, fact: Fact, of: str, by: str) -> Iterator[dict[Expr, Expr]]:
    """Where the slope is taken: `at (3, -4)` in its sentence, else the values stated since."""
    names = {str(s.value): s for s in unknowns(fact.relation)}
    by = by or next((n for n in USUAL if n in names), "")
    letters = {n: names[n] for n in (by, of) if n in names}
    spoken = list(_PLACE.finditer(trial.link.sentence))
    if spoken:
        trees = (read(text, trial.known.table).tree for text in spoken[-1].groups())
        there = {n: t for n, t in zip((by, of), trees, strict=True) if t is not None and not free_symbols(t)}
        if len(there) == 2:
            yield {name: there[n] for n, name in letters.items()}
        return
    later = (f.relation for f in (*trial.known.facts, *trial.known.points) if f.line >= fact.line)
    stated = {r.args[0]: r.args[1] for r in later if _is_value(r)}
    if letters and all(name in stated for name in letters.values()):
        yield {name: stated[name] for name in letters.values()}


def _is_value(relation: Expr) -> bool:
    plain = relation.head == "chain" and relation.value == ("=",) and relation.args[0].head == "symbol"
    return plain and not unknowns(relation.args[1])


def _value(slope: Expr, fact: Fact, place: dict[Expr, Expr], known: Knowledge) -> Expr | None:
    """What an equation that is linear in the slope says that it is at a place; None if it says nothing."""
    relation = fact.relation
    if (
        relation.head != "chain"
        or relation.value != ("=",)
        or slope not in free_symbols(relation)
        or not place
    ):
        return None
    gap = replace(sub(*relation.args), place)
    steep = differentiate(gap, slope)
    if steep is None or free_symbols(gap) != {slope} or free_symbols(steep):
        return None
    if decide(steep, ZERO, known.assumptions()).verdict is not Equality.DIFFERENT:
        return None
    return neg(div(replace(gap, {slope: ZERO}), steep))
