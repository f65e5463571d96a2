"""Integrals to infinity with parameters of which nothing says whether they are positive.

Their values are found for positive parameters; then each parameter is tried at -1 and at 0, where the
integral is another one, or diverges: `integral of sin(ax)/x` is not pi/2, and that of `e^(-ax)` has no value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from grader.equivalence.assumptions import Assumptions
from grader.equivalence.features import features
from grader.equivalence.infinite import infinity_sign
from grader.expressions.build import MINUS_ONE, ZERO, symbol
from grader.expressions.domains import POSITIVE, Domain
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols
from grader.expressions.rewrite import replace as replace_names
from grader.records import Equality, Evidence, EvidenceKind, Verdict

Decide = Callable[[Expr, Expr, Assumptions], Verdict]
_MOST = 3


def decide_by_sign(left: Expr, right: Expr, assumptions: Assumptions, decide: Decide) -> Verdict:
    """As `decide`, for positive parameters first, and then for each of them at -1 and at 0."""
    letters = [] if left is right else _parameters((left, right), assumptions)
    if not letters:
        return decide(left, right, assumptions)
    domains = {**assumptions.domains, **dict.fromkeys(letters, POSITIVE)}
    positive = replace(assumptions, domains=domains)
    found = decide(left, right, positive)
    if found.verdict is not Equality.EQUAL:
        return found
    for name in letters:
        parted = _parted(name, MINUS_ONE, left, right, positive, decide)
        parted = parted or _parted(name, ZERO, left, right, positive, decide)
        if parted is not None:
            return parted
    return found


def _parameters(trees: tuple[Expr, Expr], assumptions: Assumptions) -> list[str]:
    """The first free scalars of the integrals to infinity that may be negative as well as positive."""
    found = {s for t in trees for s in _free(t) if _has_both_signs(assumptions.domain(s))}
    return sorted(str(s.value) for s in found)[:_MOST]


def _has_both_signs(domain: Domain) -> bool:
    return domain.low is None and domain.high is None and not domain.integer


def _free(tree: Expr) -> Iterator[Expr]:
    if "integral" not in features(tree).heads:
        return
    for part in walk(tree):
        ends = part.args[2:] if part.head == "integral" else ()
        if len(ends) == 2 and any(infinity_sign(end) for end in ends):
            yield from (s for s in free_symbols(part) if s.kind == "scalar")


def _parted(
    name: str, value: Expr, left: Expr, right: Expr, assumptions: Assumptions, decide: Decide
) -> Verdict | None:
    """What parts them where a parameter has this value; None where nothing does.

    At 0 only two values part them: nobody means a distribution of no width.
    """
    here, there = (replace_names(t, {symbol(name): value}) for t in (left, right))
    found = decide(here, there, assumptions)
    if found.verdict is Equality.EQUAL:
        return None
    data = found.evidence.data if found.evidence is not None else {}
    by_value = found.verdict is Equality.DIFFERENT and not data.get("domain_only") and "point" in data
    if by_value and data["left"] != data["right"]:
        return _at(name, value, found)
    if value is ZERO:
        return None
    if found.verdict is Equality.DIFFERENT:
        nowhere = any(decide(t, t, assumptions).verdict is Equality.UNKNOWN for t in (here, there))
        return None if nowhere or assumptions.ignore_domain else _without_value(name)
    said = f"They are equal where {name} is positive, which nothing here says."
    return Verdict(Equality.UNKNOWN, Evidence(EvidenceKind.COUNTEREXAMPLE, said, {"point": {name: "-1"}}))


def _at(name: str, value: Expr, found: Verdict) -> Verdict:
    """The counterexample, with the parameter in its point."""
    assert found.evidence is not None
    data = dict(found.evidence.data)
    data["point"] = {name: str(value.value), **data["point"]}
    place = ", ".join(f"{k} = {v}" for k, v in data["point"].items())
    said = f"At {place} the first is {data['left']} and the second is {data['right']}."
    return Verdict(Equality.DIFFERENT, Evidence(EvidenceKind.COUNTEREXAMPLE, said, data))


def _without_value(name: str) -> Verdict:
    said = f"At {name} = -1 only one of them has a value; only the domain differs."
    data = {"point": {name: "-1"}, "left": "", "right": "", "domain_only": True}
    return Verdict(Equality.DIFFERENT, Evidence(EvidenceKind.COUNTEREXAMPLE, said, data))
