"""Sets: finite ones element by element, intervals by their ends, unions as sorted intervals."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from grader.equivalence import sentences
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.ball import exact_at, truth_at
from grader.expressions.build import chain, symbol
from grader.expressions.nodes import Expr, node
from grader.expressions.rewrite import replace
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


def membership(tree: Expr, element: Expr) -> Expr | None:
    """The statement that the element lies in the set; None for sets that are not of that kind."""
    if tree.head == "interval":
        parts = []
        for end, operator in zip(tree.args, ("<" if tree.value[0] == "(" else "<=", ""), strict=True):
            if operator and not _is_infinite(end):
                parts.append(chain((end, element), (operator,)))
        if not _is_infinite(tree.args[1]):
            parts.append(chain((element, tree.args[1]), ("<" if tree.value[1] == ")" else "<=",)))
        return node("and", tuple(parts), None, "truth")
    if tree.head == "set":
        return node("or", tuple(chain((element, a), ("=",)) for a in tree.args), None, "truth")
    if tree.head == "constant" and tree.value in ("reals", "emptyset"):
        return node("and" if tree.value == "reals" else "or", (), None, "truth")
    if tree.head == "setbuilder":
        return replace(tree.args[1], {tree.args[0]: element})
    joined = {"union": "or", "intersection": "and"}.get(tree.head)
    parts_ = [membership(a, element) for a in tree.args]
    if any(p is None for p in parts_):
        return None
    known = tuple(p for p in parts_ if p is not None)
    if joined is not None:
        return node(joined, known, None, "truth")
    if tree.head == "difference":
        return node("and", (known[0], node("not", (known[1],), None, "truth")), None, "truth")
    return None


def _is_infinite(tree: Expr) -> bool:
    return tree.head == "constant" or (tree.head == "mul" and any(_is_infinite(a) for a in tree.args))


def _by_members(left: Expr, right: Expr, first: Expr, second: Expr) -> Verdict:
    """Compared at every rational end, and between and beyond them."""
    ends = sorted(_ends(left) | _ends(right))
    if not ends:
        return _UNKNOWN
    places = [ends[0] - 1, *ends, ends[-1] + 1]
    places += [(a + b) / 2 for a, b in zip(ends, ends[1:], strict=False)]
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
