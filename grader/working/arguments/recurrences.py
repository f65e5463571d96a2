"""`u_4 = 41` after `u_(n+1) = 3 u_n - 1`: a member of a sequence, worked out from those before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from grader.equivalence import constant_digits, decide
from grader.expressions.build import number, symbol
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, replace
from grader.expressions.symbols import Symbol
from grader.records import Equality, Evidence, EvidenceKind, StepVerdict, Verdict
from grader.working.arguments.rounding import is_rounded_from
from grader.working.entailment import unknowns
from grader.working.knowledge import Fact, Knowledge
from grader.working.links import Judgement, Trial

_MEMBER = re.compile(r"(?P<family>[^_]+)_\{?(?P<place>\d{1,3})\}?")
_FORMULA = re.compile(r"\$[^$]*\$")
_SETS = re.compile(r"\b(with|where|given|let|start\w*|if|for)\b[^.;:=]*$")
_NEAR = Fraction(1, 50)  # what was rounded on the way may differ by so much of it


def by_recurrence(trial: Trial) -> Judgement | None:
    """Holds for what the recurrence makes of the members before it; fails for another number.

    A member that is set ("with $u_1 = 2$") is not held against it: it may begin later.
    """
    link, known = trial.link, trial.known
    place = _MEMBER.fullmatch(str(link.left.value)) if link.left.head == "symbol" else None
    if place is None or link.operator != "=" or not link.first or link.continuing:
        return None
    made = Symbol(link.left.value, link.right.kind, definition=link.right)
    for fact, value in _instances(place["family"], int(place["place"]), known):
        verdict = _compared(trial, value)
        if verdict.verdict is Equality.EQUAL:
            return Judgement(StepVerdict.HOLDS, verdict.evidence, (fact.line,), symbol=made)
        words = _FORMULA.sub(" ", link.sentence)
        if verdict.verdict is Equality.DIFFERENT and not _SETS.search(words):
            return Judgement(StepVerdict.FAILS, verdict.evidence, (fact.line,), symbol=made)
    return None


def _compared(trial: Trial, value: Expr) -> Verdict:
    """The verdict on the number that is said; one in decimals may be rounded, on the way too."""
    said, known = trial.known.coordinates(trial.link.right), trial.known
    if unknowns(said) or is_rounded_from(trial.link.right, value, known):
        sentence = "It is the recurrence with the members before it put in, rounded."
        rounded = Evidence(EvidenceKind.CONSISTENT, sentence)
        return Verdict(Equality.UNKNOWN) if unknowns(said) else Verdict(Equality.EQUAL, rounded)
    verdict = decide(value, said, known.assumptions())
    decimals = any(part.head == "decimal" for tree in (trial.link.right, value) for part in walk(tree))
    if verdict.verdict is Equality.DIFFERENT and decimals and _near(value, said):
        return Verdict(Equality.UNKNOWN)
    return verdict


def _near(one: Expr, other: Expr) -> bool:
    first, second = (constant_digits(tree, 12) for tree in (one, other))
    if first is None or second is None:
        return True
    return abs(Fraction(first) - Fraction(second)) <= _NEAR * abs(Fraction(first))


def _instances(family: str, place: int, known: Knowledge) -> Iterator[tuple[Fact, Expr]]:
    """What each recurrence before says that a member is, where all that it needs is known."""
    for fact in reversed(known.facts):
        relation = fact.relation
        if relation.head != "chain" or relation.value != ("=",) or relation.args[0].head != "index":
            continue
        head, index = relation.args[0].args[0], relation.args[0].args[1]
        running = free_symbols(index)
        if str(head.value) != family or len(running) != 1:
            continue
        (letter,) = running
        shift = _constant(replace(index, {letter: number(0)}), known)
        if shift is None or _constant(replace(index, {letter: number(1)}), known) != shift + 1:
            continue
        value = _put_in(replace(relation.args[1], {letter: number(place - shift)}), head, known)
        if value is not None:
            yield fact, value


def _put_in(tree: Expr, family: Expr, known: Knowledge) -> Expr | None:
    """A formula with the numbers that members before were said to be; None where one is not known."""
    table: dict[Expr, Expr] = {}
    for part in walk(tree):
        if part.head == "index" and part.args[0] is family:
            place = _constant(part.args[1], known)
            said = known.table.symbols.get(f"{family.value}_{place}") if place is not None else None
            if said is None or said.definition is None:
                return None
            table[part] = known.coordinates(symbol(said.name))
    value = known.coordinates(replace(tree, table))
    return value if table and not unknowns(value) else None


def _constant(tree: Expr, known: Knowledge) -> Fraction | None:
    """The whole number that an index comes down to."""
    digits = constant_digits(known.coordinates(tree), 12) if not free_symbols(tree) else None
    value = Fraction(digits) if digits is not None else None
    return value if value is not None and value.denominator == 1 else None
