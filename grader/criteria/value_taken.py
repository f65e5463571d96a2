"""`value: p = 1/3`: a quantity is given a value, alone or among candidates of which the answer picks it."""

from __future__ import annotations

import re
from dataclasses import replace

from grader.answers.wording import changed_by_words, is_instance
from grader.criteria.records import NOT_MET, Gathered
from grader.expressions.build import equation
from grader.expressions.domains import Domain
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import contains, free_symbols
from grader.records import Equality, Match, Met, StepVerdict
from grader.spec.model import ValueTaken
from grader.working import Fact
from grader.working.arguments.points import at
from grader.working.arguments.quantity import names
from grader.working.arguments.rounding import is_rounded_from


def value_taken(condition: ValueTaken, gathered: Gathered) -> Match:
    """Met when the value is stated; among rivals only if the final answer is the value there.

    By follow-through also the value that the student's own earlier answer leads to.
    """
    found = _stated(condition, gathered)
    own = gathered.followed.get("maximiser")
    if found.met is not Met.NO or own is None:
        return found
    carried = _stated(replace(condition, value=own), gathered)
    return replace(carried, followed=True) if carried.met is Met.YES else found


def _stated(condition: ValueTaken, gathered: Gathered) -> Match:
    derived = [f for f in gathered.known.facts if _is_valued(f.relation)]
    stated = [*gathered.known.points, *derived, *_listed(gathered)]
    points = [p for p in stated if _speaks_of(p.relation, condition.subject, gathered)]
    here = [p for p in points if _is_value(p.relation, condition, gathered) and _plainly(p, gathered)]
    if not here:
        return NOT_MET
    rivals = [p for p in points if p not in here and (_inside(p, gathered) or _is_chosen(p, gathered))]
    right = gathered.answer.verdict is Equality.EQUAL or gathered.answer.followed
    if rivals and not right:
        return Match(Met.NO, "only one of several candidates")
    if all(_is_coarse(p) and not _is_exactly(p.relation, condition, gathered) for p in here):
        return Match(Met.UNSURE, "it is rounded to one figure", here[0].place)
    if all(_goes_wrong(p, gathered) for p in here):
        return Match(Met.UNSURE, "the line goes on to another value", here[0].place)
    return Match(Met.YES, "stated here", here[0].place)


def _listed(gathered: Gathered) -> list[Fact]:
    """The values that one name may have: of `p = 1 or p = 1/3`, and of `p = 1, p = 1/3`."""
    listed = [s for s in gathered.statements if s.chain < 0 and s.operators == ("=",) and len(s.members) == 2]
    found = [Fact(equation(*s.members), s.line.place) for s in listed]
    return [fact for fact in found if _is_valued(fact.relation)]


def _is_valued(relation: Expr) -> bool:
    """`u = 2/3`."""
    if relation.head != "chain" or relation.value != ("=",):
        return False
    name, value = relation.args
    return name.head == "symbol" and name.kind == "scalar" and not free_symbols(value)


def _plainly(point: Fact, gathered: Gathered) -> bool:
    """Whether the value is stated, and not denied, tried or said of the smallest."""
    lines = [s for s in gathered.statements if s.line.place == point.place]
    target = gathered.known.target
    return not any(changed_by_words(s, target) or is_instance(s) for s in lines)


def _goes_wrong(point: Fact, gathered: Gathered) -> bool:
    """`v = 5 - 3 * 2 = 1`: what stands first is the value, and what it is worked out to is not."""
    lines = [s for s in gathered.statements if s.line.place == point.place and len(s.members) > 2]
    return any(step.verdict is StepVerdict.FAILS for s in lines for step in s.steps)


def _speaks_of(relation: Expr, subject: Expr, gathered: Gathered) -> bool:
    """Whether a relation says where a quantity is; what is asked for is then worked out there."""
    if names(relation.args[0], gathered.known):
        return False
    coordinate = gathered.known.coordinates(subject)
    inside = gathered.known.coordinates(relation.args[0])
    return any(contains(inside, s) for s in _leaves(coordinate))


def _leaves(tree: Expr) -> list[Expr]:
    if tree.head == "symbol":
        return [tree]
    return [leaf for part in tree.args for leaf in _leaves(part)]


def _is_value(relation: Expr, condition: ValueTaken, gathered: Gathered) -> bool:
    """Whether the stated relation is true where the subject has the value, but for rounding."""
    if _is_exactly(relation, condition, gathered):
        return True
    wanted = equation(condition.subject, condition.value)
    there = at(relation.args[0], wanted, gathered.known)
    return is_rounded_from(relation.args[1], there, gathered.known)


def _is_exactly(relation: Expr, condition: ValueTaken, gathered: Gathered) -> bool:
    known = gathered.known
    there = at(relation.args[0], equation(condition.subject, condition.value), known)
    return there is not known.coordinates(relation.args[0]) and gathered.same(there, relation.args[1])


def _is_coarse(point: Fact) -> bool:
    """Whether a value is written with one figure behind the point: it may be rounded, or another one."""
    value = point.relation.args[1]
    return value.head == "decimal" and value.value[1] < 2


def _inside(point: Fact, gathered: Gathered) -> bool:
    """Whether a rival candidate lies inside its variable's domain."""
    name, value = point.relation.args
    domain = _domain(name, gathered)
    if domain is None or value.head not in ("number", "decimal"):
        return True
    return domain.holds(value.value if value.head == "number" else value.value[0])


_CHOOSES = re.compile(r"\b(bigger|larger|largest|biggest|greater|greatest|take|choose|pick|select)\b[^.;]*$")


def _is_chosen(point: Fact, gathered: Gathered) -> bool:
    """Whether words take a candidate, be it an end of the domain: "the bigger one is $p = 1$"."""
    lines = [s.line for s in gathered.statements if s.line.place == point.place]
    return any(_CHOOSES.search(line.intro) for line in lines)


def _domain(name: Expr, gathered: Gathered) -> Domain | None:
    """The domain of a name, or of what is declared and is the same (`q` for the question's p)."""
    table = gathered.known.table.symbols
    own = table.get(name.value) if name.head == "symbol" else None
    if own is None or own.domain is not None or own.definition is None:
        return None if own is None else own.domain
    bounded = (s for s in table.values() if s.domain is not None and s.definition is not None)
    return next((s.domain for s in bounded if gathered.same(name, s.expr)), None)
