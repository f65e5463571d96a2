"""Statements made of names by and, or, not, implies, iff: compared row by row of the truth table."""

from __future__ import annotations

from itertools import product

from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols
from grader.records import Equality, Evidence, EvidenceKind, Verdict

_JOINING = frozenset(["and", "or", "not", "implies", "iff"])
_MAX_NAMES = 10


def compare_propositions(left: Expr, right: Expr) -> Verdict | None:
    """The verdict on two propositions; None where something else than names is joined.

    >>> from grader.expressions.build import symbol
    >>> from grader.expressions.nodes import node
    >>> p, q = symbol("p"), symbol("q")
    >>> both, turned = node("and", (p, q), None, "truth"), node("and", (q, p), None, "truth")
    >>> compare_propositions(both, turned).verdict
    <Equality.EQUAL: 'equal'>
    """
    if not all(_is_proposition(t) for t in (left, right)) or not {left.head, right.head} & _JOINING:
        return None
    names = sorted(free_symbols(left) | free_symbols(right), key=lambda s: str(s.value))
    if len(names) > _MAX_NAMES:
        return None
    for row in product((True, False), repeat=len(names)):
        values = dict(zip(names, row, strict=True))
        a, b = _truth(left, values), _truth(right, values)
        if a is not b:
            return _told_apart({str(s.value): "true" if v else "false" for s, v in values.items()}, a)
    return Verdict(
        Equality.EQUAL, Evidence(EvidenceKind.NORMAL_FORM, "They have the same truth table.", {"kernels": []})
    )


def _is_proposition(tree: Expr) -> bool:
    if tree.head == "symbol":
        return tree.kind in ("scalar", "truth")
    if tree.head == "constant":
        return tree.value in ("true", "false")
    return tree.head in _JOINING and all(map(_is_proposition, tree.args))


def _truth(tree: Expr, values: dict[Expr, bool]) -> bool:
    if tree.head == "symbol":
        return values[tree]
    if tree.head == "constant":
        return bool(tree.value == "true")
    parts = [_truth(a, values) for a in tree.args]
    if tree.head == "not":
        return not parts[0]
    if tree.head in ("and", "or"):
        return all(parts) if tree.head == "and" else any(parts)
    return not parts[0] or parts[1] if tree.head == "implies" else parts[0] is parts[1]


def _told_apart(point: dict[str, str], first: bool) -> Verdict:
    where = ", ".join(f"{name} {value}" for name, value in point.items())
    words = ("true", "false") if first else ("false", "true")
    sentence = f"With {where} the first is {words[0]} and the second is {words[1]}."
    data = {"point": point, "left": words[0], "right": words[1], "domain_only": False}
    return Verdict(Equality.DIFFERENT, Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, data))
