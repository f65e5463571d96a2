"""`4x - 7 >= 2x + 9`, so `2x >= 2`: it follows, as a bound, and is no step towards the solutions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from grader.equivalence import follows
from grader.equivalence.polynomial import coefficients_of
from grader.expressions.build import ZERO, add, chain, number, sub
from grader.expressions.nodes import Expr
from grader.records import Equality, Evidence, EvidenceKind
from grader.working import cues
from grader.working.entailment import Entailment, deep_unknowns, entails, is_ordered
from grader.working.knowledge import Knowledge

_COUNTERS = frozenset("nmkNMK")
_STEP = number(Fraction(1, 1000))


def too_weak(relation: Expr, known: Knowledge, cue: str) -> Evidence | None:
    """Why a rearranged inequality lets in what is no solution; None if it is tight, or only a bound."""
    names = deep_unknowns(relation, known)
    if (
        known.told.purpose.proves
        or len(names) != 1
        or cues.WEAKENS.search(cue)
        or not _is_step(relation, known)
    ):
        return None
    bare = known.with_facts(())  # an inequality that is known is a condition too
    said = [f.relation for f in (*known.facts, *known.own) if not f.side]
    alone = [r for r in said if deep_unknowns(r, known) == names]
    before = [r for r in alone if _follows([r], relation, bare)]
    linear = [r for r in before if _is_linear(r, known)]
    if not linear or any(not _follows([r], _shifted(relation), bare) for r in before):
        return None
    if _follows([], relation, bare):
        return None
    evidence = entails([relation], linear[-1], bare).evidence
    if evidence is None:
        return None
    point = ", ".join(f"{k} = {v}" for k, v in (dict(evidence.data).get("point") or {}).items())
    sentence = f"{point} fulfils this and not what stands before." if point else evidence.sentence
    return replace(evidence, sentence=sentence)


def in_words(
    found: Entailment, relation: Expr, known: Knowledge, evidence: Evidence | None
) -> Evidence | None:
    """The evidence that a relation follows, which says "for the same values" only where it is so."""
    if evidence is None or evidence.kind is not EvidenceKind.INEQUALITY:
        return evidence
    premises = [f.relation for f in found.premises]
    if not any(is_ordered(tree) for tree in (relation, *premises)):
        return evidence
    if len(premises) == 1 and _follows([relation], premises[0], known.with_facts(())):
        return evidence
    return replace(evidence, sentence="It follows: wherever what stands before holds, this holds too.")


def between_integers(relation: Expr, evidence: Evidence | None, known: Knowledge) -> bool:
    """Whether only a fraction refutes what is said of an integer: `n > 17.67`, so `n >= 18`."""
    names = deep_unknowns(relation, known)
    counters = all(str(name.value) in _COUNTERS for name in names)
    if evidence is None or not (known.told.purpose.counts or counters):
        return False
    if not is_ordered(relation) and not counters:
        return False
    point = (dict(evidence.data).get("point") or {}).values()
    return any(not str(value).removeprefix("-").isdigit() for value in point)


def _follows(premises: Sequence[Expr], relation: Expr, known: Knowledge) -> bool:
    if not premises:
        return follows([], relation, known.assumptions()).verdict is Equality.EQUAL
    return entails(premises, relation, known).verdict is Equality.EQUAL


def _is_step(relation: Expr, known: Knowledge) -> bool:
    """A linear inequality of one link that is more than the sign of the unknown."""
    if relation.head != "chain" or len(relation.args) != 2 or relation.value[0] not in ("<", "<=", ">", ">="):
        return False
    sign = ZERO in relation.args and any(side.head == "symbol" for side in relation.args)
    return not sign and _is_linear(relation, known)


def _is_linear(relation: Expr, known: Knowledge) -> bool:
    if relation.head != "chain" or not is_ordered(relation):
        return False
    (name,) = deep_unknowns(relation, known)
    sides = [known.coordinates(side) for side in relation.args]
    found = [coefficients_of(sub(a, b), name) for a, b in pairwise(sides)]
    return all(f is not None and len(f) == 2 for f in found)


def _shifted(relation: Expr) -> Expr:
    """The inequality with a little less room."""
    left, right = relation.args
    below = relation.value[0] in ("<", "<=")
    return chain((add(left, _STEP), right) if below else (left, add(right, _STEP)), relation.value)
