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
    first, second = membership(left, _ELEMENT), membership(right, _ELEMENT)
    if first is None or second is None:
        return _UNKNOWN
    return _by_members(left, right, first, second)


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


def _by_members(left: Expr, right: Expr, first: Expr, second: Expr) -> Verdict:
    """Compared at every rational end, and between and beyond them."""
    ends = sorted(_ends(left) | _ends(right))
    if not ends:
        return _UNKNOWN
    places = [ends[0] - 1, *ends, ends[-1] + 1]
    places += [(a + b) / 2 for a, b in pairwise(ends)]
    places += [e + Fraction(1, 10**6) for e in ends]
    for place in places:
        a, b = (_true(t, place) for t in (first, second))
        if a is None or b is None:
            return _UNKNOWN
        if a != b:
            return _different(f"{place} lies in one of the sets and not in the other.")
    if _rational_ends(left) and _rational_ends(right):
        sentence = "They have the same ends and the same points between them."
        return Verdict(Equality.EQUAL, Evidence(EvidenceKind.NORMAL_FORM, sentence, {"kernels": []}))
    return _UNKNOWN


def _true(tree: Expr, place: Fraction) -> bool | None:
    return truth_at(tree, {_ELEMENT: place})


def _rational_ends(tree: Expr) -> bool:
    return tree.head in ("interval", "set", "union", "intersection", "difference", "constant") and all(
        _rational_ends(a) for a in tree.args if a.kind == "set"
    )


def _ends(tree: Expr) -> set[Fraction]:
    found: set[Fraction] = set()
    for a in tree.args:
        if a.kind == "set":
            found |= _ends(a)
            continue
        exact = exact_at(a, {})
        if exact is not None:
            found.add(exact)
    return found
