"""Sets: finite ones element by element, intervals by their ends, all others by what lies in them."""

from __future__ import annotations

from collections.abc import Callable

from grader.equivalence import sentences
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.equations import equivalent_equations
from grader.equivalence.finite import decide_finite
from grader.equivalence.holding import holds_at
from grader.equivalence.images import decide_images, written_out
from grader.equivalence.membership import is_infinite, membership, spelled_out
from grader.equivalence.ordering import same_but_for_order
from grader.equivalence.propositions import compare_propositions
from grader.equivalence.solution_sets import compare_statements
from grader.expressions.build import chain, sequence, symbol
from grader.expressions.nodes import Expr, node, walk
from grader.expressions.rewrite import free_symbols
from grader.records import Equality, Evidence, EvidenceKind, Verdict

Decide = Callable[[Expr, Expr, Assumptions], Verdict]
_ELEMENT = symbol("\u2208")
_UNKNOWN = Verdict(Equality.UNKNOWN)


def decide_sets(left: Expr, right: Expr, assumptions: Assumptions, decide: Decide) -> Verdict:
    """Whether two sets are equal."""
    written = left, right
    left, right = (_without_empty(written_out(t)) for t in written)
    if written[0] is not written[1] and _is_empty(left) and _is_empty(right):
        ends = [t.args for t in written if t.head == "interval"]
        if len(ends) == 2 and ends[0] != ends[1]:  # no intervals, perhaps lists
            return _intervals(*written, assumptions, decide) or _UNKNOWN
        if any(t.head == "interval" and t.value == ("[", "]") for t in written):
            return _UNKNOWN
    if (_is_empty(left) and _is_empty(right)) or same_but_for_order(left, right):
        return Verdict(Equality.EQUAL, sentences.identical())
    if left.head == "set" and right.head == "set":
        return decide_finite(left, right, assumptions, decide)
    if left.head == "interval" and right.head == "interval":
        found = _intervals(left, right, assumptions, decide)
        if found is not None:
            return found
    return decide_images(left, right, assumptions, decide) or _by_members(left, right, assumptions)


def _is_empty(tree: Expr) -> bool:
    return (tree.head == "set" and not tree.args) or (tree.head == "constant" and tree.value == "emptyset")


def _without_empty(tree: Expr) -> Expr:
    """`[3, 2]` and `(2, 2)` hold nothing."""
    if tree.head != "interval" or any(is_infinite(a) or free_symbols(a) for a in tree.args):
        return tree
    operator = "<=" if tree.value == ("[", "]") else "<"
    held = holds_at(chain(tree.args, (operator,)), {})
    from grader.expressions.build import constant

    return constant("emptyset") if held is False else tree


def _intervals(left: Expr, right: Expr, assumptions: Assumptions, decide: Decide) -> Verdict | None:
    """By their ends; None where ends are equal but brackets are not, which `_by_members` words better."""
    weakest: Verdict | None = None
    for k, (a, b) in enumerate(zip(left.args, right.args, strict=True)):
        if is_infinite(a) and is_infinite(b):
            continue
        if is_infinite(a) or is_infinite(b):
            return different("One of the intervals ends there, and the other does not.")
        if left.value[k] != right.value[k]:
            return None if not _varies(left, right) else different("An end belongs to one interval only.")
        verdict = decide(a, b, assumptions)
        if verdict.verdict is not Equality.EQUAL:
            return verdict
        weakest = verdict
    return weakest or Verdict(Equality.EQUAL, sentences.identical())


def _varies(left: Expr, right: Expr) -> bool:
    return bool(free_symbols(left) | free_symbols(right))


def _by_members(left: Expr, right: Expr, assumptions: Assumptions) -> Verdict:
    element = _element(left, right)
    first, second = membership(left, element), membership(right, element)
    if first is None or second is None:
        return of_names(left, right)
    first, second = spelled_out(first), spelled_out(second)
    if len(free_symbols(first) | free_symbols(second)) > 1:
        return _as_sets(equivalent_equations(first, second, assumptions))
    return _as_sets(compare_statements(first, second, assumptions))


_JOINED = {"union": "or", "intersection": "and"}


def of_names(left: Expr, right: Expr) -> Verdict:
    """Sets made of names: an element lies in each of these or not."""
    propositions = [_lies_in(t) for t in (left, right)]
    if propositions[0] is None or propositions[1] is None:
        return _UNKNOWN
    found = compare_propositions(propositions[0], propositions[1]) or _UNKNOWN
    if found.verdict is not Equality.DIFFERENT or found.evidence is None:
        return found
    point = found.evidence.data["point"]
    inside = [name for name, value in point.items() if value == "true"]
    whose = "first" if found.evidence.data["left"] == "true" else "second"
    where = f"in {' and '.join(inside)} alone" if inside else "in none of them"
    return different(f"What lies {where} belongs to the {whose} set only.")


def _lies_in(tree: Expr) -> Expr | None:
    """That an element lies in a set made of names, with the names as propositions."""
    if tree.head == "symbol":
        return symbol(str(tree.value))
    parts = [_lies_in(a) for a in tree.args]
    known = tuple(p for p in parts if p is not None)
    if len(known) < len(parts) or tree.head not in (*_JOINED, "difference"):
        return None
    if tree.head == "difference":
        return node("and", (known[0], node("not", (known[1],), None, "truth")), None, "truth")
    return node(_JOINED[tree.head], known, None, "truth")


def _element(left: Expr, right: Expr) -> Expr:
    """A letter for an element, or as many as the tuples in the sets have entries."""
    for tree in (left, right):
        for part in walk(tree):
            held = part.args[0] if part.head == "setbuilder" else None
            if held is not None and held.head == "tuple":
                return sequence(*(symbol(f"{_ELEMENT.value}{k}") for k in range(1, len(held.args) + 1)))
    return _ELEMENT


def _as_sets(verdict: Verdict) -> Verdict:
    """What was found of the element, said of the sets."""
    evidence = verdict.evidence
    if evidence is None or verdict.verdict is Equality.UNKNOWN:
        return verdict
    if verdict.verdict is Equality.EQUAL:
        sentence = "They have the same ends and the same points between them."
        return Verdict(Equality.EQUAL, Evidence(EvidenceKind.NORMAL_FORM, sentence, {"kernels": []}))
    data = dict(evidence.data)
    places = [v for k, v in data.get("point", {}).items() if k.startswith(str(_ELEMENT.value))]
    element = ", ".join(places)
    known = bool(places) and "a constant" not in places
    where = (f"({element}) lies" if len(places) > 1 else f"{element} lies") if known else "A number lies"
    whose = "first" if data.get("left") == "true" else "second"
    other = "second" if whose == "first" else "first"
    return different(f"{where} in the {whose} set and not in the {other}.", element if known else "")


def different(sentence: str, element: str = "") -> Verdict:
    """Two sets that are told apart, perhaps by an element."""
    data = {"point": {}, "left": "", "right": "", "domain_only": False}
    if element:
        data["element"] = element
    return Verdict(Equality.DIFFERENT, Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, data))
