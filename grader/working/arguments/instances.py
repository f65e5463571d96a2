"""A member of a family that the student has defined: after `x_n = 2n + 1` the line `x_5 = 12` is checked."""

from __future__ import annotations

import re

from grader.expressions.build import number
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, replace
from grader.expressions.symbols import Symbol
from grader.records import Equality, StepVerdict
from grader.working import cues
from grader.working.entailment import unknowns
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Trial

_MEMBER = re.compile(r"(?P<family>.+)_\{?(?P<number>\d{1,4})\}?")
_NUMBERS = ("n", "k", "i", "j", "m", "r", "t")


def instance(trial: Trial) -> Judgement | None:
    """Holds or fails for a number that is said to be a member of a family of the student's own."""
    link, known = trial.link, trial.known
    if (
        link.operator != "="
        or link.right.kind != "scalar"
        or not link.first
        or link.continuing
        or cues.supposes(link.cue)
    ):
        return None
    meant = _member(link.left, known)
    if meant is None or any(unknowns(known.coordinates(side)) for side in (meant, link.right)):
        return None
    verdict, said = trial.compare(meant, link.right), Symbol(link.left.value, definition=link.right)
    if verdict.verdict is Equality.EQUAL:
        return Judgement(StepVerdict.HOLDS, verdict.evidence, symbol=said)
    rounded = any(part.head == "decimal" for side in (meant, link.right) for part in walk(side))
    if verdict.verdict is not Equality.DIFFERENT or rounded:
        return None
    return Judgement(StepVerdict.FAILS, verdict.evidence, symbol=said)


def _member(name: Expr, known: Knowledge) -> Expr | None:
    """What `x_5` is where `x_n` or `x_k` is defined in n or k, and nothing says what `x_5` is."""
    found = _MEMBER.fullmatch(str(name.value)) if name.head == "symbol" and name.kind == "scalar" else None
    if found is None or name.value in known.table.symbols:
        return None
    place = number(int(found["number"]))
    family = known.table.symbols.get(found["family"])
    if family is not None and family.name in known.defined and family.definition is not None:
        return (
            replace(family.definition, {family.parameters[0]: place}) if len(family.parameters) == 1 else None
        )
    for letter in _NUMBERS:
        general = known.table.symbols.get(f"{found['family']}_{letter}")
        body = general.definition if general is not None and general.name in known.defined else None
        inside = [s for s in free_symbols(body) if s.value == letter] if body is not None else []
        if body is not None and inside:
            return replace(body, {inside[0]: place})
    return None
