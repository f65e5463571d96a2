"""Sets: finite ones element by element, intervals by their ends, unions as sorted intervals."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

from grader.equivalence import sentences
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.ball import exact_at, truth_at
from grader.equivalence.membership import membership
from grader.expressions.build import symbol
from grader.expressions.nodes import Expr
from grader.records import Equality, Evidence, EvidenceKind, Verdict

Decide = Callable[[Expr, Expr, Assumptions], Verdict]
_ELEMENT = symbol("\u2208")
_UNKNOWN = Verdict(Equality.UNKNOWN)


def decide_sets(left: Expr, right: Expr, assumptions: Assumptions, decide: Decide) -> Verdict:
    """Whether two sets are equal."""
    if _is_empty(left) and _is_empty(right):
        return Verdict(Equality.EQUAL, sentences.identical())
    if left.head == "set" and right.head == "set":
        return _finite(left, right, assumptions, decide)
    if left.head == "interval" and right.head == "interval":
        return _intervals(left, right, assumptions, decide)
    element = _element(left, right)
    first, second = membership(left, element), membership(right, element)
    if first is None or second is None:
        return _UNKNOWN
    return _as_sets(compare_statements(spelled_out(first), spelled_out(second), assumptions))


def _as_sets(verdict: Verdict) -> Verdict:
    """What was found of the element, said of the sets."""
    evidence = verdict.evidence
    if evidence is None:
        return verdict
    if verdict.verdict is Equality.EQUAL:
        return _same("They have the same ends and the same points between them.")
    data = dict(evidence.data)
    place = data["point"].pop(str(_ELEMENT.value), None)
    first = data["left"] == "true"
    where = f"{place} lies" if place not in (None, "a constant") else "There is an element"
    return _different(f"{where} in {'one set' if first else 'the second'} and not in the other.", data)


def _is_empty(tree: Expr) -> bool:
    return (tree.head == "set" and not tree.args) or (tree.head == "constant" and tree.value == "emptyset")


def _different(sentence: str) -> Verdict:
    data = {"point": {}, "left": "", "right": "", "domain_only": False}
    return Verdict(Equality.DIFFERENT, Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, data))


def _finite(left: Expr, right: Expr, assumptions: Assumptions, decide: Decide) -> Verdict:
    """Every element of one is in the other."""
    weakest: Verdict | None = None
    for whole, other, name in ((left, right, "second"), (right, left, "first")):
        for element in whole.args:
            found = _best([decide(element, e, assumptions) for e in other.args])
            if found is None or found.verdict is Equality.DIFFERENT:
                return _different(f"An element of one set is not in the {name}.")
            if found.verdict is Equality.UNKNOWN:
                return _UNKNOWN
            weakest = found if weakest is None or _is_weak(found) else weakest
    return weakest or Verdict(Equality.EQUAL, sentences.identical())


def _is_weak(v: Verdict) -> bool:
    return v.evidence is not None and v.evidence.kind is EvidenceKind.CONSISTENT


def _best(verdicts: list[Verdict]) -> Verdict | None:
    order = {Equality.EQUAL: 0, Equality.UNKNOWN: 1, Equality.DIFFERENT: 2}
    return min(verdicts, key=lambda v: order.get(v.verdict, 3), default=None)


def _intervals(left: Expr, right: Expr, assumptions: Assumptions, decide: Decide) -> Verdict:
    if left.value != right.value:
        return _different("The ends belong to one interval and not to the other.")
    for a, b in zip(left.args, right.args, strict=True):
        verdict = decide(a, b, assumptions)
        if verdict.verdict is not Equality.EQUAL:
            return verdict
    return verdict
